using System.Diagnostics;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Comity.Kernel.Work;

/// <summary>
/// Who is at which work. It is claimed for half a minute, and that is renewed as long as somebody is at it: so what an
/// instance leaves behind when it is killed is taken up within half a minute, and what takes longer is not begun by a second
/// one. Whoever has lost a lease is told to stop, and settles nothing any more.
/// </summary>
internal sealed class Leases(WriteGate gate, IDatabase database, TimeProvider clock, ILogger<Leases> log)
{
    private static readonly Viewer Worker = Viewer.System("work");

    /// <summary>How long it is somebody's who says nothing more; it is renewed three times in that.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(30);

    public Task<List<WorkItem>> ClaimAsync(int most, CancellationToken ct) =>
        gate.WriteAsync(
            Worker,
            async (db, token) =>
            {
                var now = clock.Utc();
                var due = await database.Due(db, now, most).AsNoTracking().ToListAsync(token);
                if (due.Count == 0)
                    return due;
                var (ids, until) = (due.ConvertAll(w => w.Id), now + Length);
                await db.Set<WorkItem>()
                    .Where(w => ids.Contains(w.Id))
                    .ExecuteUpdateAsync(
                        s => s.SetProperty(w => w.LeasedUntil, until).SetProperty(w => w.Attempts, w => w.Attempts + 1),
                        token
                    );
                due.ForEach(w => w.Lease(until));
                return due;
            },
            ct
        );

    /// <summary>Keeps the lease until the work has ended; where it is lost, whoever holds the item is told to stop.</summary>
    public async Task KeepAsync(WorkItem item, Task work, CancellationTokenSource hold)
    {
        var renewed = Stopwatch.GetTimestamp();
        while (!await EndsAsync(work, hold.Token))
        {
            var began = Stopwatch.GetTimestamp();
            var kept = await TryRenewAsync(item);
            if (kept == true)
                renewed = began;
            // As long as the lease lasts, a database that does not answer takes nothing away.
            if (kept == true || (kept is null && Stopwatch.GetElapsedTime(renewed) < Length))
                continue;
            log.LogWarning("Work {Kind} {Key}: its lease is lost, somebody else may be at it", item.Kind, item.Key);
            await hold.CancelAsync();
        }
    }

    /// <summary>Writes down how an attempt ended; nothing where somebody else has the item by now.</summary>
    public Task SettleAsync(WorkItem item, WorkResult result, CancellationToken ct) =>
        gate.WriteAsync(
            Worker,
            async (db, token) =>
            {
                var mine = item.In(db);
                var next = result.NextDue;
                if (next is null && await mine.Where(w => w.Wanted == null).ExecuteDeleteAsync(token) > 0)
                    return;
                var latest = next ?? DateTime.MaxValue;
                await mine.ExecuteUpdateAsync(
                    s =>
                        s.SetProperty(w => w.Due, w => w.Wanted != null && w.Wanted < latest ? w.Wanted.Value : latest)
                            .SetProperty(w => w.LeasedUntil, (DateTime?)null)
                            .SetProperty(w => w.Wanted, (DateTime?)null),
                    token
                );
            },
            ct
        );

    /// <summary>Waits until the lease is to be renewed; where whoever holds the item was told to stop, until they have.</summary>
    private async Task<bool> EndsAsync(Task work, CancellationToken told)
    {
        const ConfigureAwaitOptions Quietly = ConfigureAwaitOptions.SuppressThrowing;
        await work.WaitAsync(Length / 3, told).ConfigureAwait(Quietly);
        if (told.IsCancellationRequested)
            await work.ConfigureAwait(Quietly);
        return work.IsCompleted;
    }

    /// <summary>Null where the database did not answer.</summary>
    private async Task<bool?> TryRenewAsync(WorkItem item)
    {
        try
        {
            return await gate.WriteAsync(
                Worker,
                async (db, token) =>
                {
                    var until = clock.Utc() + Length;
                    return await item.In(db).ExecuteUpdateAsync(s => s.SetProperty(w => w.LeasedUntil, until), token)
                        > 0;
                },
                CancellationToken.None
            );
        }
        catch (Exception fault)
        {
            log.LogError(fault, "The lease of work {Kind} {Key} could not be renewed", item.Kind, item.Key);
            return null;
        }
    }
}
