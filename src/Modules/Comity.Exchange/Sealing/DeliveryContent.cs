using Comity.Exchange.Data;
using Comity.Kernel.Data;
using Comity.Kernel.Sealing;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Messages;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Sealing;

/// <summary>Opens a stored message of ours in memory, exactly as it was accepted, to be sealed for a recipient.</summary>
internal sealed class DeliveryContent(Vault vault, Blobs blobs)
{
    // The message that was opened last, only as long as somebody is sealing it: one to many is opened once.
    private readonly WeakReference<Opened?> _last = new(null);

    /// <summary>Octets of everything that is attached to it.</summary>
    public static Task<long> AttachedAsync(AppDb db, Delivery delivery, CancellationToken ct) =>
        db.Set<StoredAttachment>().Where(a => a.MessageRow == delivery.MessageRow).SumAsync(a => a.Size, ct);

    public async Task<Opened> ReadAsync(AppDb db, Delivery delivery, CancellationToken ct)
    {
        if (_last.TryGetTarget(out var last) && last.Row == delivery.MessageRow)
            return last;
        var opened = await OpenAsync(db, delivery, ct);
        _last.SetTarget(opened);
        return opened;
    }

    private async Task<Opened> OpenAsync(AppDb db, Delivery delivery, CancellationToken ct)
    {
        var row = await db.Set<StoredMessage>().AsNoTracking().SingleAsync(m => m.Id == delivery.MessageRow, ct);
        var whole = await db.Set<Conversation>().AsNoTracking().SingleAsync(c => c.Id == row.ConversationRow, ct);
        var key = await Conversations.KeyAsync(db, whole, ct);
        var octets = vault.Open(key, row.SealedOctets, row.Purpose);
        var attachments = await db.Set<StoredAttachment>()
            .AsNoTracking()
            .Where(a => a.MessageRow == row.Id)
            .OrderBy(a => a.Number)
            .Select(a => a.BlobId)
            .ToListAsync(ct);
        var references = MessageJson.Read(octets).Value?.Attachments ?? [];
        var sources = new List<AttachmentSource>();
        foreach (var (reference, blob) in references.Zip(attachments))
        {
            var content = await blobs.ReadAsync(db, blob, ct);
            sources.Add(new AttachmentSource(reference, () => new MemoryStream(content, writable: false)));
        }
        var composed = ComposedMessage.FromOctets(octets, sources);
        return composed.IsGood
            ? new Opened(row.Id, composed.Value, key)
            : throw new InvalidOperationException(
                $"Stored message {row.Id} is not what was accepted: {composed.Fault}."
            );
    }

    /// <summary>A message in memory, and the key under which it is stored.</summary>
    internal sealed record Opened(Guid Row, ComposedMessage Composed, StorageKey Key);
}
