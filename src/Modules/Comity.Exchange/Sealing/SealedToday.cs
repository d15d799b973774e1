using Comity.Directory;
using Comity.Exchange.Data;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Keys;
using Comity.Kernel.Viewing;
using Comity.OpenPgp;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Sealing;

/// <summary>
/// Whether what was sealed before would be sealed the same today: to the same key, by the same key of ours, for the same
/// node, at a time that is not still to come. A key that was revoked in between may be in a thief's hands, and an envelope
/// that only waits need not be given to them; whoever has our newer entry refuses what a former key of ours signed; and one
/// that was signed while our clock ran ahead would be refused until that time has come.
/// </summary>
internal sealed class SealedToday(AppDbFactory databases, DirectoryQueries directory, TimeProvider clock)
{
    /// <summary>How far the clocks of two nodes may be apart.</summary>
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(10);

    private static readonly Viewer Sealer = Viewer.System("exchange.seal");

    public async Task<bool> HoldsAsync(Guid deliveryId, Uri node, CancellationToken ct)
    {
        await using var db = databases.Open(Sealer);
        var delivery = await db.Set<Delivery>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == deliveryId, ct);
        // A notice or a receipt is sealed to nobody.
        if (delivery?.SealedTo is not { } key)
            return true;
        if (delivery.SealedAt > clock.Utc() + Leeway && await IsOlderAsync(db, delivery, ct))
            return false;
        return await directory.OfficeAsync(delivery.Office, ct) is { Certificate: { } octets } card
            && card.NodeUrl == node
            && Certificate.Read(octets).Certificate?.UsableKeyFor(KeyUse.Encrypt, clock.Utc()) == key
            && await IsStillOursAsync(db, delivery, ct);
    }

    // A message that is itself from the future waits there until its time, however it is signed.
    private static Task<bool> IsOlderAsync(AppDb db, Delivery delivery, CancellationToken ct)
    {
        var before = delivery.SealedAt - Leeway;
        return db.Set<StoredMessage>().AnyAsync(m => m.Id == delivery.MessageRow && m.Created < before, ct);
    }

    /// <summary>
    /// Where another key of ours signs now, it is sealed anew. Where none does, it goes as it is: what was signed before a
    /// key ended stays signed, unless somebody else may hold that key.
    /// </summary>
    private async Task<bool> IsStillOursAsync(AppDb db, Delivery delivery, CancellationToken ct)
    {
        // Sealed before this was kept.
        if (delivery.SignedBy is not { } signer)
            return true;
        var (now, home) = (clock.Utc(), await HomeAsync(db, delivery, ct));
        var current = await KeyStore.CurrentAsync(db, KeyPurpose.Office, home.Value, ct);
        if (Read(current)?.UsableKeyFor(KeyUse.Sign, now) is { } today)
            return today == signer;
        var held = await db.Set<HeldKey>()
            .AsNoTracking()
            .Where(k => k.Purpose == KeyPurpose.Office && k.Subject == home.Value)
            .ToListAsync(ct);
        return !held.Select(Read)
            .Any(c =>
                c?.KeysFor(KeyUse.Sign).Contains(signer) == true
                && c.Standing(KeyUse.Sign, now) == KeyStanding.RevokedCompromised
            );
    }

    private static Task<OfficeName> HomeAsync(AppDb db, Delivery delivery, CancellationToken ct) =>
        db.Set<Conversation>()
            .AsNoTracking()
            .Where(c => c.Id == delivery.ConversationRow)
            .Select(c => c.Home)
            .SingleAsync(ct);

    private static Certificate? Read(HeldKey? held) => held is null ? null : Certificate.Read(held.Public).Certificate;
}
