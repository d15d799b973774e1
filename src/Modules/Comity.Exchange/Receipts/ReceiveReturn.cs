using Comity.Exchange.Announcing;
using Comity.Exchange.Data;
using Comity.Exchange.Resending;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Receipts;

/// <summary>Takes in what another node says later, or asks and tells of its own accord.</summary>
internal sealed class ReceiveReturn(
    WriteGate gate,
    ReceiptCheck check,
    ParcelSink sink,
    PostCommands post,
    TimeProvider clock,
    Alarms alarms,
    ReceiveResendRequest resend,
    ReceiveGapRequest gaps,
    HearOfEntry entries
)
{
    private static readonly Viewer Receiver = Viewer.System("exchange.return");

    public async Task<Reception> ReceiveAsync(ReadOnlyMemory<byte> document, Peer sender, CancellationToken ct)
    {
        if (SignedDocuments.ReadReceipt(document) is { IsGood: true } receipt)
            return await ReceiptAsync(receipt.Value, ct);
        if (SignedDocuments.ReadError(document) is { IsGood: true } error)
            return await ErrorAsync(error.Value, sender, ct);
        if (SignedDocuments.ReadResendRequest(document) is { IsGood: true } request)
            return await resend.ReceiveAsync(request.Value, sender, ct);
        if (SignedDocuments.ReadGapRequest(document) is { IsGood: true } gap)
            return await gaps.ReceiveAsync(gap.Value, sender, ct);
        if (SignedDocuments.ReadKeyNotice(document) is { IsGood: true } notice)
            return await entries.ReceiveAsync(notice.Value, sender, ct);
        return new Reception.Refused("return-malformed", null);
    }

    private async Task<Reception> ReceiptAsync(SignedPayload<Receipt> receipt, CancellationToken ct)
    {
        var envelope = receipt.Value.EnvelopeDigest;
        if (await check.DeliveryOfAsync(receipt.Value, ct) is not { } id)
            return new Reception.Refused("receipt-for-nothing", envelope);
        if (await check.CheckAsync(id, receipt.Octets, ct) is not { } good)
            return new Reception.Refused("receipt-not-good", envelope);
        await gate.WriteAsync(
            Receiver,
            async (db, token) =>
            {
                var delivery = await db.Set<Delivery>().SingleAsync(d => d.Id == id, token);
                delivery.TakenOver(clock.Utc());
                await sink.KeepAsync(db, delivery, good, token);
                if (good.Says.Level == ReceiptLevel.Opened)
                    await post.ReceiptArrivedAsync(db, ParcelSink.SinkName, id.ToString(), token);
            },
            ct
        );
        return new Reception.Accepted(ReadOnlyMemory<byte>.Empty);
    }

    private async Task<Reception> ErrorAsync(SignedPayload<ErrorNotice> error, Peer sender, CancellationToken ct)
    {
        var says = error.Value;
        // Who signed must be the node that brings it, and that node must speak for the office that it names.
        if (!error.Document.IsSignedBy(sender.Key) || !sender.Participants.Contains(says.Office.Participant))
            return new Reception.Refused("error-not-theirs", says.EnvelopeDigest);
        if (!await alarms.IsHomeAsync(says.To, ct))
            return new Reception.Refused("not-our-office", says.EnvelopeDigest);
        if (!await check.ConcernsUsAsync(says, ct))
            return new Reception.Refused("error-for-nothing", says.EnvelopeDigest);
        await RaiseAsync(says, ct);
        return new Reception.Accepted(ReadOnlyMemory<byte>.Empty);
    }

    private Task<bool> RaiseAsync(ErrorNotice says, CancellationToken ct) =>
        gate.WriteAsync(
            Receiver,
            (db, token) =>
            {
                var cause = new AlarmCause(says.To, says.Office, says.Code)
                {
                    Message = says.Message,
                    Envelope = says.EnvelopeDigest,
                    Told = true,
                };
                return alarms.RaiseAsync(db, cause, token);
            },
            ct
        );
}
