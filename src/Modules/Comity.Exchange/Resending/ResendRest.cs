using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Work;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Resending;

/// <summary>
/// The rest between two times that one participant is sent again. A piece of work that only waits for its time stands for
/// it, so that every instance knows of the last time, and the next start too.
/// </summary>
internal sealed class ResendRest(TimeProvider clock) : IWorkHandler
{
    public const string WorkKind = "exchange.resend-rest";

    /// <summary>One participant is sent again only so often.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(10);

    public string Kind => WorkKind;

    public Task<WorkResult> DoAsync(WorkItem item, CancellationToken ct) => Task.FromResult(WorkResult.Done);

    /// <summary>Inside a write: begins one; where one lasts, how much longer.</summary>
    public async Task<TimeSpan?> TryBeginAsync(AppDb db, ParticipantCode by, ParticipantCode of, CancellationToken ct)
    {
        var (key, now) = ($"{by} {of}", clock.Utc());
        var until = now + Between;
        if (await db.TryEnqueueAsync(WorkKind, key, until, clock, ct))
            return null;
        var rest = db.Set<WorkItem>().Where(w => w.Kind == WorkKind && w.Key == key);
        if (await rest.Where(w => w.Due <= now).ExecuteUpdateAsync(s => s.SetProperty(w => w.Due, until), ct) > 0)
            return null;
        return await rest.Select(w => (DateTime?)w.Due).SingleOrDefaultAsync(ct) - now ?? Between;
    }
}
