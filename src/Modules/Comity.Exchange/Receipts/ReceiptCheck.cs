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
        var sent = await SentAsync(db, deliveryId, ct);
        if (sent is null || !await AgreesAsync(db, sent, reading.Value.Value, ct))
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
            .Where(IsIn(db, receipt.EnvelopeDigest))
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
            deliveries = deliveries.Where(IsIn(db, envelope));
        return await sent.AnyAsync(m => deliveries.Any(d => d.MessageRow == m.Id), ct);
    }

    private async Task<bool> AgreesAsync(AppDb db, Sent sent, Receipt says, CancellationToken ct)
    {
        if (says.Office != sent.Office)
            return false;
        var at = await SealedAtAsync(db, sent, says.EnvelopeDigest, ct);
        // Of what we lost and were given back, the receipt names an envelope that we do not know any more.
        if (at is null && sent.Recovered && says.Level == ReceiptLevel.Opened)
            at = sent.Created;
        if (at is null)
            return false;
        // The time in a receipt chooses the node key that is asked; so it is not the signer's alone to choose.
        if (says.At < at - Leeway || says.At > clock.Utc() + Leeway)
            return false;
        return says.Level == ReceiptLevel.Stored
            || says.Message == sent.Message
                && says.MessageDigest == sent.Digest
                && says.From == sent.Home
                && says.Exercise == sent.Exercise;
    }

    // An envelope that was taken back may have arrived before.
    private static Expression<Func<Delivery, bool>> IsIn(AppDb db, Digest envelope) =>
        d =>
            d.EnvelopeDigest == envelope
            || db.Set<FormerEnvelope>().Any(f => f.DeliveryId == d.Id && f.Digest == envelope);

    private static async Task<DateTime?> SealedAtAsync(AppDb db, Sent sent, Digest envelope, CancellationToken ct) =>
        sent.Envelope == envelope
            ? sent.SealedAt
            : await db.Set<FormerEnvelope>()
                .Where(f => f.DeliveryId == sent.Delivery && f.Digest == envelope)
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

    // Without what is sealed: a receipt speaks of digests only, and there is one for each of many recipients.
    private static Task<Sent?> SentAsync(AppDb db, Guid delivery, CancellationToken ct) =>
        (
            from d in db.Set<Delivery>().AsNoTracking()
            join m in db.Set<StoredMessage>() on d.MessageRow equals m.Id
            join c in db.Set<Conversation>() on d.ConversationRow equals c.Id
            where d.Id == delivery
            select new Sent
            {
                Delivery = d.Id,
                Office = d.Office,
                Envelope = d.EnvelopeDigest,
                SealedAt = d.SealedAt,
                Recovered = d.Recovered,
                Message = m.MessageId,
                Digest = m.Digest,
                Created = m.Created,
                Home = c.Home,
                Exercise = c.Exercise,
            }
        ).SingleOrDefaultAsync(ct);

    /// <summary>What we sent to one office, as far as a receipt speaks of it.</summary>
    private sealed record Sent
    {
        public required Guid Delivery { get; init; }
        public required OfficeName Office { get; init; }
        public required Digest? Envelope { get; init; }
        public required DateTime? SealedAt { get; init; }
        public required bool Recovered { get; init; }
        public required MessageId Message { get; init; }
        public required Digest Digest { get; init; }
        public required DateTime Created { get; init; }
        public required OfficeName Home { get; init; }
        public required bool Exercise { get; init; }
    }
}
