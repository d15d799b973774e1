using System.Globalization;

namespace Comity.Protocol;

/// <summary>Instants as the protocol writes them: UTC, exactly three decimals (<c>2026-03-01T03:04:05.678Z</c>).</summary>
public static class Instants
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The text of an instant; what is finer than a millisecond is cut off.</summary>
    public static string Write(DateTime instant) => instant.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>Reads an instant; false where the text has another form.</summary>
    public static bool TryParse(string? text, out DateTime instant) =>
        DateTime.TryParseExact(
            text,
            Form,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out instant
        );

    /// <summary>The same instant in whole milliseconds, as the wire can carry it.</summary>
    public static DateTime InMilliseconds(DateTime instant) =>
        new(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
}
