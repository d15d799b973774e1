using System.Globalization;
using Comity.Post.HttpSignatures;
using Comity.Post.Quotas;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;

namespace Comity.Post.Receiving;

/// <summary>What a peer sent and signed.</summary>
internal sealed record Admitted(Peer Sender, ReadOnlyMemory<byte> Octets);

/// <summary>
/// The way in: signature, quotas, then the body, and only then somebody who looks at what came. Whoever gets no further
/// is answered here.
/// </summary>
internal sealed class Admission(
    RequestVerification verification,
    PeerQuotas quotas,
    RefusalLog refusals,
    TimeProvider clock,
    ILogger<Admission> log
)
{
    /// <summary>Admits the request and hands it on while its place under the quotas is held.</summary>
    public async Task<IResult> PassAsync(
        HttpContext context,
        AcceptedContent accepted,
        Func<Admitted, Task<Reception>> receive
    )
    {
        var stop = context.RequestAborted;
        var path = context.Request.Path.Value ?? "";
        var checkedRequest = await verification.VerifyAsync(context.Request, accepted, stop);
        if (checkedRequest.Refusal is { } refusal)
        {
            // Written down also where the caller has hung up already: none of these writes heeds the connection.
            await refusals.WriteAsync(new(path, refusal.Code(), checkedRequest.Key), CancellationToken.None);
            return UniformAnswer.Instance;
        }

        if (checkedRequest.Verified is not { } request)
        {
            return Later(context, TimeSpan.FromMinutes(1));
        }

        var (key, length) = (request.Peer.Key, request.Content.Length);
        var holder = Holder.Of(request.Peer);
        if (quotas.TryEnter(holder, length) is { } throttled)
        {
            if (throttled.Report > 0)
            {
                log.LogWarning("Put off {Count} of {Key}: {Limit}", throttled.Report, key.Id, throttled.Limit);
            }

            return Later(context, throttled.RetryAfter);
        }

        try
        {
            PermitBody(context, accepted.MaxLength);
            var reading = await TimedBody.ReadAsync(context.Request.Body, request.Content, clock, stop);
            if (reading.Octets is not { } octets)
            {
                await refusals.WriteAsync(
                    new(path, reading.Refusal!.Value.Code(), key, request.Peer),
                    CancellationToken.None
                );
                return UniformAnswer.Instance;
            }

            var reception = await receive(new(request.Peer, octets));
            if (reception is Reception.Refused refused)
            {
                await refusals.WriteAsync(
                    new(path, refused.Reason, key, request.Peer, refused.EnvelopeDigest),
                    CancellationToken.None
                );
            }

            return Answer(context, reception);
        }
        finally
        {
            quotas.Leave(holder, length);
        }
    }

    private static IResult Answer(HttpContext context, Reception reception) =>
        reception switch
        {
            Reception.Accepted { Receipt.IsEmpty: true } => TypedResults.NoContent(),
            Reception.Accepted accepted => TypedResults.Bytes(accepted.Receipt, PeerRoutes.DocumentType),
            Reception.PutOff put => Later(context, put.Wait),
            Reception.StoredForLater => TypedResults.StatusCode(StatusCodes.Status202Accepted),
            _ => UniformAnswer.Instance,
        };

    // Told only to somebody whose signature holds: a flood is put off and never dropped in silence.
    private static StatusCodeHttpResult Later(HttpContext context, TimeSpan wait)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
    }

    private static void PermitBody(HttpContext context, long most)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = most;
        }
    }
}
