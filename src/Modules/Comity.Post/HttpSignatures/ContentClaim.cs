using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Comity.Post.HttpSignatures;

/// <summary>What a route takes: one content type without parameters, up to a length on the wire.</summary>
internal sealed record AcceptedContent(string ContentType, long MaxLength);

/// <summary>What the header fields say of the body: how long it is, and its SHA-256 (RFC 9530).</summary>
internal sealed record ContentClaim(long Length, ReadOnlyMemory<byte> Sha256)
{
    public static RequestRefusal? Read(HttpRequest request, AcceptedContent accepted, out ContentClaim? claim)
    {
        claim = null;
        var headers = request.Headers;
        if (
            headers.ContentType.Count != 1
            || !string.Equals(headers.ContentType[0], accepted.ContentType, StringComparison.OrdinalIgnoreCase)
        )
        {
            return RequestRefusal.ContentTypeWrong;
        }

        // The digest is over the encoded octets; with a coding, what is checked would not be what is used.
        if (headers.ContentEncoding.Count > 0)
        {
            return RequestRefusal.ContentEncoded;
        }

        var lengthLines = headers["Content-Length"];
        if (
            request.ContentLength is not { } length
            || lengthLines.Count != 1
            || !string.Equals(lengthLines[0], length.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        )
        {
            return RequestRefusal.LengthMissing;
        }

        if (length > accepted.MaxLength)
        {
            return RequestRefusal.TooLong;
        }

        var digestField = headers["Content-Digest"].ToString();
        if (digestField.Length == 0)
        {
            return RequestRefusal.DigestMissing;
        }

        if (
            digestField.Length > SignatureProfile.MaxFieldLength
            || FieldReader.ReadDictionary(digestField) is not { HasRepeatedKey: false } digests
            || digests[SignatureProfile.DigestAlgorithm]
                is not FieldItem { Value: BytesItem { Value.Length: 32 } sha256 }
        )
        {
            return RequestRefusal.DigestMalformed;
        }

        claim = new(length, sha256.Value);
        return null;
    }
}
