using System.Collections.Concurrent;
using System.Security.Cryptography;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Sealing;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Comity.Protocol;
using Comity.Protocol.Messages;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Data;

/// <summary>Finds, opens and continues conversations inside a write.</summary>
internal sealed class Conversations(WriteGate gate, Audiences audiences, Vault vault, TimeProvider clock)
{
    private readonly ConcurrentDictionary<OfficeName, int> _audiences = new();

    /// <summary>The audience of an office, made where it is new. Not inside a write.</summary>
    public async Task<int> AudienceAsync(OfficeName office, CancellationToken ct)
    {
        if (_audiences.TryGetValue(office, out var known))
            return known;
        var id = await gate.WriteAsync(
            Viewer.System("exchange.audience"),
            (db, token) => audiences.IdAsync(db, Audience.Office(office), token),
            ct
        );
        return _audiences.GetOrAdd(office, id);
    }

    /// <summary>The conversation of this id as one of our offices has it; null where nothing of it is here.</summary>
    public static Task<Conversation?> FindAsync(AppDb db, ConversationId id, OfficeName home, CancellationToken ct) =>
        db.Set<Conversation>().SingleOrDefaultAsync(c => c.ConversationId == id && c.Home == home, ct);

    /// <summary>What its id is made of, as every message of it says; kept nowhere but in them, that is sealed.</summary>
    public async Task<ConversationOpening> OpeningAsync(
        AppDb db,
        Conversation whole,
        StorageKey key,
        CancellationToken ct
    )
    {
        var any = await db.Set<StoredMessage>()
            .AsNoTracking()
            .Where(m => m.ConversationRow == whole.Id)
            .OrderBy(m => m.Id)
            .FirstAsync(ct);
        return MessageJson.Read(vault.Open(key, any.SealedOctets, any.Purpose)).Value?.OpenedBy
            ?? throw new CryptographicException("A stored message cannot be read.");
    }

    /// <summary>Opens a conversation for one of our offices, with a storage key of its own.</summary>
    public async Task<(Conversation Whole, StorageKey Key)> OpenAsync(
        AppDb db,
        OfficeName home,
        Conversation.Opening opening,
        CancellationToken ct
    )
    {
        var key = vault.NewKey(clock);
        db.Add(key);
        var audience = await audiences.IdAsync(db, Audience.Office(home), ct);
        var whole = new Conversation(Ids.New(clock), audience, home, key, opening);
        db.Add(whole);
        return (whole, key);
    }

    public static Task<StorageKey> KeyAsync(AppDb db, Conversation whole, CancellationToken ct) =>
        db.Set<StorageKey>().AsNoTracking().SingleAsync(k => k.Id == whole.StorageKeyId, ct);

    /// <summary>The next place in what our office sends to another in this conversation.</summary>
    public static async Task<ChainLink> NextLinkAsync(
        AppDb db,
        Conversation whole,
        OfficeName office,
        CancellationToken ct
    )
    {
        var last = await db.Set<Delivery>()
            .AsNoTracking()
            .Where(d => d.ConversationRow == whole.Id && d.Office == office)
            .OrderByDescending(d => d.Sequence)
            .Select(d => new { d.Sequence, d.MessageRow })
            .FirstOrDefaultAsync(ct);
        if (last is null)
            return new ChainLink(office, 1, null);
        var previous = await db.Set<StoredMessage>()
            .AsNoTracking()
            .Where(m => m.Id == last.MessageRow)
            .Select(m => m.Digest)
            .SingleAsync(ct);
        return new ChainLink(office, last.Sequence + 1, previous);
    }
}
