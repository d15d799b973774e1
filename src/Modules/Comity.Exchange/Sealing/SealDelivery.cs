using Comity.Exchange.Data;
using Comity.Exchange.Receipts;
using Comity.Exchange.Sending;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Sealing;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Kernel.Writing;
using Comity.OpenPgp;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Sealing;

/// <summary>
/// Seals one message for one recipient with the key that is valid now, and hands the envelope to the post in the same
/// write. Where there is no usable key nothing is sent, least of all in clear: the sender sees why, and it is tried
/// again when the directory has one.
/// </summary>
internal sealed class SealDelivery(
    AppDbFactory databases,
    WriteGate gate,
    SealingFacts facts,
    DeliveryContent content,
    SealingRoom room,
    Blobs blobs,
    Vault vault,
    PostCommands post,
    Notices notices,
    TimeProvider clock
) : IWorkHandler
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    // After a start the directory is asked at once, and while it does not answer every two minutes.
    private static readonly TimeSpan StalePause = TimeSpan.FromSeconds(30);
    private static readonly Viewer Sealer = Viewer.System("exchange.seal");

    public string Kind => Acceptance.SealWork;

    public async Task<WorkResult> DoAsync(WorkItem item, CancellationToken ct)
    {
        var id = Guid.Parse(item.Key);
        await using var db = databases.Open(Sealer);
        var delivery = await db.Set<Delivery>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct);
        // What was taken back and then receipted all the same is there; it is not sealed again.
        if (delivery is null or { SealedAt: not null } or { HandedOver: not null, Awaited: false })
            return WorkResult.Done;
        var found = await facts.FindAsync(db, delivery, ct);
        if (found.Cause is { } cause)
            return await WaitAsync(delivery, found, cause, ct);
        var attached = await DeliveryContent.AttachedAsync(db, delivery, ct);
        return await room.InAsync(attached, () => SealAsync(db, item, delivery, found, ct), ct);
    }

    private async Task<WorkResult> SealAsync(
        AppDb db,
        WorkItem item,
        Delivery delivery,
        SealingFacts.Found found,
        CancellationToken ct
    )
    {
        var message = await content.ReadAsync(db, delivery, ct);
        var now = clock.Utc();
        var sealing = Envelope.Seal(message.Composed, found.Sender!, found.Recipient!, now);
        if (!sealing.IsSealed)
            return await WaitAsync(delivery, found, SealingFacts.CauseOf(sealing.Signer, sealing.Recipient), ct);
        return await gate.WriteAsync(
            Sealer,
            async (within, token) =>
            {
                await AddAsync(within, delivery.Id, found, message.Key, sealing.Envelope, now, token);
                return await within.TryEndAsync(item, token) ? WorkResult.Written : WorkResult.Done;
            },
            ct
        );
    }

    private async Task AddAsync(
        AppDb db,
        Guid delivery,
        SealingFacts.Found found,
        StorageKey key,
        SealedEnvelope envelope,
        DateTime now,
        CancellationToken ct
    )
    {
        var row = await db.Set<Delivery>().SingleAsync(d => d.Id == delivery, ct);
        // Another instance was faster: its envelope travels, this one is forgotten. Or the former one had arrived.
        if (row is { SealedAt: not null } or { HandedOver: not null, Awaited: false })
            return;
        var blob = await blobs.PutAsync(db, key, envelope.Octets, ct);
        var statement = vault.Seal(key, envelope.Statement.Octets.Span, row.Purpose);
        var keys = new SealingKeys(
            found.Recipient!.Certificate.UsableKeyFor(KeyUse.Encrypt, now)!,
            found.Sender!.Key.Certificate.UsableKeyFor(KeyUse.Sign, now)!
        );
        row.Sealed(envelope.EnvelopeDigest, blob.Id, statement, keys, now);
        var (name, reference) = (ParcelSink.SinkName, row.Id.ToString());
        await post.PostAsync(
            db,
            new NewParcel(name, reference, found.Node!, ParcelRoute.Inbox, envelope.Octets, blob.Id),
            ct
        );
    }

    private async Task<WorkResult> WaitAsync(
        Delivery delivery,
        SealingFacts.Found found,
        string cause,
        CancellationToken ct
    )
    {
        await gate.WriteAsync(
            Sealer,
            async (db, token) =>
            {
                var row = await db.Set<Delivery>().SingleAsync(d => d.Id == delivery.Id, token);
                if (row is { SealedAt: not null } or { HandedOver: not null, Awaited: false })
                    return;
                row.NotDelivered(cause, clock.Utc());
                if (!SealingFacts.IsTheirs(cause) || row.NoticeSent is not null || found.Node is not { } node)
                    return;
                if (await notices.PostAsync(db, Waiting(found, row), node, token))
                    row.Noticed(clock.Utc());
            },
            ct
        );
        return WorkResult.Again(clock.Utc() + (cause == SealingFacts.DirectoryStale ? StalePause : Pause));
    }

    // Without content: who it is from, and that it waits.
    private ErrorNotice Waiting(SealingFacts.Found found, Delivery row) =>
        new()
        {
            Code = Notices.WaitingForKey,
            Office = found.Home,
            To = row.Office,
            At = Instants.InMilliseconds(clock.Utc()),
        };
}
