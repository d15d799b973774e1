using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Keys;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Post.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Comity.Post.Sending;

/// <summary>
/// Delivers one parcel. It may be begun twice (a lease that ran out, a process that was killed): the peer counts an
/// envelope once and answers a second one with the first receipt.
/// </summary>
internal sealed class DeliverParcel(
    AppDbFactory databases,
    KeyStore keys,
    PeerCall call,
    Circuits circuits,
    ParcelSettlement settlement,
    TimeProvider clock,
    ILogger<DeliverParcel> log
) : IWorkHandler
{
    public const string WorkKind = "post.deliver";
    private static readonly TimeSpan KeyPause = TimeSpan.FromMinutes(1);

    public string Kind => WorkKind;

    public Task<WorkResult> DoAsync(WorkItem item, CancellationToken ct) =>
        DeliverAsync(item, Guid.Parse(item.Key), ct);

    private async Task<WorkResult> DeliverAsync(WorkItem item, Guid id, CancellationToken ct)
    {
        await using var db = databases.Open(Viewer.System("post"));
        var parcel = await db.Set<OutgoingParcel>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (parcel is null || parcel.IsSettled)
        {
            return WorkResult.Done;
        }

        var node = new Uri(parcel.Node);
        if (circuits.Ask(node) is { } askAgain)
        {
            return WorkResult.Again(askAgain.UtcDateTime + (TimeSpan.FromSeconds(5) * BackOff.Random()));
        }

        var key = await keys.OpenNodeAsync(db, ct);
        if (key is null)
        {
            log.LogError("Parcel {Parcel} waits: this node has no node key to sign with", id);
            circuits.Forget(node);
            return WorkResult.Again(clock.Utc() + KeyPause);
        }

        if (await settlement.WithdrawAsync(parcel, node, ct))
        {
            circuits.Forget(node);
            return WorkResult.Done;
        }

        var result = await call.SendAsync(parcel, key, ct);
        log.LogInformation(
            "Parcel {Parcel} to {Node}: {End} {Code}, attempt {Attempt}",
            id,
            parcel.Node,
            result.End,
            result.Code,
            parcel.Attempts + 1
        );
        var wake = result.PeerIsAlive && circuits.Alive(node);
        if (result.End == CallEnd.TryAgain && !result.PeerIsAlive)
        {
            circuits.Failed(node);
        }

        return await settlement.SettleAsync(item, parcel, result, wake, ct);
    }
}
