using System.Globalization;

namespace Comity.Kernel.Forms;

/// <summary>
/// Times that people type. What is read may become part of a signed statement, so nothing is guessed: a day without a
/// year, or a month that might be a day, is not a time.
/// </summary>
public static class FormTimes
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm'Z'",
        "yyyy-MM-dd'T'HH:mm:ss'Z'",
        "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
    ];

    /// <summary>Reads a time in UTC, as 2026-05-03 14:30 or as a browser's own control writes it.</summary>
    public static bool TryRead(string? typed, out DateTime time) =>
        DateTime.TryParseExact(
            typed?.Trim(),
            Forms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time
        );
}
