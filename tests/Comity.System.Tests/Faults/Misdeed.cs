namespace Comity.System.Tests.Faults;

/// <summary>What a hostile proxy does with one request between nodes.</summary>
internal enum Misdeed
{
    /// <summary>None: it is passed on, and its answer is passed back.</summary>
    None,

    /// <summary>It is passed on twice at the same moment; chance says which answer its sender gets.</summary>
    TwiceAtOnce,

    /// <summary>It is passed on, and once more a little later.</summary>
    TwiceLater,

    /// <summary>It waits until others that came later have passed.</summary>
    HeldBack,

    /// <summary>It waits a little.</summary>
    Delayed,

    /// <summary>The connection breaks in the middle of it.</summary>
    CutOnTheWay,

    /// <summary>Half of it is passed on as if it were the whole.</summary>
    Shortened,

    /// <summary>It is passed on, and the connection breaks in the middle of the answer.</summary>
    AnswerCut,

    /// <summary>It is passed on, and its sender never hears.</summary>
    AnswerLost,

    /// <summary>Before it goes an older one, octet for octet, with the signature of then.</summary>
    Replayed,

    /// <summary>It goes with the body of an older one.</summary>
    OtherBody,
}
