using Comity.Stix;

namespace Comity.Indicators;

/// <summary>
/// What was understood of pasted text, a CSV file or MISP JSON, shown to whoever composes a message before anything is
/// taken into it.
/// </summary>
/// <remarks>
/// Whatever stands in the source is in one of these lists, or counted beside it: a row, a part that was not understood,
/// a name that was left out, a label. Immutable.
/// </remarks>
public sealed record IndicatorReading
{
    /// <summary>Why the source was not read at all; null where it was read.</summary>
    public IndicatorRefusal? Refusal { get; init; }

    /// <summary>Where the reason of a refusal lies, such as "octet 120"; empty when the whole is meant.</summary>
    public string RefusedAt { get; init; } = "";

    /// <summary>What to look for, in the order of the source, each value once; at most <see cref="IndicatorLimits.Rows"/>.</summary>
    public IReadOnlyList<IndicatorUnderstood> Rows { get; init; } = [];

    /// <summary>What did not become a row, and why; at most <see cref="IndicatorLimits.Remarks"/>.</summary>
    public IReadOnlyList<PartNotUnderstood> NotUnderstood { get; init; } = [];

    /// <summary>
    /// What was left out because it names an actor, person, organisation or place; at most
    /// <see cref="IndicatorLimits.Remarks"/>. Where such a name stands in a note, the note has <see cref="StixBundle.Mark"/> in its place.
    /// </summary>
    public IReadOnlyList<NameLeftOut> LeftOut { get; init; } = [];

    /// <summary>Names of <see cref="LeftOut"/> that still stand in the value of a row, which is never changed; a person decides about it.</summary>
    public IReadOnlyList<NameLeftOut> InValues { get; init; } = [];

    /// <summary>
    /// The labels of the Traffic Light Protocol 2.0 that the source bears, without "TLP:", from open to closed: "CLEAR",
    /// "GREEN", "AMBER", "AMBER+STRICT", "RED". The last one is the one to keep to.
    /// </summary>
    public IReadOnlyList<string> Tlp { get; init; } = [];

    /// <summary>How many further values were understood and are not in <see cref="Rows"/>, because there are too many.</summary>
    public int RowsBeyond { get; init; }

    /// <summary>How many remarks are not in <see cref="NotUnderstood"/>, because there are too many.</summary>
    public int NotUnderstoodBeyond { get; init; }

    /// <summary>How many names are not in <see cref="LeftOut"/>, because there are too many. They were left out all the same.</summary>
    public int LeftOutBeyond { get; init; }

    /// <summary>How many times a value stood in the source again.</summary>
    public int Merged => Rows.Sum(r => r.Times - 1);

    /// <summary>Whether something was counted only.</summary>
    public bool IsTruncated => RowsBeyond + NotUnderstoodBeyond + LeftOutBeyond > 0;

    internal static IndicatorReading Refused(IndicatorRefusal refusal, string place = "") =>
        new() { Refusal = refusal, RefusedAt = place };
}

/// <summary>Why a source is not read.</summary>
public enum IndicatorRefusal
{
    /// <summary>More octets than <see cref="IndicatorLimits.TextOctets"/> or <see cref="IndicatorLimits.MispOctets"/>.</summary>
    TooLarge,

    /// <summary>Neither UTF-8 nor UTF-16 with a byte order mark, or JSON that escapes half a character.</summary>
    UnknownEncoding,

    /// <summary>A character that stands in no text (U+0000): the file is something else.</summary>
    NotText,

    /// <summary>Not one JSON value by RFC 8259.</summary>
    NotJson,

    /// <summary>Nested deeper than <see cref="StixLimits.Depth"/>.</summary>
    TooDeep,

    /// <summary>More than <see cref="StixLimits.Values"/> JSON values, or names that cost too much to look for.</summary>
    TooMuchWork,

    /// <summary>A member stands twice in one place, so that readers could see different events.</summary>
    Ambiguous,

    /// <summary>JSON, but neither an event of MISP, nor a list or an answer with events or attributes.</summary>
    NotMisp,
}
