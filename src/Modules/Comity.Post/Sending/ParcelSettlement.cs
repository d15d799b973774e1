using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Kernel.Writing;
using Comity.Post.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Comity.Post.Sending;

/// <summary>Writes down how an attempt ended and tells the sink, in one transaction.</summary>
internal sealed class ParcelSettlement(
    WriteGate gate,
    IEnumerable<IParcelSink> sinks,
    TimeProvider clock,
    ILogger<ParcelSettlement> log
)
{
    /// <summary>A peer that keeps an envelope for later is asked for its receipt from time to time.</summary>
    private static readonly TimeSpan ReceiptPause = TimeSpan.FromHours(1);

    /// <summary>What was handed in this short a time ago, and goes for the first time, was checked by whoever handed it in.</summary>
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(1);

    /// <summary>What the sink is told where a node refused for the first time and is asked again.</summary>
    private const string RefusedSoFar = "refused-so-far";

    private static readonly Viewer Post = Viewer.System("post");

    public async Task<WorkResult> SettleAsync(
        WorkItem item,
        OutgoingParcel parcel,
        CallResult result,
        bool wakeOthers,
        CancellationToken ct
    )
    {
        var sink = sinks.Single(s => string.Equals(s.Name, parcel.Sink, StringComparison.Ordinal));
        if (result.End == CallEnd.Answered && parcel.Route == ParcelRoute.Inbox)
        {
            if (result.Answer.IsEmpty || !await sink.IsReceiptAsync(parcel.Reference, result.Answer, ct))
            {
                log.LogWarning("Parcel {Parcel}: the answer of {Node} is not its receipt", parcel.Id, parcel.Node);
                result = new(CallEnd.TryAgain, "receipt-wrong");
            }
        }

        return await gate.WriteAsync(
            Post,
            async (db, token) =>
            {
                if (wakeOthers)
                {
                    await WakeAsync(db, parcel.Node, clock, token);
                }

                var stored = await db.Set<OutgoingParcel>().SingleOrDefaultAsync(p => p.Id == parcel.Id, token);
                var next =
                    stored is null || Stands(stored, result)
                        ? WorkResult.Done
                        : await MoveAsync(db, stored, result, sink, token);
                return next.NextDue is null && await db.TryEndAsync(item, token) ? WorkResult.Written : next;
            },
            ct
        );
    }

    /// <summary>Forgets a parcel that may not go as it is any more; false where it may.</summary>
    public async Task<bool> WithdrawAsync(OutgoingParcel parcel, Uri node, CancellationToken ct)
    {
        // What the peer has already it is only asked about; that cannot be taken back.
        // The distance either way: by a clock that ran ahead, it was handed in at a time to come.
        var fresh = parcel.Attempts == 0 && (clock.Utc() - parcel.Accepted).Duration() < JustNow;
        if (fresh || parcel.State != ParcelState.Waiting)
            return false;
        var sink = sinks.Single(s => string.Equals(s.Name, parcel.Sink, StringComparison.Ordinal));
        if (await sink.MayStillGoAsync(parcel.Reference, node, ct))
            return false;
        // Where it was handed over meanwhile, the peer has it, and is asked for its receipt as before.
        var withdrawn = await gate.WriteAsync(
            Post,
            async (db, token) =>
            {
                var waiting = db.Set<OutgoingParcel>().Where(p => p.Id == parcel.Id && p.State == ParcelState.Waiting);
                if (await waiting.ExecuteDeleteAsync(token) == 0)
                    return false;
                await sink.ParcelWithdrawnAsync(db, parcel.Reference, token);
                return true;
            },
            ct
        );
        if (withdrawn)
            log.LogInformation("Parcel {Parcel} to {Node} does not go as it was sealed", parcel.Id, parcel.Node);
        return withdrawn;
    }

    /// <summary>Brings forward what waits for a node that is back.</summary>
    public static Task WakeAsync(AppDb db, string node, TimeProvider clock, CancellationToken ct) =>
        WakeAsync(db, node, clock.Utc(), ct);

    /// <summary>Brings forward to a time what waits for a node for longer.</summary>
    public static async Task WakeAsync(AppDb db, string node, DateTime due, CancellationToken ct)
    {
        var waiting = db.Set<OutgoingParcel>().Where(p => p.Node == node && p.State == ParcelState.Waiting);
        await db.Set<WorkItem>()
            .Where(w => w.Kind == DeliverParcel.WorkKind && w.LeasedUntil == null && w.Due > due)
            .Where(w => waiting.Any(p => p.WorkKey == w.Key))
            .ExecuteUpdateAsync(set => set.SetProperty(w => w.Due, due), ct);
    }

    // Of two attempts one may have been given up and the other answered: an answer counts, whichever ended first.
    private static bool Stands(OutgoingParcel stored, CallResult result) =>
        stored.State == ParcelState.Delivered || (stored.IsSettled && result.End != CallEnd.Answered);

    private async Task<WorkResult> MoveAsync(
        AppDb db,
        OutgoingParcel parcel,
        CallResult result,
        IParcelSink sink,
        CancellationToken ct
    )
    {
        var now = clock.Utc();
        var before = parcel.State;
        var toldBefore = parcel.LastError == result.Code;
        var (state, cause) = result.End switch
        {
            CallEnd.Answered => (ParcelState.Delivered, ""),
            CallEnd.HandedOver => (ParcelState.HandedOver, ""),
            CallEnd.Refused => (ParcelState.NotDelivered, result.Code),
            _ when before == ParcelState.Waiting && BackOff.IsOver(parcel.Accepted, now) => (
                ParcelState.NotDelivered,
                result.End == CallEnd.RefusedSoFar ? PeerCall.Refused : "patience-over"
            ),
            CallEnd.RefusedSoFar when before == ParcelState.Waiting => (
                before,
                result.Code == PeerCall.ClocksApart ? PeerCall.ClocksApart : RefusedSoFar
            ),
            _ => (before, ""),
        };
        parcel.MoveTo(state, result.Code, now);
        if (state != before || (cause.Length > 0 && !toldBefore))
        {
            var receipt = state == ParcelState.Delivered ? result.Answer : default;
            await sink.ParcelMovedAsync(db, new(parcel.Id, parcel.Reference, state, now, receipt, cause), ct);
        }

        if (parcel.IsSettled)
        {
            await PostingParcels.ForgetLaterAsync(db, parcel, clock, ct);
            return WorkResult.Done;
        }

        if (state == ParcelState.HandedOver)
        {
            // Whoever never sends the receipt has the envelope all the same; it stays "handed over".
            return BackOff.IsOver(parcel.Accepted, now) ? WorkResult.Done : WorkResult.Again(now + ReceiptPause);
        }

        return WorkResult.Again(now + BackOff.After(parcel.Attempts, BackOff.Random(), result.RetryAfter));
    }
}
