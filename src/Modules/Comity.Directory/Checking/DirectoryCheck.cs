using Comity.Directory.Data;
using Comity.Directory.Finding;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Checking;

/// <summary>Whether this node is set up, follows its directories, and publishes its own.</summary>
internal sealed class DirectoryCheck(TimeProvider clock) : ICheck
{
    /// <summary>Sealing asks for a poll of the last day; that is where a warning becomes a fault.</summary>
    private static readonly TimeSpan LongestWithoutPoll = TimeSpan.FromHours(24);

    public async Task<IReadOnlyList<CheckLine>> LookAsync(AppDb db, CancellationToken ct)
    {
        var now = clock.Utc();
        var lines = new List<CheckLine> { await OwnAsync(db, now, ct) };
        var managed = await db.Set<ManagedDirectory>().AsNoTracking().FirstOrDefaultAsync(ct);
        var followed = await db.Set<FollowedDirectory>().AsNoTracking().OrderBy(f => f.Since).ToListAsync(ct);
        lines.AddRange(followed.Select(f => Poll(f, now)));
        if (followed.Count == 0 && managed is null)
            lines.Add(
                new(
                    "directory.followed",
                    CheckState.Fail,
                    "This node follows no directory.",
                    "comity directory follow URL --root FINGERPRINT"
                )
            );
        if (managed is not null)
            lines.Add(Managed(managed, now));
        var alerts = await db.Set<DirectoryAlert>().AsNoTracking().Where(a => a.Ended == null).ToListAsync(ct);
        lines.AddRange(
            alerts.Select(a => new CheckLine(
                "directory.alert",
                a.IsAlarm ? CheckState.Fail : CheckState.Warn,
                AlertSentences.English(a),
                a.IsAlarm ? "Ask the directory manager and the participant over another channel." : null
            ))
        );
        return lines;
    }

    private static async Task<CheckLine> OwnAsync(AppDb db, DateTime now, CancellationToken ct)
    {
        const string Name = "directory.own-entry";
        var homes = await db.Set<HomeParticipant>().AsNoTracking().ToListAsync(ct);
        if (homes.Count == 0)
            return new(Name, CheckState.Fail, "This node is not set up.", "comity init");
        var ended = homes.Where(h => h.ValidUntil <= now).ToList();
        return ended.Count > 0
            ? new(
                Name,
                CheckState.Fail,
                $"The entry of {string.Join(", ", ended.Select(h => h.Code))} is past its validity.",
                "Make a new entry key with the participant key."
            )
            : new(Name, CheckState.Ok, "The node's own entry is signed and valid.");
    }

    private static CheckLine Poll(FollowedDirectory followed, DateTime now)
    {
        const string Name = "directory.poll";
        if (followed.Problem is null)
            return new(Name, CheckState.Ok, $"Directory {followed.Code} was followed at {followed.LastGoodPoll:u}.");
        var state = now - followed.LastGoodPoll > LongestWithoutPoll ? CheckState.Fail : CheckState.Warn;
        return new(
            Name,
            state,
            $"Directory {followed.Code} could not be followed: {followed.Problem}. It was last good at {followed.LastGoodPoll:u}.",
            "Look whether its node can be reached from here; if it can, ask its manager."
        );
    }

    private static CheckLine Managed(ManagedDirectory managed, DateTime now)
    {
        const string Name = "directory.published";
        if (managed.DelegatedUntil <= now)
            return new(
                Name,
                CheckState.Fail,
                "The delegation of the directory key is over.",
                "Let the holders of the root keys delegate a new one."
            );
        if (managed.Expires is null || managed.Expires <= now)
            return new(Name, CheckState.Fail, "The published snapshot is past its time.", "comity directory publish");
        return new(
            Name,
            CheckState.Ok,
            FormattableString.Invariant($"Snapshot {managed.Number} is published and fresh until {managed.Expires:u}.")
        );
    }
}
