using MimeKit;

namespace Comity.OpenPgp.Mail;

/// <summary>
/// Takes multipart/encrypted apart (RFC 3156, 4). The two parts are cut out here, so that nothing in them can be nested;
/// MimeKit reads header blocks whose size has been checked.
/// </summary>
internal static class PgpMimeReader
{
    private const string Protocol = "application/pgp-encrypted";
    private const int MaxPreambleLines = 20;
    private const int Allowance = 64 << 10;

    public static PgpMimeRefusal? Read(
        ReadOnlySpan<byte> message,
        OpeningLimits limits,
        out OuterHeaders? outer,
        out byte[] octets
    )
    {
        (outer, octets) = (null, []);
        // Four characters for three octets, and a line end for at least every 48.
        if (message.Length > limits.EncodedBytes / 3L * 4 + limits.EncodedBytes / 20 + Allowance)
            return PgpMimeRefusal.TooLarge;
        var lines = new MailLines(message);
        if (lines.HeaderBlock() is not { } block)
            return PgpMimeRefusal.OutOfBounds;
        if (MailHeaders.Load(block) is not { } headers)
            return PgpMimeRefusal.Malformed;
        if (MailHeaders.Outer(headers) is not { } read)
            return PgpMimeRefusal.HeadersRefused;
        if (Boundary(headers) is not { } boundary)
            return PgpMimeRefusal.NotEncrypted;
        if (Split(ref lines, boundary, out var first, out var second) is { } refusal)
            return refusal;
        if (!IsVersionOne(first))
            return PgpMimeRefusal.FirstPartRefused;
        var parts = new MailLines(second);
        if (!HasPlainType(ref parts, "application/octet-stream"))
            return PgpMimeRefusal.SecondPartRefused;
        if (Armor.Read(ArmorKind.Message, parts.Rest) is not { } dearmored)
            return PgpMimeRefusal.ArmorRefused;
        if (dearmored.Length > limits.EncodedBytes)
            return PgpMimeRefusal.TooLarge;
        (outer, octets) = (read, dearmored);
        return null;
    }

    private static byte[]? Boundary(HeaderList headers)
    {
        if (!MailHeaders.Single(headers, "Content-Type", out var value) || !ContentType.TryParse(value, out var type))
            return null;
        var isOurs =
            type.IsMimeType("multipart", "encrypted")
            && string.Equals(type.Parameters["protocol"], Protocol, StringComparison.OrdinalIgnoreCase);
        return isOurs && type.Boundary is { Length: > 0 and <= 70 } boundary && boundary.All(char.IsAscii)
            ? [.. "--"u8, .. System.Text.Encoding.ASCII.GetBytes(boundary)]
            : null;
    }

    /// <summary>Exactly: preamble, delimiter, part, delimiter, part, closing delimiter, white space.</summary>
    private static PgpMimeRefusal? Split(
        ref MailLines lines,
        byte[] boundary,
        out ReadOnlySpan<byte> first,
        out ReadOnlySpan<byte> second
    )
    {
        first = second = default;
        if (Until(ref lines, boundary, MaxPreambleLines, out _) != Delimiter.Open)
            return lines.TooLong ? PgpMimeRefusal.OutOfBounds : PgpMimeRefusal.NotTwoParts;
        if (Until(ref lines, boundary, MaxPreambleLines + MailLines.MaxHeaderLines, out first) != Delimiter.Open)
            return lines.TooLong ? PgpMimeRefusal.OutOfBounds : PgpMimeRefusal.NotTwoParts;
        if (Until(ref lines, boundary, int.MaxValue, out second) != Delimiter.Close)
            return lines.TooLong ? PgpMimeRefusal.OutOfBounds : PgpMimeRefusal.NotTwoParts;
        return lines.Rest.Trim(" \t\r\n"u8).IsEmpty ? null : PgpMimeRefusal.NotTwoParts;
    }

    private enum Delimiter
    {
        None,
        Open,
        Close,
    }

    private static Delimiter Until(ref MailLines lines, byte[] boundary, int maxLines, out ReadOnlySpan<byte> part)
    {
        var rest = lines.Rest;
        var start = lines.Position;
        for (var count = 0; count < maxLines; count++)
        {
            var at = lines.Position;
            if (!lines.Next(out var line))
                break;
            if (!line.StartsWith(boundary))
                continue;
            part = rest[..(at - start)];
            var tail = line[boundary.Length..].TrimEnd(" \t"u8);
            return tail.IsEmpty ? Delimiter.Open
                : tail.SequenceEqual("--"u8) ? Delimiter.Close
                : Delimiter.None;
        }
        part = default;
        return Delimiter.None;
    }

    private static bool IsVersionOne(ReadOnlySpan<byte> part)
    {
        var lines = new MailLines(part);
        return HasPlainType(ref lines, Protocol) && lines.Rest.Trim(" \t\r\n"u8).SequenceEqual("Version: 1"u8);
    }

    /// <summary>Whether a part begins with headers that give exactly this type and no transfer encoding but 7 bit.</summary>
    private static bool HasPlainType(ref MailLines part, string expected)
    {
        if (part.HeaderBlock() is not { } block || MailHeaders.Load(block) is not { } headers)
            return false;
        if (!MailHeaders.Single(headers, "Content-Type", out var value) || !ContentType.TryParse(value, out var type))
            return false;
        var encodings = headers.Where(h => h.Id == HeaderId.ContentTransferEncoding).ToList();
        return string.Equals(type.MimeType, expected, StringComparison.OrdinalIgnoreCase)
            && (
                encodings.Count == 0
                || (
                    encodings.Count == 1
                    && string.Equals(encodings[0].Value.Trim(), "7bit", StringComparison.OrdinalIgnoreCase)
                )
            );
    }
}
