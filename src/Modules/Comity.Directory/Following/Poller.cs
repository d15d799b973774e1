using Comity.Directory.Data;
using Comity.Directory.Finding;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Following;

/// <summary>
/// Follows a directory one step: fetch, judge, and store in one write what was accepted, or what alarm was found. The
/// protocol judges; nothing is stored that it refused.
/// </summary>
internal sealed class Poller(
    AppDbFactory databases,
    WriteGate gate,
    SnapshotFetch fetch,
    EntryStore entries,
    Roll roll,
    TimeProvider clock
)
{
    private static readonly Viewer Follower = Viewer.System("directory.poll");

    /// <summary>Null where the directory is not followed any more.</summary>
    public async Task<JudgedSnapshot?> PollAsync(Guid id, CancellationToken ct)
    {
        await using var db = databases.Open(Follower);
        var followed = await db.Set<FollowedDirectory>().AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, ct);
        if (followed is null)
            return null;
        var state = await FollowedStates.LoadAsync(db, followed, ct);
        var judged = await fetch.FetchAsync(new Uri(followed.Url), state, await OwnVersions.LoadAsync(db, ct), ct);
        await TryStoreAsync(followed, followed, judged, ct);
        return judged;
    }

    /// <param name="followed">The directory.</param>
    /// <param name="seen">As it was when the state was loaded; null where it is new.</param>
    /// <param name="judged">What was fetched.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>False where another instance was faster: what it stored is at least as new.</returns>
    public async Task<bool> TryStoreAsync(
        FollowedDirectory followed,
        FollowedDirectory? seen,
        JudgedSnapshot judged,
        CancellationToken ct
    )
    {
        var usable = new NewlyUsable([], []);
        if (judged.Outcome is { IsAccepted: true } accepted)
        {
            usable = await entries.CompareAsync(InUse(accepted.State), ct);
            var disputes = Disputes.Between(await roll.ReadAsync(ct), accepted.State, clock.Utc());
            var alerts = await WithoutBehindAsync(accepted, ct);
            judged = judged with { Outcome = accepted with { Alerts = [.. alerts, .. disputes] } };
        }
        return await gate.WriteAsync(
            Follower,
            async (db, token) =>
            {
                var row = await db.Set<FollowedDirectory>().SingleOrDefaultAsync(f => f.Root == followed.Root, token);
                if (row?.Version != seen?.Version)
                    return false;
                if (row is null)
                    db.Add(row = followed);
                await StoreAsync(db, row, judged, usable, token);
                return true;
            },
            ct
        );
    }

    private async Task StoreAsync(
        AppDb db,
        FollowedDirectory followed,
        JudgedSnapshot judged,
        NewlyUsable usable,
        CancellationToken ct
    )
    {
        var now = clock.Utc();
        if (judged is { Outcome: { IsAccepted: true } outcome, Header: { } header, Snapshot: { } snapshot })
        {
            var held = outcome.State.Entries.Values.SelectMany(h => new[] { h.Current, h.Pending, h.Revocation });
            await entries.KeepNewAsync(db, [.. held.OfType<CheckedEntry>()], $"directory:{followed.Code}", ct);
            if (await FollowedStates.SaveAsync(db, followed, judged.Before, outcome.State, ct))
                await RollStamp.TouchAsync(db, clock, ct);
            followed.Accepted(header.Value.Number, header.Digest, header.Value.Expires, now);
            if (!await db.Set<SnapshotRecord>().AnyAsync(s => s.HeaderDigest == header.Digest, ct))
                db.Add(Record(header, snapshot, now));
            await usable.TellAsync(db, ct);
        }
        else
        {
            followed.Failed(judged.Problem!, now);
        }
        if (judged.Outcome is { } judgement)
            await Alerts.SettleAsync(db, followed.Code, judgement, clock, ct);
    }

    /// <summary>A directory that is behind what the participant's own node told us just now is not warned of: it collects it soon.</summary>
    private async Task<IEnumerable<FollowingAlert>> WithoutBehindAsync(FollowingOutcome outcome, CancellationToken ct)
    {
        var since = clock.Utc() - OwnVersions.UntilCollected;
        var behind = outcome.Alerts.Where(a => a.Notice == FollowingNotice.EntryOlder).Select(a => a.Code).ToList();
        if (behind.Count == 0)
            return outcome.Alerts;
        var held = behind.Select(code => outcome.State.Entries[code].Current.Source.Digest).ToList();
        await using var db = databases.Open(Follower);
        var told = await db.Set<EntryVersion>()
            .Where(v => held.Contains(v.Digest) && v.Source == EntryVersion.FromNode && v.FirstSeen > since)
            .Select(v => v.Participant)
            .ToListAsync(ct);
        return outcome.Alerts.Where(a => a.Notice != FollowingNotice.EntryOlder || !told.Contains(a.Code));
    }

    private SnapshotRecord Record(
        Protocol.Signing.SignedPayload<SnapshotHeader> header,
        Snapshot snapshot,
        DateTime now
    ) =>
        new(
            Ids.New(clock),
            header,
            snapshot.Root,
            snapshot.Delegation,
            snapshot.Entries.Select(e => Digest.Of(e.Span)),
            now
        );

    private static IEnumerable<CheckedEntry> InUse(FollowingState state) =>
        state.Entries.Values.Where(h => h.Listed).Select(h => h.Current);
}
