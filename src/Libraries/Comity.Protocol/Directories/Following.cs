using Comity.Protocol.Signing;

namespace Comity.Protocol.Directories;

/// <summary>
/// Following a directory: a pure function of the pinned root, what is held, what was fetched, and the time. A number
/// or a sequence never goes down, whatever is fetched and in whatever order.
/// </summary>
public static class Following
{
    /// <summary>Judges a fetched snapshot.</summary>
    /// <param name="state">What is held.</param>
    /// <param name="snapshot">What was fetched.</param>
    /// <param name="between">
    /// For a jump: exact octets of the signed headers after the one held and before this one, in the order of their numbers.
    /// </param>
    /// <param name="own">What this node signed last for each participant that it serves.</param>
    /// <param name="now">The present, UTC.</param>
    public static FollowingOutcome Follow(
        FollowingState state,
        Snapshot snapshot,
        IReadOnlyList<ReadOnlyMemory<byte>> between,
        IReadOnlyList<OwnEntry> own,
        DateTime now
    )
    {
        var (header, refusal) = SnapshotCheck.Check(state.Root, snapshot, now);
        refusal ??= CheckHistory(state, header!, between);
        if (refusal is { } refused)
        {
            return Refused(state, refused);
        }

        var outcomes = new List<EntryOutcome>();
        var next = state with { Number = header!.Value.Number, Header = header.Digest, Expires = header.Value.Expires };
        foreach (var octets in snapshot.Entries)
        {
            (next, var outcome) = EntryStep.Take(next, octets, now);
            outcomes.Add(outcome);
        }

        next = MarkListed(next, outcomes);
        var alerts = FollowingAlerts.Of(next, snapshot, outcomes, own, now);
        return new FollowingOutcome(next, null, outcomes, alerts);
    }

    /// <summary>
    /// The number of a fetched snapshot, where its signatures lead up to the pinned root and its header names its
    /// entries; null otherwise. Only then are the headers between worth fetching.
    /// </summary>
    public static long? NumberOf(FollowingState state, Snapshot snapshot, DateTime now) =>
        SnapshotCheck.Check(state.Root, snapshot, now).Header?.Value.Number;

    /// <summary>
    /// Judges a single entry from another source: the participant's own node, a pushed notice, a file. The highest
    /// valid sequence wins whatever the source; a participant that is not held yet is not taken from here, and whether it
    /// is listed stays the directory's word.
    /// </summary>
    public static FollowingOutcome TakeEntry(FollowingState state, ReadOnlyMemory<byte> octets, DateTime now)
    {
        var (next, outcome) = EntryStep.Take(state, octets, now);
        var taken = state.Entries.GetValueOrDefault(outcome.Code) is { } held
            ? next.With(next.Entries[outcome.Code] with { Listed = held.Listed })
            : state;
        return new FollowingOutcome(taken, null, [outcome], [.. FollowingAlerts.Of(outcome)]);
    }

    private static FollowingOutcome Refused(FollowingState state, FollowingRefusal refusal) =>
        new(
            state,
            refusal,
            [],
            refusal switch
            {
                // A complete chain that does not lead here is another history; an incomplete one says nothing.
                FollowingRefusal.Fork or FollowingRefusal.ChainBroken =>
                [
                    new FollowingAlert(FollowingNotice.DirectoryForked, default),
                ],
                FollowingRefusal.Older => [new FollowingAlert(FollowingNotice.DirectoryWentBack, default)],
                _ => [],
            }
        );

    private static FollowingRefusal? CheckHistory(
        FollowingState state,
        SignedPayload<SnapshotHeader> header,
        IReadOnlyList<ReadOnlyMemory<byte>> between
    )
    {
        var number = header.Value.Number;
        if (state.Header is not { } held)
        {
            return null;
        }

        if (number < state.Number)
        {
            return FollowingRefusal.Older;
        }

        if (number == state.Number)
        {
            return header.Digest == held ? null : FollowingRefusal.Fork;
        }

        if (number == state.Number + 1)
        {
            return header.Value.Previous == held ? null : FollowingRefusal.Fork;
        }

        if (between.Count != number - state.Number - 1)
        {
            return FollowingRefusal.ChainMissing;
        }

        return LeadsTo(held, state.Number, between, header) ? null : FollowingRefusal.ChainBroken;
    }

    /// <summary>The newest header is signed and names the one before; so digests alone carry the chain back.</summary>
    private static bool LeadsTo(
        Digest held,
        long number,
        IReadOnlyList<ReadOnlyMemory<byte>> between,
        SignedPayload<SnapshotHeader> newest
    )
    {
        var last = held;
        foreach (var octets in between)
        {
            number++;
            var reading = DirectoryDocuments.ReadHeader(octets);
            if (!reading.IsGood || reading.Value.Value.Number != number || reading.Value.Value.Previous != last)
            {
                return false;
            }

            last = reading.Value.Digest;
        }

        return newest.Value.Number == number + 1 && newest.Value.Previous == last;
    }

    private static FollowingState MarkListed(FollowingState state, List<EntryOutcome> outcomes)
    {
        var listed = outcomes.Select(outcome => outcome.Code).ToHashSet();
        foreach (var held in state.Entries.Values.ToList())
        {
            if (held.Listed && !listed.Contains(held.Code))
            {
                outcomes.Add(new EntryOutcome(held.Code, EntryResult.NoLongerListed));
            }

            state = state.With(held with { Listed = listed.Contains(held.Code) });
        }

        return state;
    }
}
