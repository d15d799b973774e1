namespace Comity.Eng;

/// <summary>One row of docs/trace.md: a system that the report asks for, and the tests that show how far it works.</summary>
internal sealed record TraceRow(
    string Id,
    string System,
    string Source,
    string Room,
    string State,
    IReadOnlyList<string> Tests
);

/// <summary>
/// Reads the table of docs/trace.md: rows that begin with <c>| S1 |</c>, tests as fully qualified method names in
/// backticks, a dash where there is none yet.
/// </summary>
internal static class TraceTable
{
    public static IReadOnlyList<string> States { get; } = ["works", "partly", "planned"];

    private const int Columns = 6;

    /// <exception cref="FormatException">A row has too few or too many columns; the message names it.</exception>
    public static IReadOnlyList<TraceRow> Read(string markdown)
    {
        var rows = new List<TraceRow>();
        foreach (var line in markdown.Split('\n').Select(l => l.Trim()).Where(IsRow))
        {
            var cells = line.Trim('|').Split('|').Select(c => c.Trim()).ToArray();
            if (cells.Length != Columns)
            {
                throw new FormatException(
                    $"docs/trace.md: the row {cells[0]} has {cells.Length} columns, {Columns} are expected"
                );
            }

            rows.Add(new TraceRow(cells[0], cells[1], cells[2], cells[3], cells[4], Names(cells[5])));
        }

        return rows;
    }

    /// <summary>
    /// What the table promises and the run did not show. A skipped test keeps the promise only where
    /// <paramref name="isExcused"/> knows why it was skipped.
    /// </summary>
    public static IEnumerable<string> Broken(
        IEnumerable<TraceRow> rows,
        ILookup<string, TestOutcome> run,
        Func<TestOutcome, bool> isExcused
    ) =>
        from row in rows
        from name in row.Tests
        let outcomes = run[name].ToList()
        let fault = outcomes.Count == 0 ? "was not in the run"
        : outcomes.All(o => o.Result == Verdict.Skipped && !isExcused(o)) ? $"was skipped ({outcomes[0].Message})"
        : null
        where fault is not null
        select $"docs/trace.md, {row.Id}: {name} {fault}";

    private static bool IsRow(string line) =>
        line.StartsWith("| S", StringComparison.Ordinal) && line.Length > 3 && char.IsAsciiDigit(line[3]);

    /// <summary>What stands in backticks.</summary>
    public static IReadOnlyList<string> Names(string cell) =>
        [.. cell.Split('`').Where((_, i) => i % 2 == 1).Select(n => n.Trim())];
}
