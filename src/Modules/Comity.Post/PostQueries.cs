using Comity.Kernel.Data;
using Comity.Kernel.Work;
using Comity.Post.Data;
using Comity.Post.Sending;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Comity.Post;

/// <summary>A request that was refused, as the operator sees it. The peer saw nothing of this.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="KeyId">The node key that the request named; empty where none could be read.</param>
/// <param name="Verified">Whether the signature held, so that the key is proven.</param>
/// <param name="Participants">Whom that node serves, where it was verified: "QM QN".</param>
/// <param name="Route">The path that was asked.</param>
/// <param name="Reason">Stable code.</param>
/// <param name="Envelope">Which envelope, where it could be told.</param>
public sealed record RefusalLine(
    DateTime At,
    string KeyId,
    bool Verified,
    string Participants,
    string Route,
    string Reason,
    Digest? Envelope
);

/// <summary>Where a parcel stands.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Reference">The name that its sink gave it.</param>
/// <param name="Node">The node that it goes to.</param>
/// <param name="State">Its state.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="LastError">Code of the last failure; empty where there was none.</param>
/// <param name="Accepted">When it was handed in (UTC).</param>
/// <param name="Due">When it is tried next (UTC); null where it is not.</param>
public sealed record ParcelLine(
    Guid Id,
    string Reference,
    string Node,
    ParcelState State,
    int Attempts,
    string LastError,
    DateTime Accepted,
    DateTime? Due
);

/// <summary>What other modules and the operator may ask of the post. None of it is content.</summary>
public sealed class PostQueries(AppDb db)
{
    /// <summary>The newest refusals, newest first.</summary>
    public async Task<IReadOnlyList<RefusalLine>> RefusalsAsync(int most, CancellationToken cancellationToken) =>
        await db.Set<Refusal>()
            .AsNoTracking()
            .OrderByDescending(refusal => refusal.At)
            .ThenByDescending(refusal => refusal.Id)
            .Take(most)
            .Select(refusal => new RefusalLine(
                refusal.At,
                refusal.KeyId,
                refusal.Verified,
                refusal.Participants,
                refusal.Route,
                refusal.Reason,
                refusal.Envelope
            ))
            .ToListAsync(cancellationToken);

    /// <summary>Where these parcels stand, by the sink's names for them.</summary>
    public async Task<IReadOnlyList<ParcelLine>> ParcelsAsync(
        string sink,
        IReadOnlyCollection<string> references,
        CancellationToken cancellationToken
    ) =>
        await Lines(db.Set<OutgoingParcel>().Where(p => p.Sink == sink && references.Contains(p.Reference)))
            .ToListAsync(cancellationToken);

    /// <summary>The parcels that wait for their node, oldest first.</summary>
    public async Task<IReadOnlyList<ParcelLine>> WaitingAsync(int most, CancellationToken cancellationToken) =>
        await Lines(
                db.Set<OutgoingParcel>()
                    .Where(p => p.State == ParcelState.Waiting || p.State == ParcelState.HandedOver)
                    .OrderBy(p => p.Accepted)
                    .Take(most)
            )
            .ToListAsync(cancellationToken);

    private IQueryable<ParcelLine> Lines(IQueryable<OutgoingParcel> parcels) =>
        parcels
            .AsNoTracking()
            .Select(p => new ParcelLine(
                p.Id,
                p.Reference,
                p.Node,
                p.State,
                p.Attempts,
                p.LastError,
                p.Accepted,
                db.Set<WorkItem>()
                    .Where(w => w.Kind == DeliverParcel.WorkKind && w.Key == p.WorkKey)
                    .Select(w => (DateTime?)w.Due)
                    .FirstOrDefault()
            ));
}
