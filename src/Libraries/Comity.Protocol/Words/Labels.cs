namespace Comity.Protocol;

/// <summary>Traffic Light Protocol 2.0 (FIRST): how far a message may be passed on. Ordered from open to closed.</summary>
public enum Tlp
{
    /// <summary><c>CLEAR</c>: no limit.</summary>
    Clear,

    /// <summary><c>GREEN</c>: within the community.</summary>
    Green,

    /// <summary><c>AMBER</c>: within the organisation and its clients, on a need to know.</summary>
    Amber,

    /// <summary><c>AMBER+STRICT</c>: within the organisation only.</summary>
    AmberStrict,

    /// <summary><c>RED</c>: for the eyes of the recipients only.</summary>
    Red,
}

/// <summary>Permissible Actions Protocol: what may be done with what a message holds. Ordered from open to closed.</summary>
public enum Pap
{
    /// <summary><c>CLEAR</c>: no limit.</summary>
    Clear,

    /// <summary><c>GREEN</c>: active actions allowed.</summary>
    Green,

    /// <summary><c>AMBER</c>: passive cross-checks only.</summary>
    Amber,

    /// <summary><c>RED</c>: nothing that could be noticed from outside.</summary>
    Red,
}

/// <summary>What record a conversation leaves; proposed by its opener, visible before acceptance.</summary>
public enum RecordMode
{
    /// <summary><c>between-us</c>: receipts that the parties can verify; nothing in the log.</summary>
    BetweenUs,

    /// <summary><c>logged</c>: also leaves of the append-only log.</summary>
    Logged,
}

/// <summary>Who holds an office's private key, as its signed entry declares it. It decides what sealing means.</summary>
public enum Custody
{
    /// <summary><c>own-program</c>: a person's own program.</summary>
    OwnProgram,

    /// <summary><c>own-node</c>: a node of that participant.</summary>
    OwnNode,

    /// <summary><c>hosted</c>: somebody else's node, which can read; everybody is told so.</summary>
    Hosted,
}

/// <summary>What a receipt says.</summary>
public enum ReceiptLevel
{
    /// <summary><c>stored</c>: the octets are durable there and have not been opened.</summary>
    Stored,

    /// <summary><c>opened</c>: opened there, and every check passed.</summary>
    Opened,
}
