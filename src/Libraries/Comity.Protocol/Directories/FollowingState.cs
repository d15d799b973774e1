using Comity.OpenPgp;

namespace Comity.Protocol.Directories;

/// <summary>What a follower holds of one participant.</summary>
/// <param name="Current">The entry in use.</param>
/// <param name="Pending">
/// A valid entry under another participant key that the old key has not named: held for a person; nothing is sealed to it.
/// </param>
/// <param name="Listed">Whether the newest snapshot lists the participant.</param>
public sealed record HeldEntry(CheckedEntry Current, CheckedEntry? Pending, bool Listed)
{
    /// <summary>
    /// An entry that shows the participant key revoked. What is held stays for the record: nothing is sealed to it, and
    /// nothing signed under it is believed.
    /// </summary>
    public CheckedEntry? Revocation { get; init; }

    /// <summary>The newest certificate of the participant key that is known.</summary>
    public Certificate Participant => (Revocation ?? Current).Participant;

    /// <summary>Whether the participant key is revoked.</summary>
    public bool IsRevoked(DateTime now) => (Revocation ?? Current).IsRevoked(now);

    /// <summary>The participant.</summary>
    public ParticipantCode Code => Current.Core.Code;

    /// <summary>The sequence in use.</summary>
    public long Sequence => Current.Source.Value.Sequence;
}

/// <summary>What a follower knows of a directory. To be stored as a whole, and only replaced by what <see cref="Following"/> returns.</summary>
public sealed record FollowingState
{
    /// <summary>The pinned digest of the root.</summary>
    public required Digest Root { get; init; }

    /// <summary>Number of the newest accepted snapshot; 0 before the first.</summary>
    public long Number { get; init; }

    /// <summary>Digest of that snapshot's signed header.</summary>
    public Digest? Header { get; init; }

    /// <summary>Until when that snapshot is fresh; UTC.</summary>
    public DateTime? Expires { get; init; }

    /// <summary>The entries held.</summary>
    public IReadOnlyDictionary<ParticipantCode, HeldEntry> Entries { get; init; } =
        new Dictionary<ParticipantCode, HeldEntry>();

    /// <summary>The state before anything was fetched.</summary>
    public static FollowingState Start(Digest pinnedRoot) => new() { Root = pinnedRoot };

    /// <summary>
    /// The state after a person has confirmed, out of band, the changed participant key that is held; unchanged where
    /// nothing is held under that fingerprint.
    /// </summary>
    public FollowingState WithConfirmedKey(ParticipantCode code, string fingerprint) =>
        Entries.GetValueOrDefault(code) is { Pending: { } pending } held && pending.Fingerprint == fingerprint
            ? With(held with { Current = pending, Pending = null, Revocation = null })
            : this;

    internal FollowingState With(HeldEntry held) =>
        this with
        {
            Entries = new Dictionary<ParticipantCode, HeldEntry>(Entries) { [held.Code] = held },
        };
}
