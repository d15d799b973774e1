using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Microsoft.EntityFrameworkCore;

namespace Comity.Kernel.Work;

/// <summary>
/// After a start, and when the clock was set back: what nobody does any more, and what a clock put off that ran ahead, is
/// taken up again.
/// </summary>
internal sealed class TakingUp(
    WriteGate gate,
    IDatabase database,
    IEnumerable<IWorkHandler> handlers,
    Leases leases,
    TimeProvider clock
)
{
    /// <summary>Clocks are corrected by less than this all the time.</summary>
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(1);
    private static readonly Viewer Worker = Viewer.System("work");

    private bool _begun;
    private DateTime _latest;

    /// <summary>To be called by one loop, before it looks what is due; most times there is nothing to do.</summary>
    public async Task TakeUpAsync(CancellationToken ct)
    {
        var now = clock.Utc();
        if (_begun && now > _latest - Leeway)
        {
            _latest = now > _latest ? now : _latest;
            return;
        }
        await gate.WriteAsync(Worker, (db, token) => TakeUpAsync(db, now, token), ct);
        (_begun, _latest) = (true, now);
    }

    private async Task TakeUpAsync(AppDb db, DateTime now, CancellationToken ct)
    {
        // Where only this process writes, a lease from before its start belongs to nobody any more.
        if (!_begun && database.OneWriter)
            await db.Set<WorkItem>()
                .Where(w => w.LeasedUntil != null)
                .ExecuteUpdateAsync(s => s.SetProperty(w => w.LeasedUntil, (DateTime?)null), ct);
        DateTime? until = now + leases.Length;
        await db.Set<WorkItem>()
            .Where(w => w.LeasedUntil > until)
            .ExecuteUpdateAsync(s => s.SetProperty(w => w.LeasedUntil, until), ct);
        foreach (var handler in handlers)
        {
            var (kind, due) = (handler.Kind, now + handler.LongestPause);
            await db.Set<WorkItem>()
                .Where(w => w.Kind == kind && w.Due > due)
                .ExecuteUpdateAsync(s => s.SetProperty(w => w.Due, now), ct);
        }
    }
}
