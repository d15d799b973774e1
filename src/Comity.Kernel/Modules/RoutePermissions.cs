using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Comity.Kernel.Modules;

/// <summary>Metadata: the act that a route asks for.</summary>
public sealed record NeedsAct(Act Act);

/// <summary>Metadata: a route that asks for no act, and why.</summary>
public sealed record OpenTo(string Reason);

/// <summary>How a route declares its permission. A route that declares none stops the program at start.</summary>
public static class RoutePermissions
{
    public static TBuilder Needs<TBuilder>(this TBuilder route, Act act)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new NeedsAct(act));

    public static TBuilder Open<TBuilder>(this TBuilder route, string reason)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new OpenTo(reason));

    /// <summary>Every route with neither an act nor a reason; must be empty.</summary>
    public static IReadOnlyList<string> Undeclared(IEnumerable<Endpoint> endpoints) =>
        [
            .. endpoints
                .OfType<RouteEndpoint>()
                .Where(e => e.Metadata.GetMetadata<NeedsAct>() is null && e.Metadata.GetMetadata<OpenTo>() is null)
                .Select(e => e.DisplayName ?? e.RoutePattern.RawText ?? "?"),
        ];
}
