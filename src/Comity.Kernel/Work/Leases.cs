using System.Collections.Concurrent;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Comity.Kernel.Work;

/// <summary>
/// How long work is held. Where several processes write, nobody can see whether one of them is dead: so each holds what it
/// does for a short while only, and goes on holding it as long as it lives and the work may take.
/// </summary>
internal sealed class Leases(WriteGate gate, IDatabase database, TimeProvider clock, ILogger<Leases> log)
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly Viewer Holder = Viewer.System("work.lease");

    // By attempt: of one that took too long, the next may be under way here already.
    private readonly ConcurrentDictionary<(Guid Id, int Attempt), DateTime> _held = new();

    /// <summary>Until when a claim that is made now holds.</summary>
    public DateTime Until(DateTime now, TimeSpan longest) =>
        now + (database.OneWriter || longest < Short ? longest : Short);

    /// <summary>Somebody is at it, and may be for so long.</summary>
    public void Hold(WorkItem item, TimeSpan longest) => _held[(item.Id, item.Attempts)] = clock.Utc() + longest;

    public void Release(WorkItem item) => _held.TryRemove((item.Id, item.Attempts), out _);

    /// <summary>Goes on holding what is being done, until it is stopped.</summary>
    public async Task KeepAsync(CancellationToken ct)
    {
        if (database.OneWriter)
            return;
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(ct))
        {
            var now = clock.Utc();
            var held = _held.Where(h => h.Value > now).Select(h => h.Key.Id).ToList();
            if (held.Count > 0)
                await TryRenewAsync(held, now + Short, ct);
        }
    }

    private async Task TryRenewAsync(List<Guid> held, DateTime until, CancellationToken ct)
    {
        try
        {
            await gate.WriteAsync(
                Holder,
                (db, token) =>
                    db.Set<WorkItem>()
                        .Where(w => held.Contains(w.Id) && w.LeasedUntil != null)
                        .ExecuteUpdateAsync(s => s.SetProperty(w => w.LeasedUntil, until), token),
                ct
            );
        }
        catch (Exception fault)
        {
            // The work is then begun twice at worst, which its handlers are made for.
            if (!ct.IsCancellationRequested)
                log.LogError(fault, "Leases could not be renewed; it is tried again");
        }
    }
}
