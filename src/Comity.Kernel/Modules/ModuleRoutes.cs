using Comity.Kernel.Forms;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Comity.Kernel.Modules;

/// <summary>
/// The three ways into a node. The rules of each are stated here once, so that no module can forget them.
/// </summary>
public sealed class ModuleRoutes
{
    private ModuleRoutes(RouteGroupBuilder pages, RouteGroupBuilder api, RouteGroupBuilder peers)
    {
        Pages = pages;
        Api = api;
        Peers = peers;
    }

    /// <summary>Pages for people: cookie session, antiforgery on every post.</summary>
    public RouteGroupBuilder Pages { get; }

    /// <summary>The API under <c>/api/v1</c>: the operator's socket, later tokens. No cookies, therefore no antiforgery.</summary>
    public RouteGroupBuilder Api { get; }

    /// <summary>Between nodes: anonymous as to people, proven by signatures.</summary>
    public RouteGroupBuilder Peers { get; }

    public static ModuleRoutes On(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").WithMetadata(new RequireAntiforgeryTokenAttribute()).WithMetadata(Way.Page);
        var api = app.MapGroup("/api/v1").WithMetadata(Way.Api).DisableAntiforgery();
        api.AddEndpointFilter<RouteGroupBuilder, RequestFilter>();
        var peers = app.MapGroup("").WithMetadata(Way.Peer).DisableAntiforgery();
        return new ModuleRoutes(pages, api, peers);
    }
}

/// <summary>By which of the three ways a route is reached; metadata of the endpoint.</summary>
public enum Way
{
    Page,
    Api,
    Peer,
}
