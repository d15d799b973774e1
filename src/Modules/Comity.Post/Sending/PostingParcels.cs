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
        for (var at = 0; at < parcel.Octets.Length; at += ParcelPiece.MostOctets)
        {
            var length = Math.Min(ParcelPiece.MostOctets, parcel.Octets.Length - at);
            db.Add(
                new ParcelPiece
                {
                    ParcelId = outgoing.Id,
                    Number = at / ParcelPiece.MostOctets,
                    Octets = parcel.Octets.Slice(at, length).ToArray(),
                }
            );
        }

        await db.EnqueueAsync(DeliverParcel.WorkKind, outgoing.WorkKey, now, clock, cancellationToken);
        return outgoing.Id;
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
