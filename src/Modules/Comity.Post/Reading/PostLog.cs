using Comity.Kernel.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Comity.Post.Reading;

/// <summary>What the operator may see of the post: refusals with their reasons, and what waits.</summary>
internal static class PostLog
{
    private const int Most = 500;

    public static void MapPostLog(this IEndpointRouteBuilder api)
    {
        api.MapGet(
                "/post/refusals",
                async (PostQueries queries, CancellationToken cancellationToken) =>
                    TypedResults.Ok(
                        (await queries.RefusalsAsync(Most, cancellationToken)).Select(line => new
                        {
                            line.At,
                            line.KeyId,
                            line.Verified,
                            line.Participants,
                            line.Route,
                            Code = line.Reason,
                            EnvelopeDigest = line.Envelope?.Value,
                        })
                    )
            )
            .Needs(PostModule.ReadLog);
        api.MapGet(
                "/post/waiting",
                async (PostQueries queries, CancellationToken cancellationToken) =>
                    TypedResults.Ok(
                        (await queries.WaitingAsync(Most, cancellationToken)).Select(line => new
                        {
                            line.Id,
                            line.Reference,
                            line.Node,
                            State = line.State.ToString(),
                            line.Attempts,
                            line.LastError,
                            line.Accepted,
                            line.Due,
                        })
                    )
            )
            .Needs(PostModule.ReadLog);
    }
}
