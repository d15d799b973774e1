using System.Diagnostics.CodeAnalysis;
using Comity.Protocol.Signing;

namespace Comity.Post.HttpSignatures;

/// <summary>What the signature fields of a request say, in the form that our profile asks for; nothing of it is proven.</summary>
internal sealed record SignatureClaim(
    NodePublicKey Key,
    DateTimeOffset Created,
    DateTimeOffset? Expires,
    string Nonce,
    InnerList Covered,
    ReadOnlyMemory<byte> Signature
)
{
    /// <summary>
    /// Signatures under other labels may stand beside ours (a proxy's), but none of them may carry our tag: which of two
    /// signatures counts must never be a matter of choice.
    /// </summary>
    public static RequestRefusal? Read(string? inputField, string? signatureField, out SignatureClaim? claim)
    {
        claim = null;
        if (string.IsNullOrEmpty(inputField) || string.IsNullOrEmpty(signatureField))
        {
            return RequestRefusal.SignatureMissing;
        }

        if (
            Math.Max(inputField.Length, signatureField.Length) > SignatureProfile.MaxFieldLength
            || FieldReader.ReadDictionary(inputField) is not { } inputs
            || FieldReader.ReadDictionary(signatureField) is not { } signatures
        )
        {
            return RequestRefusal.SignatureMalformed;
        }

        if (inputs.HasRepeatedKey || signatures.HasRepeatedKey || inputs.Count(HasOurTag) > 1)
        {
            return RequestRefusal.SignatureRepeated;
        }

        if (inputs[SignatureProfile.Label] is not { } input || signatures[SignatureProfile.Label] is not { } signature)
        {
            return RequestRefusal.SignatureMissing;
        }

        if (
            input is not InnerList { Items.Count: <= SignatureProfile.MaxComponents } covered
            || signature is not FieldItem { Value: BytesItem octets }
        )
        {
            return RequestRefusal.SignatureMalformed;
        }

        return Parameters(covered, octets.Value, out claim) ?? Coverage(covered);
    }

    private static bool HasOurTag(KeyValuePair<string, FieldMember> input) =>
        input.Value.Parameters["tag"] is StringItem { Value: SignatureProfile.Tag };

    private static RequestRefusal? Parameters(
        InnerList covered,
        ReadOnlyMemory<byte> signature,
        [MaybeNull] out SignatureClaim claim
    )
    {
        claim = null;
        var given = covered.Parameters;
        if (given.HasRepeatedKey)
        {
            return RequestRefusal.ParameterMalformed;
        }

        if (given["created"] is null || given["nonce"] is null || given["keyid"] is null || given["alg"] is null)
        {
            return RequestRefusal.ParameterMissing;
        }

        if (given["tag"] is not StringItem { Value: SignatureProfile.Tag })
        {
            return RequestRefusal.TagWrong;
        }

        if (given["alg"] is not StringItem { Value: SignatureProfile.Algorithm })
        {
            return RequestRefusal.AlgorithmWrong;
        }

        if (
            Instant(given["created"]) is not { } created
            || (given["expires"] is not null && Instant(given["expires"]) is null)
            || given["nonce"] is not StringItem { Value: { Length: <= SignatureProfile.MaxNonceLength } nonce }
            || nonce.Length < SignatureProfile.MinNonceLength
            || given["keyid"] is not StringItem keyId
            || !NodePublicKey.TryParse(keyId.Value, out var key)
        )
        {
            return RequestRefusal.ParameterMalformed;
        }

        claim = new(key, created, Instant(given["expires"]), nonce, covered, signature);
        return null;
    }

    private static DateTimeOffset? Instant(BareItem? item) =>
        item is IntegerItem { Value: >= 0 and <= 253_402_300_799 } seconds
            ? DateTimeOffset.FromUnixTimeSeconds(seconds.Value)
            : null;

    private static RequestRefusal? Coverage(InnerList covered)
    {
        var names = covered.Items.Select(item =>
            item is { Value: StringItem name, Parameters.Count: 0 } ? name.Value : ""
        );
        return SignatureProfile.Components.Except(names, StringComparer.Ordinal).Any()
            ? RequestRefusal.ComponentNotCovered
            : null;
    }
}
