using Comity.Indicators.Taking;
using Comity.Stix;
using Comity.Stix.Text;

namespace Comity.Indicators.Types;

/// <summary>Reads a value of a type that is known.</summary>
internal static class TypedValue
{
    /// <summary>The rows of a value, or why it gives none.</summary>
    internal static (IReadOnlyList<ValueRow> Rows, PartReason Reason) Read(
        string type,
        TypeMeaning meaning,
        string value
    )
    {
        switch (meaning)
        {
            case TypeMeaning.NoRow none:
                return ([], none.Reason);
            case TypeMeaning.Pair pair:
                return Pair(type, pair, value);
            default:
                var (row, reason) = Single(meaning, value);
                return (row is null ? [] : [row], reason);
        }
    }

    private static (ValueRow? Row, PartReason Reason) Single(TypeMeaning meaning, string value)
    {
        if (value.Length > IndicatorLimits.ValueLength)
        {
            return (null, PartReason.TooLong);
        }

        return meaning switch
        {
            _ when value.Any(char.IsControl) => (null, PartReason.OddValue),
            TypeMeaning.Formed formed => Formed(formed, value),
            TypeMeaning.At at => RowOf.At(at.Path, Plain(at, value)) is { } row
                ? (new ValueRow(row), default)
                : (null, PartReason.OddValue),
            _ => (null, PartReason.UnknownType),
        };
    }

    private static (ValueRow?, PartReason) Formed(TypeMeaning.Formed formed, string value)
    {
        // The number of an autonomous system often stands without its letters where a type says what it is.
        var spelled = formed.Kinds is [TypedKind.Asn] && value.All(char.IsAsciiDigit) ? $"AS{value}" : value;
        if (IndicatorText.Recognise(spelled) is { } found)
        {
            return formed.Kinds.Contains(found.Kind)
                ? RowOf.Typed(found) is { } row
                    ? (new ValueRow(row), default)
                    : (null, PartReason.OddName)
                : (null, formed.Kinds is [TypedKind.Url] ? PartReason.NoScheme : PartReason.OddValue);
        }

        var (other, reason) = FormOfValue.Read(value);
        return other is { Port: not null } && !formed.Kinds.Contains(TypedKind.Url)
            ? (other, default)
            : (null, reason == PartReason.NoScheme ? reason : PartReason.OddValue);
    }

    /// <summary>Fingerprints are written with colons too; hashes may come from a spreadsheet with blanks around them.</summary>
    private static string Plain(TypeMeaning.At at, string value) =>
        at.Path.StartsWith("x509-", StringComparison.Ordinal)
            ? value.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant()
            : value.Trim();

    private static (IReadOnlyList<ValueRow>, PartReason) Pair(string type, TypeMeaning.Pair pair, string value)
    {
        // A name of a file or key may have a bar itself; a hash, an address and a port have none.
        var bar = pair.Second == "value" ? value.IndexOf('|', StringComparison.Ordinal) : value.LastIndexOf('|');
        if (bar < 1 || bar == value.Length - 1)
        {
            return ([], PartReason.OddValue);
        }

        var (first, second) = (value[..bar], value[(bar + 1)..]);
        if (KnownTypes.Of(pair.First) is not { } meaning || Single(meaning, first) is not { Row.Row: { } row })
        {
            return ([], PartReason.OddValue);
        }

        switch (pair)
        {
            case { Second: "port" }:
                var end = KnownTypes.Key(type).StartsWith("ipsrc", StringComparison.Ordinal) ? "src" : "dst";
                return FormOfValue.PortOf(second) is { } port
                    ? ([new ValueRow(RowOf.WithPort(row, end, port), port)], default)
                    : ([], PartReason.OddPort);
            case { First: "regkey", Second: "value" }:
                return ([new ValueRow(RowOf.Together(row, "windows-registry-key:values[*].data", second))], default);
            default:
                return KnownTypes.Of(pair.Second) is { } other && Single(other, second) is { Row.Row: { } also }
                    ? (Joined(pair, row, also), default)
                    : ([], PartReason.OddValue);
        }
    }

    /// <summary>
    /// A hash says which file is meant, and a domain what was asked for: these stand alone. The name that the file had,
    /// and the address that the domain had, mean something only together with them.
    /// </summary>
    private static IReadOnlyList<ValueRow> Joined(TypeMeaning.Pair pair, IndicatorRow first, IndicatorRow second) =>
        pair.Second == "ip"
            ? [new ValueRow(first), new ValueRow(RowOf.Together(second, first.Path, first.Value))]
            : [new ValueRow(second), new ValueRow(RowOf.Together(first, second.Path, second.Value))];
}
