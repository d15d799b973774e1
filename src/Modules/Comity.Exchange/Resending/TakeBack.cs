using Comity.Directory;
using Comity.Exchange.Data;
using Comity.Exchange.Sending;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Keys;
using Comity.Kernel.Sealing;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Messages;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Resending;

/// <summary>
/// Takes a message of ours in that somebody gives back: only where we asked, and only what our own office signed. It is
/// then sealed and sent once more to everybody whom it names, who answer with the receipt that they gave the first time.
/// </summary>
internal sealed class TakeBack(
    AppDbFactory databases,
    DirectoryQueries directory,
    Conversations conversations,
    Vault vault,
    Blobs blobs,
    TimeProvider clock
)
{
    /// <summary>We asked nobody for it.</summary>
    public const string NotAskedFor = "given-back-not-asked-for";

    /// <summary>It is not what our office wrote and signed.</summary>
    public const string NotOurs = "given-back-not-ours";

    private static readonly Viewer Taker = Viewer.System("exchange.take-back");

    /// <summary>What is given back, or why it is not taken; neither where it is a message of another kind. Not inside a write.</summary>
    public async Task<(GivenBack? Back, string? Refusal)> CheckAsync(OpenedEnvelope opened, CancellationToken ct)
    {
        if (opened.Message.Kind != MessageKind.GivenBack)
            return default;
        await using var db = databases.Open(Taker);
        var own = await CertificatesAsync(db, opened.Recipient, ct);
        if (GivenBack.Read(opened, own, out _) is not { } back)
            return (null, NotOurs);
        var (by, of) = (opened.Recipient.Participant, opened.Message.From.Participant);
        var asked = await db.Set<AskedAgain>().AnyAsync(a => a.By == by && a.Of == of, ct);
        return asked ? (back, null) : (null, NotAskedFor);
    }

    /// <summary>Adds it to the caller's write, if it is not there.</summary>
    /// <returns>Its conversation, opened where it was lost as well.</returns>
    public async Task<Conversation> AddAsync(
        AppDb db,
        Conversation? known,
        GivenBack back,
        OpenedEnvelope opened,
        CancellationToken ct
    )
    {
        if (known is not null && await IsHereAsync(db, known, back.Message, ct))
            return known;
        var (whole, key) = known is null
            ? await conversations.OpenAsync(db, opened.Recipient, Opening(back.Message), ct)
            : (known, await Conversations.KeyAsync(db, known, ct));
        await AddAsync(db, whole, key, back, opened, ct);
        await db.SaveChangesAsync(ct);
        return whole;
    }

    private static Task<bool> IsHereAsync(AppDb db, Conversation whole, Message message, CancellationToken ct) =>
        db.Set<StoredMessage>()
            .AnyAsync(m => m.ConversationRow == whole.Id && m.From == message.From && m.MessageId == message.Id, ct);

    private async Task AddAsync(
        AppDb db,
        Conversation whole,
        StorageKey key,
        GivenBack back,
        OpenedEnvelope opened,
        CancellationToken ct
    )
    {
        var message = back.Message;
        var row = new StoredMessage(Ids.New(clock), whole, message, back.Digest, sent: true, message.Created);
        row.SealedOctets = vault.Seal(key, back.Octets.Span, row.Purpose);
        db.Add(row);
        for (var i = 0; i < opened.Attachments.Count; i++)
        {
            var (reference, octets) = (opened.Attachments[i].Reference, opened.Attachments[i].Octets);
            await using var stream = new MemoryStream(octets.ToArray(), writable: false);
            var blob = await blobs.PutAsync(db, key, stream, ct);
            db.Add(new StoredAttachment(Ids.New(clock), row, i + 1, blob.Id, reference.Digest, reference.Size));
        }
        foreach (var link in message.Chain)
        {
            var delivery = new Delivery(Ids.New(clock), row, link, message.Cc.Contains(link.Office));
            delivery.Recover();
            db.Add(delivery);
            await db.EnqueueAsync(Acceptance.SealWork, delivery.Id.ToString(), clock.Utc(), clock, ct);
        }
        whole.TryAdmit(message);
        whole.Touch(message.Created);
    }

    private static Conversation.Opening Opening(Message message) =>
        new(
            message.Conversation,
            message.OpenedBy.Office,
            message.From.Participant,
            message.Exercise,
            message.Record,
            message.Created
        );

    // Also the one that the directory lists: it may have been made after the backup.
    private async Task<IReadOnlyList<Certificate>> CertificatesAsync(AppDb db, OfficeName office, CancellationToken ct)
    {
        var held = await db.Set<HeldKey>()
            .AsNoTracking()
            .Where(k => k.Purpose == KeyPurpose.Office && k.Subject == office.Value)
            .Select(k => k.Public)
            .ToListAsync(ct);
        var certificates = held.ConvertAll(octets => Certificate.Read(octets).Certificate);
        if ((await directory.OfficeAsync(office, ct))?.Certificate is { } listed)
            certificates.Add(Certificate.Read(listed).Certificate);
        return [.. certificates.OfType<Certificate>()];
    }
}
