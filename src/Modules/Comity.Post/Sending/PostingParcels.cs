using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Work;
using Comity.Post.Data;
using Microsoft.EntityFrameworkCore;

namespace Comity.Post.Sending;

/// <summary>Takes parcels in, within the transaction of whoever hands them in.</summary>
internal static class PostingParcels
{
    public static async Task<Guid> PostAsync(
        AppDb db,
        NewParcel parcel,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var now = clock.Utc();
        var outgoing = new OutgoingParcel(Ids.New(clock), parcel, now);
        db.Add(outgoing);
        if (parcel.Kept is null)
        {
            db.AddRange(Pieces(outgoing.Id, parcel.Octets));
        }

        await db.EnqueueAsync(DeliverParcel.WorkKind, outgoing.WorkKey, now, clock, cancellationToken);
        return outgoing.Id;
    }

    private static IEnumerable<ParcelPiece> Pieces(Guid parcel, ReadOnlyMemory<byte> octets)
    {
        for (var at = 0; at < octets.Length; at += ParcelPiece.MostOctets)
        {
            var length = Math.Min(ParcelPiece.MostOctets, octets.Length - at);
            yield return new()
            {
                ParcelId = parcel,
                Number = at / ParcelPiece.MostOctets,
                Octets = octets.Slice(at, length).ToArray(),
            };
        }
    }

    public static async Task ReceiptArrivedAsync(
        AppDb db,
        string sink,
        string reference,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var parcels = db.Set<OutgoingParcel>().Where(p => p.Sink == sink && p.Reference == reference);
        foreach (var parcel in await parcels.ToListAsync(cancellationToken))
        {
            parcel.SettleUnasked(clock.Utc());
            await ForgetLaterAsync(db, parcel, clock, cancellationToken);
        }
    }

    /// <summary>Has what was settled go once more; false where it is not kept any more.</summary>
    public static async Task<bool> SendAgainAsync(
        AppDb db,
        string sink,
        string reference,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var now = clock.Utc();
        var parcels = await db.Set<OutgoingParcel>()
            .Where(p => p.Sink == sink && p.Reference == reference)
            .ToListAsync(cancellationToken);
        foreach (var parcel in parcels)
        {
            if (parcel.State != ParcelState.Waiting)
            {
                parcel.Reopen(now);
            }

            await db.EnqueueAsync(DeliverParcel.WorkKind, parcel.WorkKey, now, clock, cancellationToken);
        }

        return parcels.Count > 0;
    }

    public static async Task ForgetAsync(
        AppDb db,
        string sink,
        string reference,
        CancellationToken cancellationToken
    ) =>
        await db.Set<OutgoingParcel>()
            .Where(p => p.Sink == sink && p.Reference == reference)
            .ExecuteDeleteAsync(cancellationToken);

    public static Task ForgetLaterAsync(
        AppDb db,
        OutgoingParcel parcel,
        TimeProvider clock,
        CancellationToken cancellationToken
    ) =>
        db.EnqueueAsync(
            ForgetParcel.WorkKind,
            parcel.WorkKey,
            clock.Utc() + ForgetParcel.Kept,
            clock,
            cancellationToken
        );
}
