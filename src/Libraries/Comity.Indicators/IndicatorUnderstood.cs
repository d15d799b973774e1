using Comity.Stix;

namespace Comity.Indicators;

/// <summary>One value that was understood, as a row of a message and as it is shown.</summary>
/// <param name="Row">
/// The row. Hosts are in lower case and in their ASCII form (RFC 5890). An address with a port, and a value that the
/// source joins to another one, is not alone: its pattern says what is meant. <see cref="IndicatorRow.ObjectId"/> is the
/// UUID of the attribute, and empty outside MISP.
/// </param>
/// <param name="Shown">The value in a harmless spelling, with its port; for people, never a live link.</param>
/// <param name="International">The same with the international name in its own script; null where there is none.</param>
/// <param name="Where">Where it stood first.</param>
public sealed record IndicatorUnderstood(IndicatorRow Row, string Shown, string? International, SourcePlace Where)
{
    /// <summary>What the source says beside it; null for nothing. At most <see cref="IndicatorLimits.NoteLength"/>.</summary>
    public string? Note { get; init; }

    /// <summary>When it was first seen, in UTC, the earliest where it is said several times.</summary>
    public DateTime? FirstSeen { get; init; }

    /// <summary>When it was last seen, in UTC, the latest where it is said several times.</summary>
    public DateTime? LastSeen { get; init; }

    /// <summary>Whether the source means it to be looked for by machines (to_ids of MISP); null where nothing is said.</summary>
    public bool? ToDetect { get; init; }

    /// <summary>How many times it stood in the source.</summary>
    public int Times { get; init; } = 1;
}

/// <summary>A place in a source.</summary>
/// <param name="Line">The line, from 1; 0 in JSON.</param>
/// <param name="Path">In JSON the path, such as "Event.Attribute[2].value"; in CSV the column as its header calls it, or its number from 1.</param>
public sealed record SourcePlace(int Line, string Path = "");
