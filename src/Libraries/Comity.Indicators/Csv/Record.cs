using CsvHelper;

namespace Comity.Indicators.Csv;

/// <summary>One record: the line on which it begins, and its first cells.</summary>
internal sealed class Record
{
    internal Record(CsvParser parser)
    {
        var raw = parser.RawRecord;
        var isEnded = raw.EndsWith('\n') || raw.EndsWith('\r');
        var within = raw.AsSpan().TrimEnd("\r\n").Count('\n');
        IsUnended = within > 0 && raw.AsSpan().Count('"') % 2 == 1;
        Line = parser.RawRow - within - (IsUnended && isEnded ? 1 : 0);
        Raw = raw;
        IsTooWide = parser.Count > IndicatorLimits.Columns;
        // The parser looks at a cell when it is asked for, and copies the whole record for one with a stray quotation mark.
        Cells = [.. Enumerable.Range(0, Math.Min(parser.Count, IndicatorLimits.Columns)).Select(i => parser[i].Trim())];
    }

    internal int Line { get; }

    internal string Raw { get; }

    internal IReadOnlyList<string> Cells { get; }

    internal bool IsTooWide { get; }

    /// <summary>Whether a quotation goes on over lines and does not end: it may have taken further records into its cell.</summary>
    internal bool IsUnended { get; }
}
