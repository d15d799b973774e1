using Comity.Directory;
using Comity.Exchange.Data;
using Comity.Exchange.Sending;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Work;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Sealing;

/// <summary>An office has a usable key again: what waited for it is sealed now.</summary>
internal sealed class SealAgain(TimeProvider clock) : IDirectoryListener
{
    public async Task KeyBecameUsableAsync(AppDb db, OfficeName office, CancellationToken ct)
    {
        var waiting = await db.Set<Delivery>()
            .AsNoTracking()
            .Where(d => d.Office == office && d.SealedAt == null && d.Cause != null)
            .Select(d => d.Id)
            .ToListAsync(ct);
        foreach (var id in waiting)
            await db.EnqueueAsync(Acceptance.SealWork, id.ToString(), clock.Utc(), clock, ct);
    }
}
