using Comity.Directory;
using Comity.Exchange.Data;
using Comity.Exchange.Receipts;
using Comity.Kernel;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Receiving;

/// <summary>
/// Refuses an envelope. Where the sender is not proven, nothing happens but a line in the local log. Where it is, both
/// people are told, once: an alarm on our desk, a signed error to their node.
/// </summary>
internal sealed class Refusing(
    WriteGate gate,
    DirectoryQueries directory,
    Alarms alarms,
    Notices notices,
    TimeProvider clock
)
{
    private static readonly Viewer Refuser = Viewer.System("exchange.refuse");

    public async Task<Reception> RefuseAsync(EnvelopeFailure failure, CancellationToken ct)
    {
        var detail = failure.Opening?.ToString() ?? failure.Wrapping?.ToString();
        var reason =
            detail is null || failure.Refusal is not (EnvelopeRefusal.NotOpened or EnvelopeRefusal.NotAnEnvelope)
                ? failure.Code
                : failure.Code + "." + Spelling.Hyphens(detail);
        if (failure is { VerifiedSender: { } sender, Recipient: { } recipient, EnvelopeDigest: { } digest })
            await TellAsync(new AlarmCause(recipient, sender, failure.Code) { Envelope = digest }, null, ct);
        return new Reception.Refused(reason, failure.EnvelopeDigest);
    }

    public async Task<Reception> RefuseAsync(OpenedEnvelope opened, string code, CancellationToken ct)
    {
        var cause = new AlarmCause(opened.Recipient, opened.Message.From, code)
        {
            Message = opened.Message.Id,
            Envelope = opened.EnvelopeDigest,
        };
        await TellAsync(cause, opened.MessageDigest, ct);
        return new Reception.Refused(code, opened.EnvelopeDigest);
    }

    /// <summary>Not now: it is tried again. Both people are told, once, because a message that waits is not seen.</summary>
    public async Task<Reception> PutOffAsync(OpenedEnvelope opened, TimeSpan wait, CancellationToken ct)
    {
        var cause = new AlarmCause(opened.Recipient, opened.Message.From, RefusalCodes.PutOff)
        {
            Message = opened.Message.Id,
            Envelope = opened.EnvelopeDigest,
        };
        await TellAsync(cause, opened.MessageDigest, ct);
        return new Reception.PutOff(wait);
    }

    /// <summary>Tells both sides, once.</summary>
    private async Task TellAsync(AlarmCause cause, Digest? message, CancellationToken ct)
    {
        var sender = await directory.OfficeAsync(cause.Other, ct);
        await gate.WriteAsync(
            Refuser,
            async (db, token) =>
            {
                if (!await alarms.RaiseAsync(db, cause, token) || sender is null)
                    return;
                var notice = new ErrorNotice
                {
                    Code = cause.Code,
                    Office = cause.Home,
                    To = sender.Office,
                    Message = cause.Message,
                    MessageDigest = message,
                    EnvelopeDigest = cause.Envelope,
                    At = Instants.InMilliseconds(clock.Utc()),
                };
                await notices.PostAsync(db, notice, sender.NodeUrl, token);
            },
            ct
        );
    }
}
