using Comity.Kernel.Data;
using Comity.Post.Sending;

namespace Comity.Post;

/// <summary>What higher floors may cause, each within their own write.</summary>
public sealed class PostCommands(TimeProvider clock)
{
    /// <summary>Takes a parcel in; it is tried from the commit on.</summary>
    public Task<Guid> PostAsync(AppDb db, NewParcel parcel, CancellationToken cancellationToken) =>
        PostingParcels.PostAsync(db, parcel, clock, cancellationToken);

    /// <summary>The receipt of a parcel came another way; it is not tried again.</summary>
    public Task ReceiptArrivedAsync(AppDb db, string sink, string reference, CancellationToken cancellationToken) =>
        PostingParcels.ReceiptArrivedAsync(db, sink, reference, clock, cancellationToken);
}
