using System.Globalization;

namespace Comity.Indicators.Taking;

/// <summary>Times as sources write them. Without a zone, UTC is meant; day and month in any other order are not guessed.</summary>
internal static class Times
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd",
        .. from time in (string[])["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"]
        from between in (string[])["'T'", "' '"]
        from zone in (string[])["K", "' 'K", "' UTC'"]
        select $"yyyy-MM-dd{between}{time}{zone}",
    ];

    internal static DateTime? Read(string text)
    {
        if (text.Length is 9 or 10 && text.All(char.IsAsciiDigit))
        {
            return DateTimeOffset.FromUnixTimeSeconds(long.Parse(text, CultureInfo.InvariantCulture)).UtcDateTime;
        }

        return DateTimeOffset.TryParseExact(
            text,
            Forms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var read
        )
            ? read.UtcDateTime
            : null;
    }
}
