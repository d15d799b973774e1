using Comity.OpenPgp;

namespace Comity.Protocol.Directories;

/// <summary>What one entry does to what is held.</summary>
internal static class EntryStep
{
    public static (FollowingState State, EntryOutcome Outcome) Take(
        FollowingState state,
        ReadOnlyMemory<byte> octets,
        DateTime now
    )
    {
        var checking = EntryCheck.Check(octets, now);
        if (!checking.IsGood)
        {
            return Refuse(state, octets, checking.Fault.Value, now);
        }

        var entry = checking.Entry;
        if (state.Entries.GetValueOrDefault(entry.Core.Code) is not { } held)
        {
            return (state.With(new HeldEntry(entry, null, Listed: true)), Outcome(EntryResult.New));
        }

        var result = Compare(held, entry, now);
        var next = result switch
        {
            EntryResult.Updated or EntryResult.KeyChanged => held with
            {
                Current = entry,
                Pending = null,
                Revocation = null,
            },
            EntryResult.KeyChangeHeld when IsNewerPending(held, entry) => held with { Pending = entry },
            _ => held,
        };
        return (state.With(next with { Listed = true }), Outcome(result));

        EntryOutcome Outcome(EntryResult outcome) => new(entry.Core.Code, outcome);
    }

    /// <summary>
    /// What is not valid changes nothing, but for one thing: a revocation of the held participant key proves itself,
    /// whoever brings it and whatever else the entry says.
    /// </summary>
    private static (FollowingState State, EntryOutcome Outcome) Refuse(
        FollowingState state,
        ReadOnlyMemory<byte> octets,
        EntryFault fault,
        DateTime now
    )
    {
        if (fault != EntryFault.ParticipantKeyRevoked || EntryCheck.Take(octets).Entry is not { } entry)
        {
            var code = DirectoryDocuments.ReadEntry(octets).Value?.Value.Code ?? default;
            return (state, new EntryOutcome(code, EntryResult.Invalid, fault));
        }

        var named = entry.Source.Value.Code;
        if (state.Entries.GetValueOrDefault(named) is not { } held || held.Current.Fingerprint != entry.Fingerprint)
        {
            return (state, new EntryOutcome(named, EntryResult.Invalid, fault));
        }

        var next = held with
        {
            Revocation = held.IsRevoked(now) ? held.Revocation : entry,
            Pending = held.Pending?.Fingerprint == entry.Fingerprint ? null : held.Pending,
            Listed = true,
        };
        return (state.With(next), new EntryOutcome(named, EntryResult.Revoked, fault));
    }

    private static bool IsNewerPending(HeldEntry held, CheckedEntry entry) =>
        held.Pending is not { } pending
        || pending.Fingerprint != entry.Fingerprint
        || pending.Source.Value.Sequence < entry.Source.Value.Sequence;

    private static EntryResult Compare(HeldEntry held, CheckedEntry entry, DateTime now)
    {
        if (entry.Fingerprint != held.Current.Fingerprint)
        {
            return CompareOther(held, entry, now);
        }

        if (held.IsRevoked(now))
        {
            return EntryResult.Revoked;
        }

        if (entry.TakesBack(held.Current))
        {
            return GoesBackInWhatIsVouchedFor(held.Current, entry) ? EntryResult.GoesBack : EntryResult.Updated;
        }

        var sequence = entry.Source.Value.Sequence;
        if (sequence < held.Sequence)
        {
            return EntryResult.Older;
        }

        if (sequence == held.Sequence)
        {
            return entry.Source.Digest == held.Current.Source.Digest
                ? EntryResult.Unchanged
                : EntryResult.SameSequenceOtherOctets;
        }

        if (IsRevokedForUs(held, entry))
        {
            return EntryResult.SignedByRevokedKey;
        }

        return GoesBack(held.Current, entry) ? EntryResult.GoesBack : EntryResult.Updated;
    }

    /// <summary>
    /// Sequences count under one participant key only: whoever stole one could otherwise sign the highest there is, and
    /// the participant would never be heard again under its new key.
    /// </summary>
    private static EntryResult CompareOther(HeldEntry held, CheckedEntry entry, DateTime now)
    {
        // What the key in use has followed is behind us.
        if (held.Current.Succeeds(entry, entry.Participant, now))
        {
            return EntryResult.Older;
        }

        return entry.Succeeds(held.Current, held.Participant, now) ? EntryResult.KeyChanged : EntryResult.KeyChangeHeld;
    }

    /// <summary>A thief of the entry key could serve the certificate without the revocation that we have seen.</summary>
    private static bool IsRevokedForUs(HeldEntry held, CheckedEntry entry) =>
        entry.Source.Document.Verify(held.Participant)?.Standing
            is KeyStanding.Revoked
                or KeyStanding.RevokedCompromised;

    /// <summary>
    /// A higher number alone is cheap: a thief of an old entry key could sign what the participant has long replaced.
    /// So nothing in an entry may be older than in the one held: not the certificate, not the core that the participant
    /// key vouched for, not the time of signing.
    /// </summary>
    private static bool GoesBack(CheckedEntry held, CheckedEntry entry) =>
        GoesBackInWhatIsVouchedFor(held, entry)
        || entry.Source.Value.Issued < held.Source.Value.Issued
        || entry.SignedAt < held.SignedAt;

    /// <summary>Certificate and core are the participant key's word; a thief of the entry key cannot date them.</summary>
    private static bool GoesBackInWhatIsVouchedFor(CheckedEntry held, CheckedEntry entry) =>
        !entry.Participant.Continues(held.Participant)
        || (!entry.HasCoreOf(held) && entry.CoreCertified < held.CoreCertified);
}
