using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Comity.Kernel.Work;

/// <summary>Claims due work by lease and hands it to its handlers, a few at a time.</summary>
internal sealed class WorkLoop(
    Leases leases,
    TakingUp takingUp,
    IEnumerable<IWorkHandler> handlers,
    TimeProvider clock,
    ILogger<WorkLoop> log
) : BackgroundService
{
    private const int AtOnce = 16;
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, IWorkHandler> _handlers = handlers.ToDictionary(
        h => h.Kind,
        StringComparer.Ordinal
    );

    private int _faults;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new List<Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            running.RemoveAll(t => t.IsCompleted);
            var bell = WorkSignal.Next;
            var claimed = await TryClaimAsync(AtOnce - running.Count, stoppingToken);
            running.AddRange(claimed.Select(item => RunAsync(item, stoppingToken)));
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

    // A full disk or a database that is away for a while must not end the loop, and with it the node.
    private async Task<List<WorkItem>> TryClaimAsync(int most, CancellationToken ct)
    {
        try
        {
            await takingUp.TakeUpAsync(ct);
            var claimed = await leases.ClaimAsync(most, ct);
            if (_faults > 0)
                log.LogInformation("Work is claimed again, after {Faults} attempts that failed", _faults);
            _faults = 0;
            return claimed;
        }
        catch (Exception fault)
        {
            // Said once: a log that repeats itself every second would fill what room is left.
            if (!ct.IsCancellationRequested && _faults++ == 0)
                log.LogError(fault, "Work could not be claimed; it is tried again every second");
            return [];
        }
    }

    private async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        using var hold = CancellationTokenSource.CreateLinkedTokenSource(ct);
        // Each on a thread of the pool: sealing is arithmetic, and one after the other it would use one core only.
        var work = Task.Run(() => DoAsync(item, hold.Token), CancellationToken.None);
        await leases.KeepAsync(item, work, hold);
        var result = await work;
        if (!result.IsWritten)
            await SettleAsync(item, result, ct);
    }

    private async Task<WorkResult> DoAsync(WorkItem item, CancellationToken ct)
    {
        try
        {
            if (_handlers.TryGetValue(item.Kind, out var handler))
                return await handler.DoAsync(item, ct);
            log.LogError("No handler for work of kind {Kind}", item.Kind);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The node is being stopped: another instance goes on at once, or the next start. Or the lease was lost, and
            // then this settles nothing.
            return WorkResult.Again(clock.Utc());
        }
        catch (Exception fault)
        {
            log.LogError(fault, "Work {Kind} {Key} failed at attempt {Attempt}", item.Kind, item.Key, item.Attempts);
        }
        return WorkResult.Again(clock.Utc() + AfterFault);
    }

    // What was done is written down even while the node is being stopped, and where there is no room now, when there is.
    private async Task SettleAsync(WorkItem item, WorkResult result, CancellationToken ct)
    {
        var until = clock.Utc() + leases.Length;
        for (var faults = 0; ; faults++)
        {
            try
            {
                await leases.SettleAsync(item, result, CancellationToken.None);
                return;
            }
            catch (Exception fault)
            {
                if (faults == 0)
                    log.LogError(fault, "Work {Kind} {Key} could not be settled", item.Kind, item.Key);
                // Then whoever comes takes it up.
                if (ct.IsCancellationRequested || clock.Utc() >= until)
                    return;
            }
            await Task.WhenAny(Task.Delay(Pause, ct));
        }
    }
}
