using Comity.Directory.Data;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Following;

/// <summary>Keeps what people must see about a followed directory: begins what is new, ends warnings that are no longer found.</summary>
internal static class Alerts
{
    public static async Task SettleAsync(
        AppDb db,
        ParticipantCode directory,
        FollowingOutcome outcome,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var now = clock.Utc();
        var open = await db.Set<DirectoryAlert>()
            .Where(a => a.Directory == directory && a.Ended == null)
            .ToListAsync(ct);
        // A refused snapshot says nothing about entries: what stood before stands until the next accepted one.
        if (outcome.IsAccepted)
            foreach (var gone in open.Where(a => !outcome.Alerts.Any(a.Says) && EndsByItself(a, outcome)))
                gone.End(now);
        foreach (var alert in outcome.Alerts.Distinct().Where(alert => !open.Any(a => a.Says(alert))))
            db.Add(new DirectoryAlert(Ids.New(clock), directory, alert, now));
    }

    /// <summary>Begins one, where the same does not stand already.</summary>
    public static async Task BeginAsync(
        AppDb db,
        ParticipantCode directory,
        FollowingAlert alert,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var open = await db.Set<DirectoryAlert>()
            .Where(a => a.Directory == directory && a.Ended == null)
            .ToListAsync(ct);
        if (!open.Exists(a => a.Says(alert)))
            db.Add(new DirectoryAlert(Ids.New(clock), directory, alert, clock.Utc()));
    }

    /// <summary>
    /// A warning does. An alarm stands until a person puts it aside: whoever showed two histories, or another entry, once,
    /// would otherwise only have to show the right one again. Whom the directory lists for the first time was never dropped.
    /// </summary>
    private static bool EndsByItself(DirectoryAlert alert, FollowingOutcome outcome) =>
        !alert.IsAlarm
        || (
            alert.Notice == FollowingNotice.OwnEntryMissing
            && outcome.Entries.Any(e => e.Code.Value == alert.Participant && e.Result == EntryResult.New)
        );
}
