using System.Text.Json;
using System.Text.Json.Nodes;

namespace Comity.Bench.Measuring;

internal enum ReportStyle
{
    Plain,
    Markdown,
    Json,
}

/// <summary>Prints what was found: for people, for the documentation, for machines.</summary>
internal static class ReportWriter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Write(Report report, ReportStyle style, TextWriter to)
    {
        if (style == ReportStyle.Json)
        {
            to.WriteLine(Json(report).ToJsonString(Indented));
            return;
        }
        var heading = style == ReportStyle.Markdown ? "### " : "";
        to.WriteLine();
        foreach (var line in report.Conditions)
            to.WriteLine(style == ReportStyle.Markdown ? $"- {line}" : line);
        foreach (var table in report.Tables)
        {
            to.WriteLine($"\n{heading}{table.Title}\n");
            foreach (var line in Lines(table, style))
                to.WriteLine(line);
        }
        to.WriteLine();
        foreach (var line in report.Remarks)
            to.WriteLine(line);
    }

    private static IEnumerable<string> Lines(Table table, ReportStyle style)
    {
        List<string[]> cells =
        [
            [.. table.Columns],
            .. table.Rows.Select(r => r.Select(Text).ToArray()),
        ];
        var widths = table.Columns.Select((_, i) => cells.Max(row => row[i].Length)).ToArray();
        for (var r = 0; r < cells.Count; r++)
        {
            var row = cells[r].Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]));
            yield return style == ReportStyle.Markdown ? $"| {string.Join(" | ", row)} |" : string.Join("   ", row);
            if (r == 0 && style == ReportStyle.Markdown)
                yield return $"|{string.Join('|', widths.Select((w, i) => i == 0 ? new string('-', w + 2) : new string('-', w + 1) + ":"))}|";
        }
    }

    private static string Text(object cell) => cell is double number ? Quantity.Show(number) : cell.ToString() ?? "";

    private static JsonObject Json(Report report) =>
        new()
        {
            ["benchmark"] = report.Name,
            ["conditions"] = Texts(report.Conditions),
            ["tables"] = new JsonArray([.. report.Tables.Select(Json)]),
            ["remarks"] = Texts(report.Remarks),
        };

    private static JsonNode Json(Table table) =>
        new JsonObject
        {
            ["title"] = table.Title,
            ["rows"] = new JsonArray([
                .. table.Rows.Select(row => new JsonObject(
                    table.Columns.Zip(row, (name, cell) => KeyValuePair.Create<string, JsonNode?>(name, Value(cell)))
                )),
            ]),
        };

    private static JsonValue? Value(object cell) =>
        cell switch
        {
            double number => JsonValue.Create(number),
            int number => JsonValue.Create(number),
            _ => JsonValue.Create(cell.ToString()),
        };

    private static JsonArray Texts(IEnumerable<string> lines) => new([.. lines.Select(l => JsonValue.Create(l))]);
}
