using System.Globalization;
using Comity.Protocol.Messages;
using Comity.Stix;

namespace Comity.Exchange.Sending;

/// <summary>Rows of a bundle as rows of a message.</summary>
internal static class IndicatorRows
{
    private const int LongestValue = 2000;
    private const int LongestPattern = 4000;

    /// <summary>Hashes of files in hexadecimal have a place of their own.</summary>
    public static bool IsHash(IndicatorRow row) =>
        row is { Type: IndicatorType.FileHash, Relation: IndicatorRelation.Equal, Alone: true, Algorithm: not null }
        && row.Value.Length is > 0 and <= 200
        && row.Value.All(char.IsAsciiHexDigit);

    public static FileHash ToHash(IndicatorRow row) => new(row.Algorithm!.ToUpperInvariant(), row.Value);

    public static Indicator ToIndicator(IndicatorRow row)
    {
        var valueFits = row.Value.Length is > 0 and <= LongestValue;
        var needsPattern = !row.Alone || row.Relation != IndicatorRelation.Equal || !valueFits;
        var pattern = needsPattern && row.Pattern is { Length: > 0 and <= LongestPattern } ? row.Pattern : null;
        var value = valueFits ? row.Value : Cut(row, pattern);
        return new Indicator(Code(row), value, pattern, From(row), Note(row, needsPattern && pattern is null));
    }

    // A line says something by a value or by a pattern, and is never empty of both.
    private static string Cut(IndicatorRow row, string? pattern) =>
        pattern is not null ? ""
        : row.Value.Length == 0 ? row.Path
        : row.Value[..LongestValue];

    private static string? Note(IndicatorRow row, bool onlyInBundle) =>
        row.Revoked ? "revoked by its author"
        : onlyInBundle ? "in full in the attached bundle"
        : null;

    private static DateTime? From(IndicatorRow row) =>
        DateTime.TryParse(
            row.ValidFrom,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out var from
        )
            ? from
            : null;

    private static string Code(IndicatorRow row) =>
        row.Type switch
        {
            IndicatorType.Ipv4 => "ipv4-addr",
            IndicatorType.Ipv6 => "ipv6-addr",
            IndicatorType.Domain => "domain-name",
            IndicatorType.Url => "url",
            IndicatorType.Email => "email-addr",
            IndicatorType.FileHash => row.Algorithm is { } algorithm ? $"file-hash:{algorithm}" : "file-hash",
            IndicatorType.FileName => "file-name",
            IndicatorType.Mutex => "mutex",
            IndicatorType.RegistryKey => "windows-registry-key",
            IndicatorType.MacAddress => "mac-addr",
            IndicatorType.AutonomousSystem => "autonomous-system",
            IndicatorType.Certificate => "x509-certificate",
            _ => row.Path.Length <= 100 ? row.Path : "other",
        };
}
