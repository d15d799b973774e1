using System.Globalization;
using Comity.Directory;
using Comity.Kernel;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Kernel.Writing;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Signing;

namespace Comity.Exchange.Resending;

/// <summary>
/// Another node asks to be sent again what it lost. What it gets is sealed to its own keys, so asking gives nobody
/// anything to read that was not theirs; how often it may ask is bounded.
/// </summary>
internal sealed class ReceiveResendRequest(
    WriteGate gate,
    DirectoryQueries directory,
    ResendRest rest,
    TimeProvider clock
)
{
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(10);

    // As long as a request is carried.
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(5);
    private static readonly Viewer Receiver = Viewer.System("exchange.resend");

    public async Task<Reception> ReceiveAsync(SignedPayload<ResendRequest> request, Peer sender, CancellationToken ct)
    {
        var (says, now) = (request.Value, clock.Utc());
        if (!request.Document.IsSignedBy(sender.Key) || !sender.Participants.Contains(says.By))
            return new Reception.Refused("resend-not-theirs", null);
        if (!(await directory.HomeAsync(ct)).Participants.Any(p => p.Code == says.Of))
            return new Reception.Refused("resend-not-ours", null);
        if (says.At > now + Leeway || says.At < now - Oldest - Leeway)
            return new Reception.Refused("resend-time", null);
        var since = says.Since > now - AskAgainHandler.Longest ? says.Since : now - AskAgainHandler.Longest;
        return await gate.WriteAsync<Reception>(
            Receiver,
            async (db, token) =>
            {
                if (await rest.TryBeginAsync(db, says.By, says.Of, token) is { } wait)
                    return new Reception.PutOff(wait);
                await db.EnqueueAsync(SendAgain.WorkKind, KeyOf(says.By, says.Of, since), now, clock, token);
                return new Reception.Accepted(ReadOnlyMemory<byte>.Empty);
            },
            ct
        );
    }

    public static string KeyOf(ParticipantCode by, ParticipantCode of, DateTime since) =>
        string.Create(CultureInfo.InvariantCulture, $"{by} {of} {since:O}");

    public static (ParticipantCode By, ParticipantCode Of, DateTime Since) ReadKey(string key) =>
        key.Split(' ') is [var by, var of, var since]
            ? (
                ParticipantCode.Parse(by),
                ParticipantCode.Parse(of),
                DateTime.Parse(since, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)
            )
            : throw new FormatException("The key of this work is not one.");
}
