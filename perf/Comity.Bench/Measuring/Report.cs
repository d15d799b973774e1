namespace Comity.Bench.Measuring;

/// <summary>A table of results; a cell is a text or a number.</summary>
internal sealed record Table(string Title, IReadOnlyList<string> Columns)
{
    public List<object[]> Rows { get; } = [];

    public Table Add(params object[] row)
    {
        Rows.Add(row);
        return this;
    }
}

/// <summary>What a benchmark found.</summary>
/// <param name="Name">Which benchmark.</param>
/// <param name="Conditions">Machine, input, settings: what one must know to measure the same.</param>
/// <param name="Tables">The figures.</param>
/// <param name="Remarks">What the figures say, as sentences.</param>
internal sealed record Report(
    string Name,
    IReadOnlyList<string> Conditions,
    IReadOnlyList<Table> Tables,
    IReadOnlyList<string> Remarks
);
