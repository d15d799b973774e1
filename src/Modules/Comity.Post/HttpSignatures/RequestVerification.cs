using Comity.Kernel.Hosting;
using Comity.Protocol.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Comity.Post.HttpSignatures;

/// <summary>A request whose signature holds; its body has not been read yet.</summary>
internal sealed record VerifiedRequest(Peer Peer, DateTimeOffset Created, ContentClaim Content);

/// <summary>Exactly one of: verified; refused with a reason; too much at once, to be tried again.</summary>
/// <param name="Key">The key that the request names, proven only where it is verified; for the log.</param>
internal sealed record Verification(
    VerifiedRequest? Verified,
    RequestRefusal? Refusal,
    bool TooMany,
    NodePublicKey? Key
);

/// <summary>
/// Checks the signature of an incoming request before a single octet of its body is read, cheapest rule first.
/// </summary>
internal sealed class RequestVerification(IPeers peers, ReplayGuard replays, NodeOptions node, TimeProvider clock)
{
    public async ValueTask<Verification> VerifyAsync(
        HttpRequest request,
        AcceptedContent accepted,
        CancellationToken cancellationToken
    )
    {
        if (ContentClaim.Read(request, accepted, out var content) is { } contentRefusal)
        {
            return Refused(contentRefusal);
        }

        var fieldsRefusal = SignatureClaim.Read(
            Combined(request.Headers, "Signature-Input"),
            Combined(request.Headers, "Signature"),
            out var claim
        );
        if (fieldsRefusal is not null)
        {
            return Refused(fieldsRefusal.Value, claim?.Key);
        }

        var key = claim!.Key;
        var now = clock.GetUtcNow();
        if ((now - claim.Created).Duration() > SignatureProfile.ClockTolerance)
        {
            return Refused(RequestRefusal.CreatedOutsideTolerance, key);
        }

        if (claim.Expires is { } expires && (expires < now || expires <= claim.Created))
        {
            return Refused(RequestRefusal.Expired, key);
        }

        var rawTarget = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (RequestTarget.Received(node.BaseUrl, rawTarget) is not { } target)
        {
            return Refused(RequestRefusal.TargetMalformed, key);
        }

        var signable = new SignableRequest(request.Method, target, name => request.Headers[name]);
        if (SignatureBase.Build(claim.Covered, signable) is not { } octets)
        {
            return Refused(RequestRefusal.ComponentNotUnderstood, key);
        }

        if (await peers.FindAsync(key, cancellationToken) is not { } peer || peer.Key != key)
        {
            return Refused(RequestRefusal.KeyUnknown, key);
        }

        if (peer.ValidUntil <= now.UtcDateTime)
        {
            return Refused(RequestRefusal.KeyExpired, key);
        }

        if (!key.Verify(octets, claim.Signature.Span))
        {
            return Refused(RequestRefusal.SignatureWrong, key);
        }

        var until = claim.Created + SignatureProfile.ClockTolerance;
        return replays.Remember(key, claim.Nonce, until, now) switch
        {
            NonceStanding.New => new(new(peer, claim.Created, content!), null, false, key),
            NonceStanding.Seen => Refused(RequestRefusal.Replayed, key),
            _ => new(null, null, true, key),
        };
    }

    private static string? Combined(IHeaderDictionary headers, string name)
    {
        var lines = headers[name];
        return lines.Count == 0 ? null : string.Join(", ", lines.Select(line => line?.Trim(' ', '\t')));
    }

    private static Verification Refused(RequestRefusal refusal, NodePublicKey? key = null) =>
        new(null, refusal, false, key);
}
