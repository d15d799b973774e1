using Comity.Directory.Finding;
using Comity.Protocol.Directories;

namespace Comity.Directory.Following;

/// <summary>
/// Whether a directory lists a participant under another key than the one in use here. That one stays; people are told,
/// because one of the two is wrong.
/// </summary>
internal static class Disputes
{
    public static IEnumerable<FollowingAlert> Between(RollPage known, FollowingState coming, DateTime now) =>
        from held in coming.Entries.Values
        where held.Listed
        let there = known.Find(held.Code)
        where there is { Home: false } && there.Entry.Fingerprint != held.Current.Fingerprint
        where !IsFollowedBy(there.Entry, held.Current, now) && !IsFollowedBy(held.Current, there.Entry, now)
        select new FollowingAlert(FollowingNotice.ParticipantKeyDisputed, held.Code);

    private static bool IsFollowedBy(CheckedEntry old, CheckedEntry next, DateTime now) =>
        next.Succeeds(old, old.Participant, now);
}
