using System.Buffers;
using System.Globalization;
using Comity.Stix;
using Comity.Stix.Text;

namespace Comity.Indicators.Taking;

/// <summary>A value that was understood; its port is in the row's pattern too.</summary>
internal sealed record ValueRow(IndicatorRow Row, int? Port = null);

/// <summary>What a value is by its form alone, or why that cannot be said.</summary>
internal static class FormOfValue
{
    private static readonly SearchValues<char> NotInFileName = SearchValues.Create("\\/:*?\"<>|");

    internal static (ValueRow? Found, PartReason Reason) Read(string written)
    {
        if (written.Length > IndicatorLimits.ValueLength)
        {
            return (null, PartReason.TooLong);
        }

        // The shortest is "::"; and text has many short words.
        if ((written.Length < 4 && !written.Contains(':', StringComparison.Ordinal)) || written.Any(char.IsControl))
        {
            return (null, PartReason.NothingKnown);
        }

        if (IndicatorText.RecogniseWord(written) is { } typed)
        {
            return RowOf.Typed(typed) is { } row ? (new ValueRow(row), default) : (null, PartReason.OddName);
        }

        var value = IndicatorText.Refang(Words.Bare(written));
        return IsFileName(value) ? (new ValueRow(RowOf.At("file:name", value)!), default)
            : Port(value) is var (host, digits) ? AtPort(host, digits)
            : (null, Reason(value));
    }

    /// <summary>A name that ends as files do, and not as domains do.</summary>
    internal static bool IsFileName(string value) =>
        value.Length <= 255
        && Spellings.FileLike().IsMatch(value)
        && !value.AsSpan().ContainsAny(NotInFileName)
        && !char.IsWhiteSpace(value[0]);

    /// <summary>A host with a port behind it, also "[2001:db8::1]:443", without judging the port.</summary>
    private static (IndicatorRow Host, string Digits)? Port(string value)
    {
        var colon = value.LastIndexOf(':');
        if (colon < 1)
        {
            return null;
        }

        var host = value[..colon];
        var bracketed = host[0] == '[' && host[^1] == ']';
        return
            IndicatorText.Recognise(bracketed ? host[1..^1] : host) is { } found
            && found.Kind is TypedKind.Ipv4 or TypedKind.Domain or TypedKind.Ipv6
            && found.Kind == TypedKind.Ipv6 == bracketed
            && RowOf.Typed(found) is { Relation: IndicatorRelation.Equal } row
            ? (row, value[(colon + 1)..])
            : null;
    }

    private static (ValueRow?, PartReason) AtPort(IndicatorRow host, string digits) =>
        PortOf(digits) is { } port ? (new ValueRow(RowOf.WithPort(host, "dst", port), port), default)
        : digits.Contains('/', StringComparison.Ordinal) ? (null, PartReason.NoScheme)
        : (null, PartReason.OddPort);

    internal static int? PortOf(string digits) =>
        digits.Length is > 0 and <= 5
        && digits.All(char.IsAsciiDigit)
        && int.Parse(digits, CultureInfo.InvariantCulture) is var port and > 0 and <= 65535
            ? port
            : null;

    private static PartReason Reason(string value)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && IndicatorText.Recognise(value[..slash]) is { Kind: TypedKind.Domain } ? PartReason.NoScheme
            : IsLike(value, 3, '.', char.IsAsciiDigit) || IsLike(value, 2, ':', char.IsAsciiHexDigit)
                ? PartReason.OddAddress
            : slash > 0 && IndicatorText.Recognise(value[..slash]) is { Kind: TypedKind.Ipv4 } ? PartReason.NoScheme
            : value.Length >= 24 && value.All(char.IsAsciiHexDigit) ? PartReason.OddHash
            : PartReason.NothingKnown;
    }

    private static bool IsLike(string value, int separators, char separator, Func<char, bool> isDigit) =>
        value.Count(c => c == separator) >= separators
        && value.Any(isDigit)
        && value.All(c => isDigit(c) || c is '.' or '/' || c == separator);
}
