using Comity.Directory;
using Comity.Exchange.Data;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.OpenPgp;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Sealing;

/// <summary>
/// Whether what was sealed before would be sealed the same today: to the same key, for the same node. A key that was
/// revoked in between may be in a thief's hands, and an envelope that only waits need not be given to them.
/// </summary>
internal sealed class SealedToday(AppDbFactory databases, DirectoryQueries directory, TimeProvider clock)
{
    private static readonly Viewer Sealer = Viewer.System("exchange.seal");

    public async Task<bool> HoldsAsync(Guid deliveryId, Uri node, CancellationToken ct)
    {
        await using var db = databases.Open(Sealer);
        var delivery = await db.Set<Delivery>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == deliveryId, ct);
        // A notice or a receipt is sealed to nobody.
        if (delivery?.SealedTo is not { } key)
            return true;
        return await directory.OfficeAsync(delivery.Office, ct) is { Certificate: { } octets } card
            && card.NodeUrl == node
            && Certificate.Read(octets).Certificate?.UsableKeyFor(KeyUse.Encrypt, clock.Utc()) == key;
    }
}
