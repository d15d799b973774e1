using System.Globalization;

namespace Comity.Protocol.Messages;

/// <summary>Which names and media types an attachment may have; a foreign name may end up in somebody's file system.</summary>
public static class AttachmentNames
{
    private const string Forbidden = "/\\:*?\"<>|";

    /// <summary>
    /// Whether a name is harmless: 1 to 200 UTF-16 units, no path, no control or format character (they turn text
    /// around), no dot or space at an end, and none of the device names of a widespread system.
    /// </summary>
    public static bool IsSafe(string name) =>
        name is { Length: >= 1 and <= 200 }
        && name[0] is not ('.' or ' ' or '-')
        && name[^1] is not ('.' or ' ')
        && name.All(IsHarmless)
        && !IsDevice(name);

    /// <summary>Whether it is a media type without parameters (RFC 6838) that is no container of other parts.</summary>
    public static bool IsMediaType(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return text.Length <= 100
            && slash > 0
            && slash < text.Length - 1
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '+' or '-' or '_')
            && text.IndexOf('/', slash + 1) < 0
            && !text.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)
            && !text.StartsWith("message/", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsHarmless(char c) =>
        !Forbidden.Contains(c, StringComparison.Ordinal)
        && char.GetUnicodeCategory(c)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
            );

    private static bool IsDevice(string name)
    {
        var stem = name.Split('.')[0].TrimEnd().ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL"
            || (stem.Length == 4 && (stem[..3] is "COM" or "LPT") && char.IsAsciiDigit(stem[3]));
    }
}
