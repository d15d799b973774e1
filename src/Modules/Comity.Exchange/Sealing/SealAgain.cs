using Comity.Directory;
using Comity.Exchange.Data;
using Comity.Exchange.Sending;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Work;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Sealing;

/// <summary>An office has a usable key again, theirs or ours: what waited for it is sealed now.</summary>
internal sealed class SealAgain(TimeProvider clock) : IDirectoryListener
{
    public Task KeyBecameUsableAsync(AppDb db, OfficeName office, CancellationToken ct) =>
        WakeAsync(db, Waiting(db).Where(d => d.Office == office), ct);

    public Task OwnKeyCameIntoUseAsync(AppDb db, OfficeName office, CancellationToken ct) =>
        WakeAsync(
            db,
            Waiting(db)
                .Where(d => d.Cause == SealingFacts.OwnKey)
                .Where(d => db.Set<Conversation>().Any(c => c.Id == d.ConversationRow && c.Home == office)),
            ct
        );

    private static IQueryable<Delivery> Waiting(AppDb db) =>
        db.Set<Delivery>().AsNoTracking().Where(d => d.SealedAt == null && d.Cause != null);

    private async Task WakeAsync(AppDb db, IQueryable<Delivery> waiting, CancellationToken ct)
    {
        foreach (var id in await waiting.Select(d => d.Id).ToListAsync(ct))
            await db.EnqueueAsync(Acceptance.SealWork, id.ToString(), clock.Utc(), clock, ct);
    }
}
