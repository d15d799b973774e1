using System.Net;
using Comity.Kernel.Data;
using Comity.Kernel.Sealing;
using Comity.Post.Data;
using Comity.Post.HttpSignatures;
using Comity.Post.Peers;
using Comity.Protocol;
using Comity.Protocol.Signing;

namespace Comity.Post.Sending;

internal enum CallEnd
{
    /// <summary>Taken, with an answer that may be a receipt.</summary>
    Answered,

    /// <summary>Taken for later.</summary>
    HandedOver,

    /// <summary>Trying again would change nothing.</summary>
    Refused,

    TryAgain,

    /// <summary>Refused without a reason; tried again like what was not answered, and shown meanwhile.</summary>
    RefusedSoFar,
}

/// <summary>How one attempt ended.</summary>
/// <param name="End">What it means for the parcel.</param>
/// <param name="Code">Stable code for the log and the sender: "http-503", "connection".</param>
/// <param name="Answer">The octets of the answer.</param>
/// <param name="RetryAfter">What the peer asked for; zero where it did not.</param>
/// <param name="Status">The status of the answer, where there was one.</param>
internal sealed record CallResult(
    CallEnd End,
    string Code,
    ReadOnlyMemory<byte> Answer = default,
    TimeSpan RetryAfter = default,
    HttpStatusCode? Status = null
)
{
    /// <summary>Whether a node answered, whatever it said; what a proxy says in its stead does not count.</summary>
    public bool PeerIsAlive =>
        Status is < HttpStatusCode.InternalServerError and (< HttpStatusCode.Ambiguous or >= HttpStatusCode.BadRequest);
}

/// <summary>One attempt to hand a parcel to its node.</summary>
internal sealed class PeerCall(
    IHttpClientFactory clients,
    AppDbFactory databases,
    Blobs blobs,
    PeerClocks clocks,
    TimeProvider clock
)
{
    /// <summary>Code of a refusal without a reason.</summary>
    public const string Refused = "refused";

    /// <summary>Code of a refusal by a node whose clock is so far from ours that it refuses everything.</summary>
    public const string ClocksApart = "clocks-apart";

    private const long MostAnswer = 64 * 1024;

    /// <summary>From here on the body is sent only once the peer has said that it wants it.</summary>
    private const long WorthAsking = 64 * 1024;

    public Task<CallResult> SendAsync(OutgoingParcel parcel, NodeKey key, CancellationToken cancellationToken) =>
        SendAsync(
            Target(parcel.Node, parcel.Route),
            new ParcelContent(databases, blobs, parcel),
            parcel.Sha256,
            key,
            cancellationToken
        );

    /// <summary>An envelope that is no parcel: sent once, and the answer read whatever it is.</summary>
    public Task<CallResult> CarryAsync(
        Uri node,
        ReadOnlyMemory<byte> envelope,
        NodeKey key,
        CancellationToken cancellationToken
    )
    {
        var content = new ReadOnlyMemoryContent(envelope);
        content.Headers.ContentType = new(PeerRoutes.ContentTypeOf(ParcelRoute.Inbox));
        content.Headers.ContentLength = envelope.Length;
        var target = Target(node.AbsoluteUri, ParcelRoute.Inbox);
        return SendAsync(target, content, Digest.Of(envelope.Span), key, cancellationToken);
    }

    private async Task<CallResult> SendAsync(
        Uri target,
        HttpContent content,
        Digest sha256,
        NodeKey key,
        CancellationToken cancellationToken
    )
    {
        var length = content.Headers.ContentLength!.Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = content };
        request.Headers.ExpectContinue = length > WorthAsking;
        request.Options.Set(PostModule.MaxAnswer, MostAnswer);
        RequestSigning.Sign(request, key, sha256.ToOctets(), clock.GetUtcNow());

        using var patience = new CancellationTokenSource(TimedBody.PatienceFor(length), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var client = clients.CreateClient(PostModule.PeerClientName);
            using var response = await client.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                either.Token
            );
            var answer = await response.Content.ReadAsByteArrayAsync(either.Token);
            var meaning = Meaning(response) with { Answer = answer, Status = response.StatusCode };
            return meaning.End == CallEnd.RefusedSoFar && clocks.AreApart(target)
                ? meaning with
                {
                    Code = ClocksApart,
                }
                : meaning;
        }
        catch (HttpRequestException fault)
        {
            return Failed(fault, target);
        }
        catch (IOException)
        {
            return new(CallEnd.TryAgain, "connection");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(CallEnd.TryAgain, "timeout");
        }
    }

    private static Uri Target(string node, ParcelRoute route) => new(node.TrimEnd('/') + PeerRoutes.PathOf(route));

    internal static CallResult Meaning(HttpResponseMessage response)
    {
        var code = FormattableString.Invariant($"http-{(int)response.StatusCode}");
        return response.StatusCode switch
        {
            HttpStatusCode.OK or HttpStatusCode.NoContent => new(CallEnd.Answered, ""),
            HttpStatusCode.Accepted => new(CallEnd.HandedOver, ""),
            // They may only not know this node yet, or its key: nobody says more than that, so patience decides.
            HttpStatusCode.Forbidden => new(CallEnd.RefusedSoFar, Refused),
            HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType => new(CallEnd.Refused, code),
            // Everything else may be a proxy or a set-up that somebody mends within the days of patience.
            _ => Later(response, code),
        };
    }

    private static CallResult Later(HttpResponseMessage response, string code) =>
        new(CallEnd.TryAgain, code, RetryAfter: response.Headers.RetryAfter?.Delta ?? TimeSpan.Zero);

    internal static CallResult Failed(HttpRequestException fault, Uri target) =>
        (fault as ForbiddenAddressException ?? fault.InnerException as ForbiddenAddressException)?.Refusal switch
        {
            AddressRefusal.NotHttps => new(CallEnd.Refused, "address-not-https"),
            // What a name means can change, and a resolver can fail for an hour; what is written out cannot.
            AddressRefusal.NoPublicAddress when target is { HostNameType: UriHostNameType.Dns, IsLoopback: false } =>
                new(CallEnd.TryAgain, "address-not-public"),
            AddressRefusal.NoPublicAddress => new(CallEnd.Refused, "address-not-public"),
            AddressRefusal.ForbiddenPort => new(CallEnd.Refused, "address-port"),
            AddressRefusal.NotAbsolute or AddressRefusal.HasUserInformation => new(
                CallEnd.Refused,
                "address-malformed"
            ),
            AddressRefusal.NotResolved => new(CallEnd.TryAgain, "address-not-resolved"),
            _ when fault is AnswerTooLongException => new(CallEnd.TryAgain, "answer-too-long"),
            _ when fault.HttpRequestError == HttpRequestError.SecureConnectionError => new(CallEnd.TryAgain, "tls"),
            _ => new(CallEnd.TryAgain, "connection"),
        };
}
