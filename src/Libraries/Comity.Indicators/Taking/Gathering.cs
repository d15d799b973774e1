using System.Text;
using Comity.Stix;
using Comity.Stix.Names;

namespace Comity.Indicators.Taking;

/// <summary>What a reading has found so far, each value and each name once, bounded by <see cref="IndicatorLimits"/>.</summary>
internal sealed class Gathering
{
    private static readonly string[] Labels = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"];

    private readonly List<IndicatorUnderstood> _rows = [];
    private readonly Dictionary<(IndicatorType, string?, string, string?), int> _rowAt = [];
    private readonly List<NameLeftOut> _names = [];
    private readonly Dictionary<(NameKind, string), int> _nameAt = [];
    private readonly List<PartNotUnderstood> _parts = [];
    private readonly HashSet<string> _labels = [];
    private readonly NameTree _tree = new(IndicatorLimits.NameSteps);
    private bool _tooManyNames;
    private int _rowsBeyond;
    private int _partsBeyond;
    private int _namesBeyond;

    internal void Add(IndicatorUnderstood row)
    {
        var key = (row.Row.Type, row.Row.Algorithm, row.Row.Value, row.Row.Pattern);
        if (_rowAt.TryGetValue(key, out var at))
        {
            _rows[at] = Merged(_rows[at], row);
        }
        else if (_rows.Count == IndicatorLimits.Rows)
        {
            _rowsBeyond++;
        }
        else
        {
            _rowAt.Add(key, _rows.Count);
            _rows.Add(row);
        }
    }

    internal void NotUnderstood(PartReason reason, SourcePlace where, string what)
    {
        if (_parts.Count == IndicatorLimits.Remarks)
        {
            _partsBeyond++;
        }
        else
        {
            _parts.Add(new PartNotUnderstood(reason, where, Quotation.Cut(what, IndicatorLimits.QuotationLength)));
        }
    }

    /// <summary>Nothing of it becomes a row, and it is looked for in what does.</summary>
    internal void LeaveOut(NameKind kind, string name, string saying, SourcePlace where)
    {
        if (_nameAt.TryGetValue((kind, name), out var at))
        {
            _names[at] = _names[at] with { Times = _names[at].Times + 1 };
            return;
        }

        var quoted = Quotation.Cut(name, IndicatorLimits.QuotationLength);
        foreach (var form in Naming.FormsOf(name, kind == NameKind.Place ? "country" : "name"))
        {
            _tooManyNames |= !_tree.Add(form, new CarriedName(kind, quoted, ""));
        }

        if (_names.Count == IndicatorLimits.Remarks)
        {
            _namesBeyond++;
        }
        else
        {
            _nameAt.Add((kind, name), _names.Count);
            _names.Add(new NameLeftOut(kind, quoted, Quotation.Cut(saying, IndicatorLimits.QuotationLength), where));
        }
    }

    /// <summary>
    /// A label without "TLP:"; the one of version 1.0 counts as what it is called since. False where there is no such label.
    /// </summary>
    internal bool Label(string label)
    {
        var now = label.Equals("white", StringComparison.OrdinalIgnoreCase) ? "CLEAR" : label.ToUpperInvariant();
        if (!Labels.Contains(now))
        {
            return false;
        }

        _labels.Add(now);
        return true;
    }

    internal IndicatorReading Reading()
    {
        var inValues = _rows.SelectMany(InValue).ToList();
        var rows = _rows.ConvertAll(r => r.Note is null ? r : r with { Note = WithoutNames(r.Note) });
        return _tooManyNames || _tree.IsExhausted
            ? IndicatorReading.Refused(IndicatorRefusal.TooMuchWork)
            : new IndicatorReading
            {
                Rows = rows,
                NotUnderstood = _parts,
                LeftOut = _names,
                InValues = inValues,
                Tlp = [.. Labels.Where(_labels.Contains)],
                RowsBeyond = _rowsBeyond,
                NotUnderstoodBeyond = _partsBeyond,
                LeftOutBeyond = _namesBeyond,
            };
    }

    private static IndicatorUnderstood Merged(IndicatorUnderstood first, IndicatorUnderstood again) =>
        first with
        {
            Times = first.Times + 1,
            Note =
                first.Note is null || again.Note is null || first.Note.Contains(again.Note, StringComparison.Ordinal)
                    ? first.Note ?? again.Note
                    : Quotation.Cut($"{first.Note}; {again.Note}", IndicatorLimits.NoteLength),
            FirstSeen =
                again.FirstSeen is null || first.FirstSeen < again.FirstSeen ? first.FirstSeen : again.FirstSeen,
            LastSeen = again.LastSeen is null || first.LastSeen > again.LastSeen ? first.LastSeen : again.LastSeen,
            ToDetect =
                first.ToDetect is null || again.ToDetect is null
                    ? first.ToDetect ?? again.ToDetect
                    : first.ToDetect.Value || again.ToDetect.Value,
        };

    private IEnumerable<NameLeftOut> InValue(IndicatorUnderstood row) =>
        _tree
            .Find($"{row.Row.Value} {row.Row.Pattern}")
            .Select(h => new NameLeftOut(h.Name.Kind, h.Name.Name, row.Row.Path, row.Where))
            .DistinctBy(n => n.Name);

    private string WithoutNames(string note)
    {
        var text = new StringBuilder();
        var at = 0;
        foreach (var hit in _tree.Find(note))
        {
            text.Append(note, at, hit.Start - at).Append(StixBundle.Mark);
            at = hit.Start + hit.Length;
        }

        return text.Append(note, at, note.Length - at).ToString();
    }
}
