using System.Text;
using Comity.OpenPgp;

namespace Comity.Protocol.Signing;

/// <summary>One signature on a document.</summary>
/// <param name="Key">
/// An OpenPGP primary fingerprint (40 upper-case hexadecimal digits: a detached OpenPGP signature), or
/// <c>ed25519:</c> and 32 octets in base64url (a raw signature, RFC 8032).
/// </param>
/// <param name="Value">The octets of the signature.</param>
public sealed record DocumentSignature(string Key, ReadOnlyMemory<byte> Value);

/// <summary>
/// A payload with its signatures: <c>{"type":"comity/<em>what</em>+v1","payload":…,"signatures":[{"key":…,"value":…}]}</c>,
/// octets in base64url without padding, compact, members in this order: there is one text for one document, and its
/// exact octets are kept. Signed are the ASCII of the type, one LF, and the exact payload.
/// </summary>
/// <param name="Type">What the payload is; one of <see cref="DocumentTypes"/>.</param>
/// <param name="Payload">The exact octets.</param>
/// <param name="Signatures">One to sixteen, each by another key.</param>
public sealed record SignedDocument(
    string Type,
    ReadOnlyMemory<byte> Payload,
    IReadOnlyList<DocumentSignature> Signatures
)
{
    private const int MaxSignatures = 16;
    private const int MaxSignatureOctets = 4096;

    /// <summary>The octets that are signed.</summary>
    public byte[] SignedOctets() => SignedOctets(Type, Payload.Span);

    /// <summary>The octets that are signed for a payload of this type.</summary>
    public static byte[] SignedOctets(string type, ReadOnlySpan<byte> payload) =>
        [.. Encoding.ASCII.GetBytes(type), (byte)'\n', .. payload];

    /// <summary>Reads a document of one type, of a payload of at most so many octets.</summary>
    public static Reading<SignedDocument> Read(ReadOnlyMemory<byte> octets, string type, int maxPayload)
    {
        var reading = StrictJson.Read(octets, maxPayload * 2 + 65536, fields => Read(fields, type, maxPayload));
        return reading.IsGood && !reading.Value.ToJson().AsSpan().SequenceEqual(octets.Span)
            ? new Reading<SignedDocument>(new Malformation(MalformationCode.BadValue, ""))
            : reading;
    }

    /// <summary>The one text of this document.</summary>
    public byte[] ToJson() =>
        JsonText.Write(writer =>
        {
            writer.Text("type", Type);
            writer.Octets("payload", Payload);
            writer.Objects(
                "signatures",
                Signatures,
                signature =>
                {
                    writer.Text("key", signature.Key);
                    writer.Octets("value", signature.Value);
                }
            );
        });

    /// <summary>The document with an OpenPGP signature added.</summary>
    public SignedDocument SignedBy(SecretKey signer, DateTime at) =>
        With(new(signer.Certificate.Fingerprint, DetachedSignature.Sign(signer, SignedOctets(), at)));

    /// <summary>The document with a node's signature added.</summary>
    public SignedDocument SignedBy(NodeKey signer) => With(new(signer.PublicKey.Id, signer.Sign(SignedOctets())));

    /// <summary>Checks the signature of an OpenPGP certificate; null where it has none by that certificate.</summary>
    public SignatureCheck? Verify(Certificate signer) =>
        Signatures.FirstOrDefault(signature => signature.Key == signer.Fingerprint) is { } found
            ? DetachedSignature.Verify(signer, SignedOctets(), found.Value.Span)
            : null;

    /// <summary>Whether a node key signed it.</summary>
    public bool IsSignedBy(NodePublicKey signer) =>
        Signatures.FirstOrDefault(signature => signature.Key == signer.Id) is { } found
        && signer.Verify(SignedOctets(), found.Value.Span);

    private SignedDocument With(DocumentSignature signature) => this with { Signatures = [.. Signatures, signature] };

    private static SignedDocument Read(JsonFields fields, string type, int maxPayload)
    {
        var document = new SignedDocument(
            fields.Text("type", 100),
            fields.Octets("payload", maxPayload),
            fields.Objects(
                "signatures",
                MaxSignatures,
                signature => new DocumentSignature(
                    signature.Text("key", 100),
                    signature.Octets("value", MaxSignatureOctets)
                )
            )
        );
        if (document.Type != type)
        {
            fields.Fault(MalformationCode.WrongDocumentType, "type");
        }

        if (
            document.Signatures.Count == 0
            || document.Signatures.DistinctBy(signature => signature.Key).Count() != document.Signatures.Count
        )
        {
            fields.Fault(MalformationCode.BadValue, "signatures");
        }

        return document;
    }
}
