using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Microsoft.AspNetCore.Http;

namespace Comity.Kernel.Hosting;

/// <summary>Asks, before any handler runs, whether the viewer is permitted the route's act. Silence means no.</summary>
public sealed class PermissionGate(RequestDelegate next)
{
    private static readonly Problem NotPermitted = Problem.Forbidden(
        "kernel.not-permitted",
        "Your role does not include this act. Nothing was changed."
    );
    private static readonly Problem SignInFirst = Problem.Forbidden(
        "kernel.sign-in-first",
        "Please sign in first. Nothing was changed."
    );

    public Task InvokeAsync(HttpContext context, CurrentViewer current)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null || endpoint.Metadata.GetMetadata<OpenTo>() is not null)
            return next(context);
        var viewer = current.Viewer;
        if (endpoint.Metadata.GetMetadata<NeedsAct>() is { } needed && viewer.May(needed.Act))
            return next(context);
        var page = endpoint.Metadata.OfType<Way>().Contains(Way.Page) && HttpMethods.IsGet(context.Request.Method);
        if (page && viewer.PersonId is null)
        {
            context.Response.Redirect(
                "/sign-in?return=" + Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)
            );
            return Task.CompletedTask;
        }
        var problem = viewer == Viewer.Anonymous ? SignInFirst : NotPermitted;
        return problem.AnswerAsync(context);
    }
}
