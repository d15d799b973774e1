namespace Comity.Protocol.Directories;

/// <summary>What people must see of a snapshot that was accepted, and of an entry.</summary>
internal static class FollowingAlerts
{
    public static List<FollowingAlert> Of(
        FollowingState state,
        Snapshot snapshot,
        List<EntryOutcome> outcomes,
        IReadOnlyList<OwnEntry> own,
        DateTime now
    )
    {
        var alerts = new List<FollowingAlert>();
        if (now >= state.Expires)
        {
            alerts.Add(new FollowingAlert(FollowingNotice.SnapshotExpired, default));
        }

        var served = snapshot.Entries.Select(octets => Digest.Of(octets.Span)).ToHashSet();
        var listed = outcomes.Where(outcome => outcome.Result != EntryResult.NoLongerListed).ToList();
        foreach (var mine in own.Where(mine => !served.Contains(mine.Entry)))
        {
            var there = listed.Any(outcome => outcome.Code == mine.Code);
            alerts.Add(new(there ? FollowingNotice.OwnEntryDiffers : FollowingNotice.OwnEntryMissing, mine.Code));
        }

        alerts.AddRange(outcomes.SelectMany(Of));
        alerts.AddRange(
            state
                .Entries.Values.Where(held => held.Listed && held.Current.Source.Value.ValidUntil <= now)
                .Select(held => new FollowingAlert(FollowingNotice.EntryExpired, held.Code))
        );
        return alerts;
    }

    public static IEnumerable<FollowingAlert> Of(EntryOutcome outcome)
    {
        FollowingNotice? notice = outcome.Result switch
        {
            EntryResult.KeyChangeHeld => FollowingNotice.ParticipantKeyChanged,
            EntryResult.Revoked => FollowingNotice.ParticipantKeyRevoked,
            EntryResult.SignedByRevokedKey or EntryResult.GoesBack => FollowingNotice.EntryWentBack,
            EntryResult.SameSequenceOtherOctets => FollowingNotice.EntryForked,
            EntryResult.Invalid => FollowingNotice.EntryInvalid,
            EntryResult.Older => FollowingNotice.EntryOlder,
            _ => null,
        };
        return notice is { } found ? [new FollowingAlert(found, outcome.Code)] : [];
    }
}
