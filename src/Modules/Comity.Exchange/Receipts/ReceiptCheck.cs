using System.Linq.Expressions;
using Comity.Directory;
using Comity.Exchange.Data;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Protocol;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Receipts;

/// <summary>
/// Whether octets are the receipt for one of our deliveries: signed by a node key that the recipient's entry granted
/// for that time, by the right office, with our digests.
/// </summary>
internal sealed class ReceiptCheck(AppDbFactory databases, DirectoryQueries directory, TimeProvider clock)
{
    /// <summary>How far the clocks of two nodes may be apart.</summary>
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(10);

    private static readonly Kernel.Viewing.Viewer Checker = Kernel.Viewing.Viewer.System("exchange.receipt");

    /// <summary>The receipt; null where it is none for this delivery. Not inside a write.</summary>
    public async Task<SignedReceipt?> CheckAsync(Guid deliveryId, ReadOnlyMemory<byte> octets, CancellationToken ct)
    {
        var reading = SignedDocuments.ReadReceipt(octets);
        if (!reading.IsGood)
            return null;
        await using var db = databases.Open(Checker);
        var delivery = await db.Set<Delivery>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == deliveryId, ct);
        if (delivery is null || !await AgreesAsync(db, delivery, reading.Value.Value, ct))
            return null;
        return await SignedByAsync(reading.Value, ct) is { } key
            ? new SignedReceipt(reading.Value.Value, octets, key.Id)
            : null;
    }

    /// <summary>The delivery that a receipt speaks of; null where there is none of ours.</summary>
    public async Task<Guid?> DeliveryOfAsync(Receipt receipt, CancellationToken ct)
    {
        await using var db = databases.Open(Checker);
        var found = await db.Set<Delivery>()
            .AsNoTracking()
            .Where(d => d.Office == receipt.Office)
            .Where(Sent(db, receipt.EnvelopeDigest))
            .Select(d => d.Id)
            .ToListAsync(ct);
        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>
    /// Whether an error speaks of something that the office named as its recipient sent to the office that gives it; or
    /// of nothing that was sent, because something waits there for our key.
    /// </summary>
    public async Task<bool> ConcernsUsAsync(ErrorNotice says, CancellationToken ct)
    {
        if (says.Message is null && says.EnvelopeDigest is null)
            return says.Code == Notices.WaitingForKey;
        await using var db = databases.Open(Checker);
        var sent = db.Set<StoredMessage>().AsNoTracking().Where(m => m.Sent && m.From == says.To);
        if (says.Message is { } id)
            sent = sent.Where(m => m.MessageId == id);
        var deliveries = db.Set<Delivery>().Where(d => d.Office == says.Office);
        // Of an envelope that could not be opened they know the digest only.
        if (says.Message is null && says.EnvelopeDigest is { } envelope)
            deliveries = deliveries.Where(Sent(db, envelope));
        return await sent.AnyAsync(m => deliveries.Any(d => d.MessageRow == m.Id), ct);
    }

    private async Task<bool> AgreesAsync(AppDb db, Delivery delivery, Receipt says, CancellationToken ct)
    {
        if (says.Office != delivery.Office)
            return false;
        var message = await db.Set<StoredMessage>().AsNoTracking().SingleAsync(m => m.Id == delivery.MessageRow, ct);
        var at = await SealedAtAsync(db, delivery, says.EnvelopeDigest, ct);
        // Of what we lost and were given back, the receipt names an envelope that we do not know any more.
        if (at is null && delivery.Recovered && says.Level == ReceiptLevel.Opened)
            at = message.Created;
        if (at is null)
            return false;
        // The time in a receipt chooses the node key that is asked; so it is not the signer's alone to choose.
        if (says.At < at - Leeway || says.At > clock.Utc() + Leeway)
            return false;
        if (says.Level == ReceiptLevel.Stored)
            return true;
        var whole = await db.Set<Conversation>().AsNoTracking().SingleAsync(c => c.Id == message.ConversationRow, ct);
        return says.Message == message.MessageId
            && says.MessageDigest == message.Digest
            && says.From == whole.Home
            && says.Exercise == whole.Exercise;
    }

    // An envelope that was taken back may have arrived before.
    private static Expression<Func<Delivery, bool>> Sent(AppDb db, Digest envelope) =>
        d =>
            d.EnvelopeDigest == envelope
            || db.Set<FormerEnvelope>().Any(f => f.DeliveryId == d.Id && f.Digest == envelope);

    private static async Task<DateTime?> SealedAtAsync(
        AppDb db,
        Delivery delivery,
        Digest envelope,
        CancellationToken ct
    ) =>
        delivery.EnvelopeDigest == envelope
            ? delivery.SealedAt
            : await db.Set<FormerEnvelope>()
                .Where(f => f.DeliveryId == delivery.Id && f.Digest == envelope)
                .Select(f => (DateTime?)f.SealedAt)
                .SingleOrDefaultAsync(ct);

    private async Task<NodePublicKey?> SignedByAsync(SignedPayload<Receipt> receipt, CancellationToken ct)
    {
        var grants = await directory.NodeKeyGrantsAsync(receipt.Value.Office.Participant, ct);
        foreach (var grant in grants.Where(g => g.CoversTime(receipt.Value.At)))
            if (receipt.Document.IsSignedBy(grant.Key))
                return grant.Key;
        return null;
    }
}
