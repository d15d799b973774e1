using System.Text;

namespace Comity.Indicators.Taking;

/// <summary>The text of a file that a person uploads: UTF-8, or UTF-16 as spreadsheets save "Unicode text".</summary>
internal static class SourceText
{
    private static readonly (byte[] Mark, Encoding Encoding)[] Marked =
    [
        ([0xEF, 0xBB, 0xBF], Utf8),
        ([0xFF, 0xFE], new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true)),
        ([0xFE, 0xFF], new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true)),
    ];

    private static UTF8Encoding Utf8 => new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static (string Text, IndicatorRefusal? Refusal) Of(ReadOnlySpan<byte> octets)
    {
        if (octets.Length > IndicatorLimits.TextOctets)
        {
            return ("", IndicatorRefusal.TooLarge);
        }

        foreach (var (mark, encoding) in Marked)
        {
            if (octets.StartsWith(mark))
            {
                return Decoded(octets[mark.Length..], encoding);
            }
        }

        return Decoded(octets, Utf8);
    }

    /// <summary>Text that a person typed into a form.</summary>
    internal static (string Text, IndicatorRefusal? Refusal) Of(string text) =>
        Encoding.UTF8.GetByteCount(text) > IndicatorLimits.TextOctets ? ("", IndicatorRefusal.TooLarge) : Text(text);

    private static (string, IndicatorRefusal?) Decoded(ReadOnlySpan<byte> octets, Encoding encoding)
    {
        try
        {
            return Text(encoding.GetString(octets));
        }
        catch (DecoderFallbackException)
        {
            return ("", IndicatorRefusal.UnknownEncoding);
        }
    }

    // UTF-16 without its mark, and pictures, archives and programs have it; no text has.
    private static (string, IndicatorRefusal?) Text(string text) =>
        text.Contains('\0', StringComparison.Ordinal) ? ("", IndicatorRefusal.NotText) : (text, null);
}
