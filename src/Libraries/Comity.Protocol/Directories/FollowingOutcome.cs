namespace Comity.Protocol.Directories;

/// <summary>Why a snapshot was not accepted. Nothing changes then.</summary>
public enum FollowingRefusal
{
    /// <summary>A document in it cannot be read.</summary>
    Malformed,

    /// <summary>Its root is not the pinned one.</summary>
    OtherRoot,

    /// <summary>Root, delegation and header do not name the same directory.</summary>
    OtherDirectory,

    /// <summary>Fewer root keys than the threshold signed the delegation.</summary>
    TooFewRootSignatures,

    /// <summary>The delegation runs for more than 90 days.</summary>
    DelegationTooLong,

    /// <summary>The delegation does not hold now, or did not when the snapshot was made.</summary>
    DelegationNotValid,

    /// <summary>The directory key did not sign the header.</summary>
    HeaderNotSigned,

    /// <summary>Made more than ten minutes ahead of our clock.</summary>
    FromTheFuture,

    /// <summary>It claims to be fresh for more than seven days.</summary>
    FreshTooLong,

    /// <summary>Older than the one held.</summary>
    Older,

    /// <summary>The same number, or the next one, but another history: the directory has forked.</summary>
    Fork,

    /// <summary>It jumps ahead without the headers between.</summary>
    ChainMissing,

    /// <summary>The headers between do not lead from the one held to this one.</summary>
    ChainBroken,

    /// <summary>The entries are not those that the header names.</summary>
    EntriesDiffer,
}

/// <summary>What became of one entry.</summary>
public enum EntryResult
{
    /// <summary>First sight of the participant: trust in the manager, shown as not confirmed.</summary>
    New,

    /// <summary>A higher sequence, taken.</summary>
    Updated,

    /// <summary>The one held already.</summary>
    Unchanged,

    /// <summary>A lower sequence than the one held, which is kept.</summary>
    Older,

    /// <summary>The same sequence with other octets; the one held is kept.</summary>
    SameSequenceOtherOctets,

    /// <summary>Not valid; the one held is kept.</summary>
    Invalid,

    /// <summary>Signed by a key that the certificate held shows as revoked; the one held is kept.</summary>
    SignedByRevokedKey,

    /// <summary>
    /// A higher sequence, but an older core, certificate or time of signing than in the one held, which is kept: nobody
    /// but a thief of an old key goes back.
    /// </summary>
    GoesBack,

    /// <summary>The participant key is revoked: what is held is kept, and neither sealed to nor believed.</summary>
    Revoked,

    /// <summary>Another participant key, named by the old one: taken.</summary>
    KeyChanged,

    /// <summary>Another participant key that the old one did not name: held for a person, the old stays in use.</summary>
    KeyChangeHeld,

    /// <summary>Held before, and not listed any more.</summary>
    NoLongerListed,
}

/// <summary>What became of one entry.</summary>
/// <param name="Code">The participant; the default value where the entry could not be read.</param>
/// <param name="Result">What became of it.</param>
/// <param name="Fault">Why it is invalid.</param>
public sealed record EntryOutcome(ParticipantCode Code, EntryResult Result, EntryFault? Fault = null);

/// <summary>What a person must see.</summary>
public enum FollowingNotice
{
    /// <summary>Alarm: two histories of one directory.</summary>
    DirectoryForked,

    /// <summary>Alarm: the directory served an older snapshot than the one held.</summary>
    DirectoryWentBack,

    /// <summary>Alarm: our own entry in the snapshot is not what we signed.</summary>
    OwnEntryDiffers,

    /// <summary>Alarm: our own entry is missing.</summary>
    OwnEntryMissing,

    /// <summary>Alarm: a participant key changed without the old key's word.</summary>
    ParticipantKeyChanged,

    /// <summary>Alarm: a directory names another participant key than the one in use, which stays.</summary>
    ParticipantKeyDisputed,

    /// <summary>Alarm: a participant key is revoked. Nothing is sealed to that participant until it has another one.</summary>
    ParticipantKeyRevoked,

    /// <summary>Alarm: an entry with a higher number went back to something older, or was signed by a revoked key.</summary>
    EntryWentBack,

    /// <summary>Alarm: a participant signed two entries with one sequence.</summary>
    EntryForked,

    /// <summary>Warning: the snapshot has expired; what it says is used all the same.</summary>
    SnapshotExpired,

    /// <summary>Warning: an entry is past its validity.</summary>
    EntryExpired,

    /// <summary>Warning: an entry is not valid and was not taken.</summary>
    EntryInvalid,

    /// <summary>Warning: the directory serves an older entry than the one known.</summary>
    EntryOlder,
}

/// <summary>A notice with the participant that it is about; the default value where it is about the directory.</summary>
/// <param name="Notice">What.</param>
/// <param name="Code">About whom.</param>
public sealed record FollowingAlert(FollowingNotice Notice, ParticipantCode Code)
{
    /// <summary>Whether it is an alarm; otherwise a warning.</summary>
    public bool IsAlarm => Notice <= FollowingNotice.EntryForked;
}

/// <summary>What following a snapshot gave.</summary>
/// <param name="State">The state to hold from now on; the old one where refused.</param>
/// <param name="Refusal">Why it was refused; null where it was accepted.</param>
/// <param name="Entries">What became of each entry.</param>
/// <param name="Alerts">What people must see.</param>
public sealed record FollowingOutcome(
    FollowingState State,
    FollowingRefusal? Refusal,
    IReadOnlyList<EntryOutcome> Entries,
    IReadOnlyList<FollowingAlert> Alerts
)
{
    /// <summary>Whether it was accepted.</summary>
    public bool IsAccepted => Refusal is null;
}

/// <summary>What this node signed last for itself, so that it can be compared.</summary>
/// <param name="Code">Its participant.</param>
/// <param name="Entry">Digest of the exact octets of its signed entry.</param>
public sealed record OwnEntry(ParticipantCode Code, Digest Entry);
