namespace Comity.Protocol.Evidence;

/// <summary>What a line of a report says.</summary>
public enum EvidenceVerdict
{
    /// <summary>Proven by signatures that lead up to the trust file.</summary>
    Proven,

    /// <summary>Said by somebody, and nothing more than that.</summary>
    Claimed,

    /// <summary>Not proven, with the reason.</summary>
    Failed,
}

/// <summary>One line of a report.</summary>
/// <param name="Verdict">Proven, claimed or failed.</param>
/// <param name="Item">Where in the file (<c>statements[0]</c>); empty for the whole.</param>
/// <param name="Text">What is proven or claimed, or what was looked at.</param>
/// <param name="Code">For a failure: its code (<c>signature-bad</c>).</param>
/// <param name="Reason">For a failure: what happened, and what to do.</param>
public sealed record EvidenceLine(
    EvidenceVerdict Verdict,
    string Item,
    string Text,
    string? Code = null,
    string? Reason = null
);

/// <summary>What a verification gave.</summary>
/// <param name="Lines">Line by line, in the order of the file.</param>
public sealed record EvidenceReport(IReadOnlyList<EvidenceLine> Lines)
{
    /// <summary>Whether nothing failed. Lines that only say what somebody claims do not count against it.</summary>
    public bool NothingFailed => Lines.All(line => line.Verdict != EvidenceVerdict.Failed);

    /// <summary>What no evidence file proves; to be shown with every report.</summary>
    public static IReadOnlyList<string> Limits { get; } =
    [
        "It does not prove that nothing was left out at the end: later messages may exist.",
        "It does not prove that no key was taken back since: whoever made the file may have left newer entries out.",
        "It does not prove that a person read anything; an office states that a person acknowledged.",
        "It does not prove when anything happened: every time is that of the clock of whoever says it.",
        "It does not show what was said; whoever holds a message can compare its digest with the statement.",
        "A receipt or an acknowledgement is receipt only: no agreement with the content and no position on facts or origin.",
    ];
}
