using Comity.Exchange.Announcing;
using Comity.Exchange.Data;
using Comity.Exchange.Sealing;
using Comity.Exchange.Sending;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Sealing;
using Comity.Kernel.Work;
using Comity.Post;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Receipts;

/// <summary>Hears from the post what becomes of our envelopes, in the post's own write.</summary>
internal sealed class ParcelSink(
    ReceiptCheck check,
    SealedToday today,
    AnnounceEntry announcing,
    PostCommands post,
    TimeProvider clock
) : IParcelSink
{
    public const string SinkName = "exchange";

    /// <summary>Before the id of a request to send again, in what the post calls its parcel.</summary>
    public const string AskedPrefix = "asked:";

    /// <summary>Before the id of a request for what is missing.</summary>
    public const string GapPrefix = "gap:";

    /// <summary>The first word of what the post calls a notice of a newer entry.</summary>
    public const string Announced = "announced";

    /// <summary>In that time the other node has looked at a newer entry of which it was told.</summary>
    private static readonly TimeSpan Looking = TimeSpan.FromSeconds(10);

    public string Name => SinkName;

    public async Task<bool> MayStillGoAsync(string reference, Uri node, CancellationToken cancellationToken) =>
        Guid.TryParse(reference, out var delivery)
            ? await today.HoldsAsync(delivery, node, cancellationToken)
            : !IsAnnounced(reference) || await announcing.IsNewestAsync(reference, cancellationToken);

    public async Task ParcelWithdrawnAsync(AppDb db, string reference, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(reference, out var id))
            return;
        var delivery = await db.Set<Delivery>().SingleAsync(d => d.Id == id, cancellationToken);
        var blob = delivery.EnvelopeBlob;
        db.Add(delivery.TakeBack(Ids.New(clock), clock.Utc()));
        await db.Set<Blob>().Where(b => b.Id == blob).ExecuteDeleteAsync(cancellationToken);
        await db.EnqueueAsync(Acceptance.SealWork, reference, clock.Utc(), clock, cancellationToken);
    }

    public async Task<bool> IsReceiptAsync(
        string reference,
        ReadOnlyMemory<byte> receipt,
        CancellationToken cancellationToken
    ) =>
        Guid.TryParse(reference, out var delivery)
        && await check.CheckAsync(delivery, receipt, cancellationToken) is not null;

    public async Task ParcelMovedAsync(AppDb db, ParcelNews news, CancellationToken cancellationToken)
    {
        if (news.State == ParcelState.Delivered)
            await TakenAsync(db, news, cancellationToken);
        if (!Guid.TryParse(news.Reference, out var id))
            return;
        var delivery = await db.Set<Delivery>().SingleOrDefaultAsync(d => d.Id == id, cancellationToken);
        if (delivery is null)
            return;
        if (news.State is ParcelState.NotDelivered or ParcelState.Waiting)
            delivery.NotDelivered(news.Cause, news.At);
        if (news.State is not (ParcelState.HandedOver or ParcelState.Delivered))
            return;
        delivery.TakenOver(news.At);
        // The post asked before whether this is our receipt; here it is only kept.
        if (!news.Receipt.IsEmpty && SignedDocuments.ReadReceipt(news.Receipt) is { IsGood: true } reading)
            await KeepAsync(
                db,
                delivery,
                new(reading.Value.Value, news.Receipt, reading.Value.Document.Signatures[0].Key),
                cancellationToken
            );
    }

    // The other node has what we asked or told it.
    private async Task TakenAsync(AppDb db, ParcelNews news, CancellationToken ct)
    {
        if (After(AskedPrefix, news.Reference) is { } asked)
            (await db.Set<AskedAgain>().SingleAsync(a => a.Id == asked, ct)).TakenOver(news.At);
        if (After(GapPrefix, news.Reference) is { } gap)
            (await db.Set<AskedGap>().SingleOrDefaultAsync(g => g.Id == gap, ct))?.TakenOver(news.At);
        if (IsAnnounced(news.Reference))
            await post.TryOthersAsync(db, news.Parcel, Looking, ct);
    }

    private static bool IsAnnounced(string reference) => reference.StartsWith(Announced, StringComparison.Ordinal);

    private static Guid? After(string prefix, string reference) =>
        reference.StartsWith(prefix, StringComparison.Ordinal) ? Guid.Parse(reference[prefix.Length..]) : null;

    /// <summary>Keeps a receipt that was checked; the first of each level stays.</summary>
    public async Task KeepAsync(AppDb db, Delivery delivery, SignedReceipt receipt, CancellationToken ct)
    {
        var there = await db.Set<StoredReceipt>()
            .AnyAsync(
                r =>
                    r.MessageRow == delivery.MessageRow
                    && r.Office == receipt.Says.Office
                    && r.Level == receipt.Says.Level
                    && !r.Given,
                ct
            );
        if (!there)
            db.Add(new StoredReceipt(Ids.New(clock), delivery, receipt, clock.Utc()));
    }
}
