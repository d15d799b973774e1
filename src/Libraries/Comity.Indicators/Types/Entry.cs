using Comity.Indicators.Taking;
using Comity.Stix;

namespace Comity.Indicators.Types;

/// <summary>A value with what its source says about it: an attribute of MISP, or a cell with its record.</summary>
internal sealed record Entry(string Value, SourcePlace Where)
{
    internal string? Type { get; init; }

    internal string? Category { get; init; }

    /// <summary>Whom it names by what it stands in; null when that says nothing.</summary>
    internal NameKind? Named { get; init; }

    internal string Id { get; init; } = "";

    internal string? Note { get; init; }

    internal string? FirstSeen { get; init; }

    internal string? LastSeen { get; init; }

    internal bool? ToDetect { get; init; }

    internal bool Deleted { get; init; }

    internal void Take(Gathering found)
    {
        var meaning = string.IsNullOrWhiteSpace(Type) ? null : KnownTypes.Of(Type);
        // Before anything else: what names somebody is no row, be it deleted, of an unknown type or well formed.
        if ((Named ?? (meaning as TypeMeaning.Names)?.Kind ?? NamingTypes.OfCategory(Category)) is { } kind)
        {
            found.LeaveOut(kind, Value, Type ?? Category ?? "", Where);
        }
        else if (Deleted)
        {
            found.NotUnderstood(PartReason.Deleted, Where, Value);
        }
        else
        {
            TakeValue(meaning, found);
        }
    }

    private void TakeValue(TypeMeaning? meaning, Gathering found)
    {
        var (rows, reason) = meaning is null ? ByForm() : TypedValue.Read(Type!, meaning, Value);
        if (rows.Count == 0)
        {
            found.NotUnderstood(reason, Where, Value);
            return;
        }

        var (first, last) = (Time(FirstSeen, found), Time(LastSeen, found));
        foreach (var row in rows)
        {
            found.Add(
                Understood.Of(row with { Row = row.Row with { ObjectId = Id } }, Where) with
                {
                    Note = Quotation.Note(Note),
                    FirstSeen = first,
                    LastSeen = last,
                    ToDetect = ToDetect,
                }
            );
        }
    }

    private (IReadOnlyList<ValueRow>, PartReason) ByForm()
    {
        var (row, reason) = FormOfValue.Read(Value);
        return row is not null
            ? ([row], default)
            : (
                [],
                reason == PartReason.NothingKnown && !string.IsNullOrWhiteSpace(Type) ? PartReason.UnknownType : reason
            );
    }

    private DateTime? Time(string? text, Gathering found)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var time = Times.Read(text.Trim());
        if (time is null)
        {
            found.NotUnderstood(PartReason.OddTime, Where, text);
        }

        return time;
    }
}
