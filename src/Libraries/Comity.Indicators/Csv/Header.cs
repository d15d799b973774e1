using Comity.Indicators.Taking;
using Comity.Indicators.Types;

namespace Comity.Indicators.Csv;

/// <summary>What the columns of a file are, and how a record of it is taken.</summary>
internal sealed class Header
{
    private readonly IReadOnlyList<Column> _columns;

    private Header(IReadOnlyList<Column> columns, bool isThere) => (_columns, IsThere) = (columns, isThere);

    /// <summary>Whether the first record is a header, and no data.</summary>
    internal bool IsThere { get; }

    /// <summary>
    /// A header says where the values are and holds none itself; otherwise every column has values whose form says what
    /// they are.
    /// </summary>
    internal static Header Of(IReadOnlyList<string> first)
    {
        var columns = first.Select((name, i) => Column.Named(i, name)).ToList();
        var isThere =
            columns.Exists(c => c.Role is ColumnRole.Value or ColumnRole.Typed)
            && columns.TrueForAll(c => c.Role != ColumnRole.Unread || FormOfValue.Read(first[c.Index]).Found is null);
        return isThere
            ? new Header(columns, isThere: true)
            : new Header([.. Enumerable.Range(0, IndicatorLimits.Columns).Select(Column.Nameless)], isThere: false);
    }

    /// <summary>Tells which columns are not read, once for all records.</summary>
    internal void TellUnread(Record record, Gathering found)
    {
        foreach (var column in _columns.Where(c => c.Role == ColumnRole.Unread && c.Name.Length > 0))
        {
            found.NotUnderstood(PartReason.Unread, column.Place(record.Line), column.Name);
        }
    }

    internal void Take(Record record, Gathering found)
    {
        if (record.IsUnended || record.IsTooWide)
        {
            found.NotUnderstood(PartReason.OddRecord, new SourcePlace(record.Line), record.Raw.Trim());
            if (record.IsUnended)
            {
                return;
            }
        }

        var shared = Shared(record);
        var isTaken = false;
        foreach (var column in _columns.Take(record.Cells.Count).Where(c => record.Cells[c.Index].Length > 0))
        {
            var cell = record.Cells[column.Index];
            var where = column.Place(record.Line);
            switch (column.Role)
            {
                case ColumnRole.Value:
                    (shared with { Value = cell, Where = where }).Take(found);
                    isTaken = true;
                    break;
                case ColumnRole.Typed:
                    (shared with { Value = cell, Where = where, Type = column.Name }).Take(found);
                    isTaken = true;
                    break;
                case ColumnRole.Naming:
                    new Entry(cell, where) { Type = column.Name }.Take(found);
                    break;
                case ColumnRole.Label:
                    Tags.Label(cell, where, found);
                    break;
                case ColumnRole.Tags:
                    Tags.ReadList(cell, where, found);
                    break;
            }
        }

        if (IsThere && !isTaken && record.Cells.Any(c => c.Length > 0))
        {
            found.NotUnderstood(PartReason.OddRecord, new SourcePlace(record.Line), record.Raw.Trim());
        }
    }

    /// <summary>What a record says of each of its values.</summary>
    private Entry Shared(Record record) =>
        new("", new SourcePlace(record.Line))
        {
            Type = Text(ColumnRole.Type, record),
            Category = Text(ColumnRole.Category, record),
            Id = Text(ColumnRole.Id, record) ?? "",
            Note = Text(ColumnRole.Note, record),
            FirstSeen = Text(ColumnRole.FirstSeen, record),
            LastSeen = Text(ColumnRole.LastSeen, record),
            ToDetect = Column.IsTrue(Text(ColumnRole.ToDetect, record)),
            Deleted = Column.IsTrue(Text(ColumnRole.Deleted, record)) == true,
        };

    private string? Text(ColumnRole role, Record record) =>
        _columns
            .Where(c => c.Role == role && c.Index < record.Cells.Count)
            .Select(c => record.Cells[c.Index])
            .FirstOrDefault(cell => cell.Length > 0);
}
