using Comity.Protocol.Messages;

namespace Comity.Protocol.Conversations;

/// <summary>Independent marks of one message at one recipient; not a chain, each may stand without the others.</summary>
[Flags]
public enum Marks
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Committed here.</summary>
    Accepted = 1,

    /// <summary>Handed over.</summary>
    HandedOver = 2,

    /// <summary>Durable there, not opened.</summary>
    Stored = 4,

    /// <summary>Opened there, all checks passed.</summary>
    Opened = 8,

    /// <summary>A person there acknowledged; without any receipt this is legal (mail).</summary>
    Acknowledged = 16,

    /// <summary>A person there has it and is not the right office.</summary>
    NotTheRightOffice = 32,

    /// <summary>Answered in substance.</summary>
    Answered = 64,

    /// <summary>Closed by the owner of the conversation.</summary>
    Closed = 128,

    /// <summary>Withdrawn by its author; who has it, has it.</summary>
    Withdrawn = 256,

    /// <summary>Not delivered, and nothing says otherwise.</summary>
    NotDelivered = 512,
}

/// <summary>How one message stands at one recipient.</summary>
/// <param name="Office">The recipient.</param>
/// <param name="Marks">Its marks.</param>
/// <param name="Times">The earliest time of each mark, by the clock of whoever set it; UTC.</param>
/// <param name="Cause">The newest cause of not being delivered, where that mark stands.</param>
/// <param name="AnswerExpectedBy">By when the recipient's person said that an answer can be expected; UTC.</param>
/// <param name="RightOffice">Where the recipient's person pointed to.</param>
public sealed record RecipientState(
    OfficeName Office,
    Marks Marks,
    IReadOnlyDictionary<Marks, DateTime> Times,
    string? Cause,
    DateTime? AnswerExpectedBy,
    OfficeName? RightOffice
);

/// <summary>How one message stands.</summary>
/// <param name="Digest">Its digest.</param>
/// <param name="Message">The message.</param>
/// <param name="Recipients">How it stands at each recipient, in the order of the message.</param>
/// <param name="Parked">Whether the message that it refers to is not here (yet).</param>
/// <param name="NoEffect">Why it changes nothing, where it does not.</param>
public sealed record MessageState(
    Digest Digest,
    Message Message,
    IReadOnlyList<RecipientState> Recipients,
    bool Parked,
    NoEffect? NoEffect
)
{
    /// <summary>The kinds that an office may send in reference to it.</summary>
    public IReadOnlyList<MessageKind> NextKinds(OfficeName office) => ConversationNext.RepliesTo(office, this);
}

/// <summary>Why a message of a conversation is shown and changes nothing.</summary>
public enum NoEffect
{
    /// <summary>It says exercise where the conversation is none, or the reverse.</summary>
    OtherExercise,

    /// <summary>It names a message by its id with another digest: it speaks of something that was not said here.</summary>
    OtherContent,

    /// <summary>Only the author may withdraw, and no statement of receipt or of an end; only the owner may close, only a recipient may acknowledge.</summary>
    NotEntitled,
}

/// <summary>A missing place in a chain: to be shown, and asked for.</summary>
/// <param name="Author">Whose chain.</param>
/// <param name="Office">To which office.</param>
/// <param name="Sequence">Which place.</param>
public sealed record ChainGap(OfficeName Author, OfficeName Office, long Sequence);

/// <summary>A chain that contradicts itself: two messages at one place, or one that names another predecessor.</summary>
/// <param name="Author">Whose chain.</param>
/// <param name="Office">To which office.</param>
/// <param name="Sequence">At which place.</param>
public sealed record ChainFork(OfficeName Author, OfficeName Office, long Sequence);

/// <summary>The state of a conversation: a function of the set of facts, the same in whatever order they came.</summary>
/// <param name="Messages">The messages, by time of making and then digest.</param>
/// <param name="Owner">Who opened it; null where nothing is known yet.</param>
/// <param name="Opening">The message that opened it; null while that is not here.</param>
/// <param name="Exercise">Whether it is an exercise, as its id says.</param>
/// <param name="Closed">Whether its owner closed it; a closure that names one message closes that one only.</param>
/// <param name="Gaps">Missing places.</param>
/// <param name="Forks">Contradictions.</param>
public sealed record ConversationState(
    IReadOnlyList<MessageState> Messages,
    OfficeName? Owner,
    Digest? Opening,
    bool Exercise,
    bool Closed,
    IReadOnlyList<ChainGap> Gaps,
    IReadOnlyList<ChainFork> Forks
)
{
    /// <summary>The kinds that an office may send next; what this version does not implement is left out.</summary>
    public IReadOnlyList<MessageKind> NextKinds(OfficeName office) => ConversationNext.KindsFor(this, office);
}
