using System.Globalization;
using Comity.Indicators.Csv;
using Comity.Indicators.Taking;
using CsvHelper;
using CsvHelper.Configuration;

namespace Comity.Indicators;

/// <summary>Reads indicators from CSV (RFC 4180), separated by commas, semicolons or tabs, as spreadsheets and MISP write it.</summary>
/// <remarks>
/// A header is found by the names of its columns; without one every cell is a value. A cell is always data: what a
/// spreadsheet would take for a formula is text here.
/// </remarks>
public static class IndicatorCsv
{
    /// <summary>Reads a file.</summary>
    /// <param name="octets">UTF-8, with or without a byte order mark, or UTF-16 with one; at most <see cref="IndicatorLimits.TextOctets"/>.</param>
    /// <returns>What was understood, and what not. No octets make this throw.</returns>
    public static IndicatorReading Read(ReadOnlySpan<byte> octets)
    {
        var (text, refusal) = SourceText.Of(octets);
        if (refusal is { } refused)
        {
            return IndicatorReading.Refused(refused);
        }

        var found = new Gathering();
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = Delimiter.Of(text),
            // A stray quotation mark is data too; a quotation that does not end is told below.
            BadDataFound = null,
        };
        using var parser = new CsvParser(new StringReader(text), configuration);
        Header? header = null;
        while (parser.Read())
        {
            var record = new Record(parser);
            if (header is null)
            {
                header = Header.Of(record.Cells);
                if (header.IsThere)
                {
                    header.TellUnread(record, found);
                    continue;
                }
            }

            header.Take(record, found);
        }

        return found.Reading();
    }
}
