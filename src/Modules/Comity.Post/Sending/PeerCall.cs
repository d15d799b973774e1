using System.Net;
using Comity.Kernel.Data;
using Comity.Post.Data;
using Comity.Post.HttpSignatures;
using Comity.Post.Peers;
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
}

/// <summary>How one attempt ended.</summary>
/// <param name="End">What it means for the parcel.</param>
/// <param name="Code">Stable code for the log and the sender: "http-503", "connection".</param>
/// <param name="Answer">The octets of the answer.</param>
/// <param name="RetryAfter">What the peer asked for; zero where it did not.</param>
/// <param name="PeerIsAlive">Whether a node answered at all, whatever it said.</param>
internal sealed record CallResult(
    CallEnd End,
    string Code,
    ReadOnlyMemory<byte> Answer = default,
    TimeSpan RetryAfter = default,
    bool PeerIsAlive = false
);

/// <summary>One attempt to hand a parcel to its node.</summary>
internal sealed class PeerCall(IHttpClientFactory clients, AppDbFactory databases, TimeProvider clock)
{
    private const long MostAnswer = 64 * 1024;

    /// <summary>From here on the body is sent only once the peer has said that it wants it.</summary>
    private const long WorthAsking = 64 * 1024;

    private const int SlowestLinePerSecond = 32 * 1024;

    public async Task<CallResult> SendAsync(OutgoingParcel parcel, NodeKey key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Target(parcel))
        {
            Content = new ParcelContent(databases, parcel),
        };
        request.Headers.ExpectContinue = parcel.Length > WorthAsking;
        request.Options.Set(PostModule.MaxAnswer, MostAnswer);
        RequestSigning.Sign(request, key, parcel.Sha256.ToOctets(), clock.GetUtcNow());

        using var patience = new CancellationTokenSource(PatienceFor(parcel.Length), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var client = clients.CreateClient(PostModule.PeerClientName);
            using var response = await client.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                either.Token
            );
            return await ReadAsync(response, either.Token);
        }
        catch (HttpRequestException fault)
        {
            return Failed(fault);
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

    private static Uri Target(OutgoingParcel parcel) => new(parcel.Node.TrimEnd('/') + PeerRoutes.PathOf(parcel.Route));

    private static TimeSpan PatienceFor(long length) =>
        TimeSpan.FromSeconds(30) + TimeSpan.FromSeconds(length / SlowestLinePerSecond);

    private static async Task<CallResult> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var code = FormattableString.Invariant($"http-{(int)response.StatusCode}");
        var wait = response.Headers.RetryAfter?.Delta ?? TimeSpan.Zero;
        return response.StatusCode switch
        {
            HttpStatusCode.OK => new(
                CallEnd.Answered,
                "",
                await response.Content.ReadAsByteArrayAsync(cancellationToken),
                PeerIsAlive: true
            ),
            HttpStatusCode.NoContent => new(CallEnd.Answered, "", PeerIsAlive: true),
            HttpStatusCode.Accepted => new(CallEnd.HandedOver, "", PeerIsAlive: true),
            HttpStatusCode.Forbidden => new(CallEnd.Refused, "refused", PeerIsAlive: true),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests => new(
                CallEnd.TryAgain,
                code,
                RetryAfter: wait,
                PeerIsAlive: true
            ),
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => new(
                CallEnd.Refused,
                code,
                PeerIsAlive: true
            ),
            _ => new(CallEnd.TryAgain, code, RetryAfter: wait),
        };
    }

    private static CallResult Failed(HttpRequestException fault) =>
        (fault as ForbiddenAddressException ?? fault.InnerException as ForbiddenAddressException)?.Refusal switch
        {
            AddressRefusal.NotHttps => new(CallEnd.Refused, "address-not-https"),
            AddressRefusal.NoPublicAddress => new(CallEnd.Refused, "address-not-public"),
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
