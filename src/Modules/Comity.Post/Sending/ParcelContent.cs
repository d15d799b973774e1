using System.Net;
using System.Net.Http.Headers;
using Comity.Kernel.Data;
using Comity.Kernel.Sealing;
using Comity.Kernel.Viewing;
using Comity.Post.Data;
using Microsoft.EntityFrameworkCore;

namespace Comity.Post.Sending;

/// <summary>The octets of a parcel on their way out, read from the database one piece at a time.</summary>
internal sealed class ParcelContent : HttpContent
{
    private readonly AppDbFactory databases;
    private readonly Blobs blobs;
    private readonly OutgoingParcel parcel;

    public ParcelContent(AppDbFactory databases, Blobs blobs, OutgoingParcel parcel)
    {
        this.databases = databases;
        this.blobs = blobs;
        this.parcel = parcel;
        Headers.ContentType = new MediaTypeHeaderValue(PeerRoutes.ContentTypeOf(parcel.Route));
        Headers.ContentLength = parcel.Length;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        await using var db = databases.Open(Viewer.System("post"));
        if (parcel.Kept is { } kept)
        {
            await blobs.CopyAsync(db, kept, stream, cancellationToken);
            return;
        }

        var pieces = db.Set<ParcelPiece>().AsNoTracking().Where(p => p.ParcelId == parcel.Id).OrderBy(p => p.Number);
        await foreach (var piece in pieces.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            await stream.WriteAsync(piece.Octets, cancellationToken);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = parcel.Length;
        return true;
    }
}
