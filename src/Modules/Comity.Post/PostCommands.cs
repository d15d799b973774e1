using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Post.Data;
using Comity.Post.Sending;
using Microsoft.EntityFrameworkCore;

namespace Comity.Post;

/// <summary>What other modules may have the post do, within their transactions.</summary>
public sealed class PostCommands(TimeProvider clock)
{
    /// <summary>Accepts a parcel: when the transaction commits, it will be delivered or its sink will hear why not.</summary>
    /// <returns>The id of the parcel.</returns>
    public Task<Guid> PostAsync(AppDb db, NewParcel parcel, CancellationToken cancellationToken) =>
        PostingParcels.PostAsync(db, parcel, clock, cancellationToken);

    /// <summary>The receipt of a parcel came as a return: it need not be sent again. The sink is not told.</summary>
    public Task ReceiptArrivedAsync(AppDb db, string sink, string reference, CancellationToken cancellationToken) =>
        PostingParcels.ReceiptArrivedAsync(db, sink, reference, clock, cancellationToken);

    /// <summary>Sends a parcel once more, because its recipient lost what it had; false where it is not kept any more.</summary>
    public Task<bool> SendAgainAsync(AppDb db, string sink, string reference, CancellationToken cancellationToken) =>
        PostingParcels.SendAgainAsync(db, sink, reference, clock, cancellationToken);

    /// <summary>
    /// The node of a parcel learns something by it without which it may have refused what else waits for it: that is tried
    /// again after a while, and not only when its own pause is over.
    /// </summary>
    public async Task TryOthersAsync(AppDb db, Guid parcel, TimeSpan after, CancellationToken cancellationToken)
    {
        var node = await db.Set<OutgoingParcel>()
            .Where(p => p.Id == parcel)
            .Select(p => p.Node)
            .SingleAsync(cancellationToken);
        await ParcelSettlement.WakeAsync(db, node, clock.Utc() + after, cancellationToken);
    }

    /// <summary>Deletes a parcel at once, because the conversation is deleted.</summary>
    public static Task ForgetAsync(AppDb db, string sink, string reference, CancellationToken cancellationToken) =>
        PostingParcels.ForgetAsync(db, sink, reference, cancellationToken);
}
