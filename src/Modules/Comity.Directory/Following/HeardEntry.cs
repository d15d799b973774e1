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
/// Takes in what a participant's own node says of it, beside what the followed directories say: by the same rules, and
/// only for a participant that is held from one of them.
/// </summary>
internal sealed class HeardEntry(AppDbFactory databases, WriteGate gate, EntryStore entries, TimeProvider clock)
{
    private static readonly Viewer Follower = Viewer.System("directory.look");

    /// <summary>
    /// What counts also where no directory shows it yet. A participant key that the one in use did not name is for the
    /// directory to show and for people to compare; here it is left alone.
    /// </summary>
    private static readonly EntryResult[] Counting =
    [
        EntryResult.Updated,
        EntryResult.KeyChanged,
        EntryResult.Revoked,
        EntryResult.GoesBack,
        EntryResult.SignedByRevokedKey,
        EntryResult.SameSequenceOtherOctets,
    ];

    /// <summary>False where a poll came in between: what is held now is to be judged anew.</summary>
    public async Task<bool> TakeAsync(ParticipantCode participant, ReadOnlyMemory<byte> octets, CancellationToken ct)
    {
        await using var db = databases.Open(Follower);
        var holding = await db.Set<FollowedDirectory>()
            .AsNoTracking()
            .Where(f => db.Set<FollowedEntry>().Any(e => e.FollowedId == f.Id && e.Participant == participant))
            .ToListAsync(ct);
        var done = true;
        foreach (var followed in holding)
        {
            var before = await FollowedStates.LoadAsync(db, followed, ct, only: participant);
            var outcome = Protocol.Directories.Following.TakeEntry(before, octets, clock.Utc());
            // A node speaks for whom it was asked.
            if (outcome.Entries[0] is var entry && entry.Code == participant && Counting.Contains(entry.Result))
                done &= await StoreAsync(followed, before, outcome, ct);
        }
        return done;
    }

    private async Task<bool> StoreAsync(
        FollowedDirectory followed,
        FollowingState before,
        FollowingOutcome outcome,
        CancellationToken ct
    )
    {
        var held = outcome.State.Entries.Values.ToList();
        var usable = await entries.CompareAsync(held.Where(h => h.Listed).Select(h => h.Current), ct);
        return await gate.WriteAsync(
            Follower,
            async (db, token) =>
            {
                if (!await FollowedStates.StandsAsync(db, followed, before, token))
                    return false;
                var all = held.SelectMany(h => new[] { h.Current, h.Pending, h.Revocation }).OfType<CheckedEntry>();
                await entries.KeepNewAsync(db, [.. all], EntryVersion.FromNode, token);
                if (await FollowedStates.SaveAsync(db, followed, before, outcome.State, token))
                    await RollStamp.TouchAsync(db, clock, token);
                foreach (var alert in outcome.Alerts)
                    await Alerts.BeginAsync(db, followed.Code, alert, clock, token);
                await usable.TellAsync(db, token);
                return true;
            },
            ct
        );
    }
}
