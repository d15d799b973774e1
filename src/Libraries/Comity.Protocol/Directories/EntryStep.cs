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
            var code = DirectoryDocuments.ReadEntry(octets).Value?.Value.Code ?? default;
            return (state, new EntryOutcome(code, EntryResult.Invalid, checking.Fault));
        }

        var entry = checking.Entry;
        if (state.Entries.GetValueOrDefault(entry.Core.Code) is not { } held)
        {
            return (state.With(new HeldEntry(entry, null, Listed: true)), Outcome(EntryResult.New));
        }

        var result = Compare(held, entry);
        var next = result switch
        {
            EntryResult.Updated or EntryResult.KeyChanged => held with { Current = entry, Pending = null },
            EntryResult.KeyChangeHeld when IsNewerPending(held, entry) => held with { Pending = entry },
            _ => held,
        };
        return (state.With(next with { Listed = true }), Outcome(result));

        EntryOutcome Outcome(EntryResult outcome) => new(entry.Core.Code, outcome);
    }

    private static bool IsNewerPending(HeldEntry held, CheckedEntry entry) =>
        held.Pending is not { } pending
        || pending.Fingerprint != entry.Fingerprint
        || pending.Source.Value.Sequence < entry.Source.Value.Sequence;

    private static EntryResult Compare(HeldEntry held, CheckedEntry entry)
    {
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

        if (entry.Fingerprint == held.Current.Fingerprint)
        {
            return IsRevokedForUs(held, entry) ? EntryResult.SignedByRevokedKey : EntryResult.Updated;
        }

        return IsNamedSuccessor(held, entry) ? EntryResult.KeyChanged : EntryResult.KeyChangeHeld;
    }

    /// <summary>A thief of the entry key could serve the certificate without the revocation that we have seen.</summary>
    private static bool IsRevokedForUs(HeldEntry held, CheckedEntry entry) =>
        entry.Source.Document.Verify(held.Current.Participant)?.Standing
            is KeyStanding.Revoked
                or KeyStanding.RevokedCompromised;

    private static bool IsNamedSuccessor(HeldEntry held, CheckedEntry entry) =>
        entry.Source.Value.Succession is { } succession
        && held.Current.Participant.VerifyStatement(
            succession.Statement.Span,
            DirectoryDocuments.SuccessorNotation,
            entry.Fingerprint
        ).IsGood;
}
