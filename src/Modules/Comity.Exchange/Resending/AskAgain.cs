using Comity.Directory;
using Comity.Exchange.Data;
using Comity.Exchange.Receipts;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Signing;

namespace Comity.Exchange.Resending;

/// <summary>
/// Asks other nodes to send again what they sent since, and to give back what they received: after a backup was put
/// back. Whoever wrote first after that backup is not known here any more, so everybody is asked.
/// </summary>
/// <param name="Since">From when on (UTC); at most as long ago as envelopes are kept.</param>
/// <param name="Of">The one participant to ask; null asks all.</param>
internal sealed record AskAgain(DateTime Since, string? Of = null);

/// <summary>How many were asked.</summary>
internal sealed record AskedToResend(int Asks, DateTime Since);

internal sealed class AskAgainHandler(
    WriteGate gate,
    DirectoryQueries directory,
    NodeSigning node,
    PostCommands post,
    CurrentViewer current,
    TimeProvider clock
)
{
    /// <summary>How long those who are asked keep what they sent.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private static Problem NotThen { get; } =
        Problem.Refused(
            "exchange.resend-time",
            "Envelopes are kept for thirty days, and none is from the future. Nobody was asked; name a time in between."
        );

    private static Problem Nobody { get; } =
        Problem.Refused(
            "exchange.resend-nobody",
            "No followed directory lists such a participant. Nobody was asked; see `comity directory show`."
        );

    public async Task<Outcome<AskedToResend>> HandleAsync(AskAgain request, CancellationToken ct)
    {
        var now = Instants.InMilliseconds(clock.Utc());
        var since = Instants.InMilliseconds(request.Since.ToUniversalTime());
        if (since > now || since < now - Longest)
            return NotThen;
        var all = await directory.ParticipantsAsync(ct);
        var others = all.Where(p => !p.Home && !p.Revoked && p.Offices.Count > 0)
            .Where(p => request.Of is null || p.Code.Value == request.Of)
            .ToList();
        if (others.Count == 0 && request.Of is not null)
            return Nobody;
        var pairs = all.Where(p => p.Home).SelectMany(own => others.Select(other => (own, other))).ToList();
        return await gate.WriteAsync(
            current.Viewer,
            async (db, token) =>
            {
                foreach (var (own, other) in pairs)
                {
                    var asked = new AskedAgain(Ids.New(clock), own.Code, other.Code, since, now);
                    db.Add(asked);
                    await PostAsync(db, asked, other.Offices[0].NodeUrl, token);
                }
                return (Outcome<AskedToResend>)new AskedToResend(pairs.Count, since);
            },
            ct
        );
    }

    private async Task PostAsync(AppDb db, AskedAgain asked, Uri address, CancellationToken ct)
    {
        var says = new ResendRequest
        {
            By = asked.By,
            Of = asked.Of,
            Since = asked.Since,
            At = asked.At,
        };
        if (await node.SignAsync(db, says, ct) is { } signed)
            await post.PostAsync(
                db,
                new NewParcel(
                    ParcelSink.SinkName,
                    ParcelSink.AskedPrefix + asked.Id,
                    address,
                    ParcelRoute.Returns,
                    signed
                ),
                ct
            );
    }
}
