using System.Text;
using MimeKit;

namespace Comity.Protocol.Envelopes;

/// <summary>
/// Counts header fields and parts of sealed content before MimeKit makes an object of each: one of seven octets takes a
/// hundred times as much memory. Only the one form that is written gets past: multipart/mixed, and no parts within parts.
/// </summary>
internal ref struct SealedContentBounds
{
    private const int MaxHeaderLines = 100;
    private const int MaxHeaderOctets = 64 * 1024;

    private ReadOnlySpan<byte> rest;

    private SealedContentBounds(ReadOnlySpan<byte> content) => rest = content;

    public static EnvelopeRefusal? Check(ReadOnlySpan<byte> content, int maxParts, ParserOptions options) =>
        new SealedContentBounds(content).Check(maxParts, options);

    private EnvelopeRefusal? Check(int maxParts, ParserOptions options)
    {
        if (Head() is not { } head)
        {
            return EnvelopeRefusal.SealedHeadersRefused;
        }

        if (TypeOf(head, options) is not { Boundary: { Length: > 0 and <= 70 } boundary } type || !Is(type, "mixed"))
        {
            return EnvelopeRefusal.ContentMalformed;
        }

        byte[] delimiter = [.. "--"u8, .. Encoding.UTF8.GetBytes(boundary)];
        byte[] last = [.. delimiter, .. "--"u8];
        var parts = 0;
        while (!rest.IsEmpty)
        {
            var line = Line();
            if (!line.StartsWith(delimiter) || line.StartsWith(last))
            {
                continue;
            }

            if (++parts > maxParts)
            {
                return EnvelopeRefusal.TooManyParts;
            }

            if (Head() is not { } partHead || Holds(TypeOf(partHead, options)))
            {
                return EnvelopeRefusal.ContentMalformed;
            }
        }

        return null;
    }

    private static bool Is(ContentType type, string subtype) => type.IsMimeType("multipart", subtype);

    /// <summary>Whether a part of this type is taken apart further; the head of a message alone is one of them.</summary>
    private static bool Holds(ContentType? type) =>
        type is not null
        && (
            type.IsMimeType("multipart", "*")
            || type.IsMimeType("message", "*")
            || type.IsMimeType("text", "rfc822-headers")
        );

    /// <summary>The header lines up to the empty one; null where there are too many, or no end.</summary>
    private byte[]? Head()
    {
        var start = rest;
        for (var lines = 0; lines <= MaxHeaderLines && !rest.IsEmpty; lines++)
        {
            if (Line().IsEmpty)
            {
                var length = start.Length - rest.Length;
                return length <= MaxHeaderOctets ? start[..length].ToArray() : null;
            }
        }

        return null;
    }

    private ReadOnlySpan<byte> Line()
    {
        var end = rest.IndexOf((byte)'\n');
        var line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return line is [.. var text, (byte)'\r'] ? text : line;
    }

    /// <summary>The one content type of a head; null where it has none. Two could be read as one or the other.</summary>
    private static ContentType? TypeOf(byte[] head, ParserOptions options)
    {
        try
        {
            using var stream = new MemoryStream(head, writable: false);
            var types = HeaderList.Load(options, stream).Where(field => field.Id == HeaderId.ContentType).ToList();
            return types.Count == 0 ? null
                : types.Count == 1 && ContentType.TryParse(options, types[0].RawValue, out var type) ? type
                : new ContentType("multipart", "unclear");
        }
        catch (FormatException)
        {
            return new ContentType("multipart", "unclear");
        }
    }
}
