using System.Security.Cryptography;
using Comity.Exchange.Data;
using Comity.Kernel.Data;
using Comity.Kernel.Sealing;
using Comity.Protocol.Messages;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Reading;

/// <summary>Opens conversations of a viewer in memory: one query per table, whatever their number.</summary>
internal sealed class ConversationOpener(AppDb db, Vault vault)
{
    public async Task<IReadOnlyList<OpenedConversation>> OpenAsync(
        IReadOnlyList<Conversation> wholes,
        CancellationToken ct
    )
    {
        var ids = wholes.Select(w => w.Id).ToList();
        var messages = await db.Set<StoredMessage>()
            .AsNoTracking()
            .Where(m => ids.Contains(m.ConversationRow))
            .OrderBy(m => m.Id)
            .ToListAsync(ct);
        var rows = messages.Select(m => m.Id).ToList();
        var deliveries = (
            await db.Set<Delivery>().AsNoTracking().Where(d => ids.Contains(d.ConversationRow)).ToListAsync(ct)
        ).ToLookup(d => d.MessageRow);
        var receipts = (
            await db.Set<StoredReceipt>().AsNoTracking().Where(r => rows.Contains(r.MessageRow)).ToListAsync(ct)
        ).ToLookup(r => r.MessageRow);
        var attachments = (
            await db.Set<StoredAttachment>().AsNoTracking().Where(a => rows.Contains(a.MessageRow)).ToListAsync(ct)
        ).ToLookup(a => a.MessageRow);
        var keyIds = wholes.Select(w => w.StorageKeyId).ToList();
        var keys = await db.Set<StorageKey>().AsNoTracking().Where(k => keyIds.Contains(k.Id)).ToListAsync(ct);
        var byConversation = messages.ToLookup(m => m.ConversationRow);
        return
        [
            .. wholes.Select(whole => new OpenedConversation(
                whole,
                [
                    .. byConversation[whole.Id]
                        .Select(m =>
                        {
                            var octets = vault.Open(Key(keys, whole), m.SealedOctets, m.Purpose);
                            return new OpenedRow(
                                m,
                                Read(octets),
                                octets,
                                [.. deliveries[m.Id].OrderBy(d => d.Id)],
                                [.. receipts[m.Id].OrderBy(r => r.At)],
                                [.. attachments[m.Id].OrderBy(a => a.Number)]
                            );
                        }),
                ]
            )),
        ];
    }

    private static StorageKey Key(List<StorageKey> keys, Conversation whole) =>
        keys.First(k => k.Id == whole.StorageKeyId);

    // It was read when it was accepted or taken in; if that fails now, it is another message than then.
    private static Message Read(byte[] octets) =>
        MessageJson.Read(octets).Value ?? throw new CryptographicException("A stored message cannot be read.");
}
