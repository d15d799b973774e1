namespace Comity.Protocol;

/// <summary>
/// How soon the asker hopes for an answer: the lower three precedences of MMHS-Primary-Precedence (RFC 6477). A hope,
/// never a time limit; a time stands in <c>replyBy</c>.
/// </summary>
public enum Priority
{
    /// <summary><c>routine</c>: as work allows.</summary>
    Routine,

    /// <summary><c>priority</c>: before what is routine.</summary>
    Priority,

    /// <summary><c>immediate</c>: now, because a situation may grow tense.</summary>
    Immediate,
}
