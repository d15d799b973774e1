using System.Buffers.Text;
using System.Security.Cryptography;
using Comity.Protocol.Signing;

namespace Comity.Post.HttpSignatures;

/// <summary>Signs an outgoing request (RFC 9421) with the digest of its body (RFC 9530) known beforehand.</summary>
internal static class RequestSigning
{
    /// <summary>
    /// Adds Content-Digest, Signature-Input and Signature. The content carries its type and length already; it is not
    /// read, so it may be a stream. Each attempt is signed anew: the nonce is good for one request only.
    /// </summary>
    public static void Sign(HttpRequestMessage request, NodeKey key, ReadOnlySpan<byte> sha256, DateTimeOffset now)
    {
        var digest = new FieldMap<FieldMember>
        {
            { SignatureProfile.DigestAlgorithm, new FieldItem(new BytesItem(sha256.ToArray()), []) },
        };
        request.Headers.Add("Content-Digest", FieldWriter.Dictionary(digest));

        var covered = Covered(key.PublicKey.Id, now);
        var octets =
            SignatureBase.Build(
                covered,
                new(request.Method.Method, RequestTarget.Of(request.RequestUri!), name => LinesOf(request, name))
            ) ?? throw new ArgumentException("The request lacks something that is to be signed.", nameof(request));
        var signature = new FieldItem(new BytesItem(key.Sign(octets)), []);
        request.Headers.Add("Signature-Input", Labelled(covered));
        request.Headers.Add("Signature", Labelled(signature));
    }

    private static InnerList Covered(string keyId, DateTimeOffset now) =>
        new(
            [.. SignatureProfile.Components.Select(FieldItem.Of)],
            new()
            {
                { "created", new IntegerItem(now.ToUnixTimeSeconds()) },
                { "nonce", new StringItem(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16))) },
                { "keyid", new StringItem(keyId) },
                { "alg", new StringItem(SignatureProfile.Algorithm) },
                { "tag", new StringItem(SignatureProfile.Tag) },
            }
        );

    private static string Labelled(FieldMember member) =>
        FieldWriter.Dictionary(new() { { SignatureProfile.Label, member } });

    private static List<string?> LinesOf(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var lines)
        || request.Content?.Headers.TryGetValues(name, out lines) is true
            ? [.. lines]
            : [];
}
