using Comity.Directory;
using Comity.Exchange.Data;
using Comity.Exchange.Receipts;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Alarming;

/// <summary>An office of ours has a key again: that others wait for one is done with, and leaves the desk.</summary>
internal sealed class KeyCame(TimeProvider clock) : IDirectoryListener
{
    public Task KeyBecameUsableAsync(AppDb db, OfficeName office, CancellationToken ct) => SettleAsync(db, office, ct);

    public Task OwnKeyCameIntoUseAsync(AppDb db, OfficeName office, CancellationToken ct) =>
        SettleAsync(db, office, ct);

    private async Task SettleAsync(AppDb db, OfficeName office, CancellationToken ct)
    {
        var open = await db.Set<Alarm>()
            .Where(a => a.Home == office && a.Code == Notices.WaitingForKey && a.Settled == null)
            .ToListAsync(ct);
        open.ForEach(a => a.Settle(clock.Utc()));
    }
}
