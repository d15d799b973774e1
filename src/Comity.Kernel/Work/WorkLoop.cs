using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Comity.Kernel.Work;

/// <summary>Claims due work by lease and hands it to its handlers, a few at a time.</summary>
internal sealed class WorkLoop(
    WriteGate gate,
    IDatabase database,
    IEnumerable<IWorkHandler> handlers,
    Leases leases,
    TimeProvider clock,
    ILogger<WorkLoop> log
) : BackgroundService
{
    private const int AtOnce = 16;
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(30);
    private static readonly Viewer Worker = Viewer.System("work");

    private readonly Dictionary<string, IWorkHandler> _handlers = handlers.ToDictionary(
        h => h.Kind,
        StringComparer.Ordinal
    );

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await TakeUpAsync(stoppingToken);
        _ = leases.KeepAsync(stoppingToken);
        var running = new List<Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            running.RemoveAll(t => t.IsCompleted);
            var bell = WorkSignal.Next;
            var claimed = await TryClaimAsync(AtOnce - running.Count, stoppingToken);
            // Each on a thread of the pool: sealing is arithmetic, and one after the other it would use one core only.
            running.AddRange(
                claimed.Select(item => Task.Run(() => RunAsync(item, stoppingToken), CancellationToken.None))
            );
            if (claimed.Count > 0 && running.Count < AtOnce)
                continue;
            // Woken by new work, or after a pause for what falls due; where all hands are full, by the first that is free.
            if (running.Count < AtOnce)
                await Task.WhenAny(bell, Task.Delay(Pause, stoppingToken));
            else
                await FreeAsync(running, stoppingToken);
        }
        await Task.WhenAll(running);
    }

    // Each claim is a commit: whoever ends in the same moment is replaced by the same one. Whoever takes long holds up nobody.
    private static async Task FreeAsync(List<Task> running, CancellationToken ct)
    {
        await Task.WhenAny(running);
        await Task.WhenAny(Task.WhenAll(running), Task.Delay(Together, ct));
    }

    /// <summary>Where only this process writes, a lease from before its start belongs to nobody any more.</summary>
    private Task TakeUpAsync(CancellationToken ct) =>
        database.OneWriter
            ? gate.WriteAsync(
                Worker,
                (db, token) =>
                    db.Set<WorkItem>()
                        .Where(w => w.LeasedUntil != null)
                        .ExecuteUpdateAsync(s => s.SetProperty(w => w.LeasedUntil, (DateTime?)null), token),
                ct
            )
            : Task.CompletedTask;

    // A full disk or a database that is away for a while must not end the loop, and with it the node.
    private async Task<List<WorkItem>> TryClaimAsync(int most, CancellationToken ct)
    {
        try
        {
            return await ClaimAsync(most, ct);
        }
        catch (Exception fault)
        {
            if (!ct.IsCancellationRequested)
                log.LogError(fault, "Work could not be claimed; it is tried again");
            return [];
        }
    }

    private Task<List<WorkItem>> ClaimAsync(int most, CancellationToken ct) =>
        gate.WriteAsync(
            Worker,
            async (db, token) =>
            {
                var now = clock.Utc();
                var due = await database.Due(db, now, most).ToListAsync(token);
                foreach (var item in due)
                    item.Lease(leases.Until(now, Longest(item)));
                return due;
            },
            ct
        );

    private TimeSpan Longest(WorkItem item) => _handlers.GetValueOrDefault(item.Kind)?.Lease ?? AfterFault;

    private async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        var result = WorkResult.Again(clock.Utc() + AfterFault);
        leases.Hold(item, Longest(item));
        try
        {
            if (_handlers.TryGetValue(item.Kind, out var handler))
                result = await handler.DoAsync(item, ct);
            else
                log.LogError("No handler for work of kind {Kind}", item.Kind);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return; // The lease runs out, and the next start takes it up.
        }
        catch (Exception fault)
        {
            log.LogError(fault, "Work {Kind} {Key} failed at attempt {Attempt}", item.Kind, item.Key, item.Attempts);
        }
        finally
        {
            leases.Release(item);
        }
        try
        {
            // What was done is written down even while the node is being stopped.
            await SettleAsync(item, result, CancellationToken.None);
        }
        catch (Exception fault)
        {
            log.LogError(fault, "Work {Kind} {Key} could not be settled; its lease runs out", item.Kind, item.Key);
        }
    }

    private Task SettleAsync(WorkItem item, WorkResult result, CancellationToken ct) =>
        gate.WriteAsync(
            Worker,
            async (db, token) =>
            {
                var mine = db.Set<WorkItem>().Where(w => w.Id == item.Id && w.Attempts == item.Attempts);
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
}
