using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Ui.Layout;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Comity.Node.Hosting;

/// <summary>
/// The last net under every request: an exception is a fault of the program. People get a page in their language with a
/// number that the operator finds in the log, and are told what was not lost; programs get the same as problem details;
/// nobody gets a stack trace. An answer without content, such as for an unknown address, becomes a page here as well.
/// </summary>
internal sealed class Faults(RequestDelegate next, TimeProvider clock, ILogger<Faults> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
                await AnswerEmptyAsync(context);
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, bad.StatusCode, "The request could not be read.", incident: null);
        }
        catch (DiskFullException) when (!context.Response.HasStarted)
        {
            log.LogError("No room to write at {Method} {Path}", context.Request.Method, Route(context));
            await AnswerFullAsync(context);
        }
        catch (Exception fault) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            var incident = Ids.New(clock).ToString("N")[^8..];
            log.LogError(
                fault,
                "Incident {Incident} at {Method} {Path}",
                incident,
                context.Request.Method,
                Route(context)
            );
            await AnswerAsync(
                context,
                StatusCodes.Status500InternalServerError,
                $"Something went wrong here. Nothing that was accepted before is lost. Tell the operator the number {incident}.",
                incident
            );
        }
    }

    // The route's pattern and not the path: a path may carry a sign-in token.
    private static string Route(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "an unknown route";

    /// <summary>A browser asked, and not on one of the ways of programs.</summary>
    private static bool IsForPeople(HttpContext context) =>
        context.GetEndpoint()?.Metadata.OfType<Way>().Any(way => way != Way.Page) != true
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static Task AnswerEmptyAsync(HttpContext context) =>
        IsForPeople(context) ? ShowAsync(context, context.Response.StatusCode, incident: null) : Task.CompletedTask;

    /// <summary>Nobody's fault: who asked is told that nothing was accepted, and another node only to come again.</summary>
    private static async Task AnswerFullAsync(HttpContext context)
    {
        context.Response.Clear();
        if (context.GetEndpoint()?.Metadata.OfType<Way>().Contains(Way.Peer) == true)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }
        context.Response.Headers.CacheControl = "no-store";
        await using var fresh = Afresh(context);
        await DiskFullException.Problem.AnswerAsync(context);
    }

    private async Task AnswerAsync(HttpContext context, int status, string title, string? incident)
    {
        context.Response.Clear();
        if (IsForPeople(context) && await TryShowAsync(context, status, incident))
            return;
        context.Response.StatusCode = status;
        var problem = new ProblemDetails { Title = title, Status = status };
        if (incident is not null)
            problem.Extensions["incident"] = incident;
        if (System.Diagnostics.Activity.Current?.TraceId is { } trace && incident is not null)
            problem.Extensions["trace"] = trace.ToHexString();
        await context.Response.WriteAsJsonAsync(
            problem,
            options: null,
            contentType: "application/problem+json",
            context.RequestAborted
        );
    }

    /// <summary>What broke the page may break this one too; then the bare words have to do.</summary>
    private async Task<bool> TryShowAsync(HttpContext context, int status, string? incident)
    {
        try
        {
            await ShowAsync(context, status, incident);
            return true;
        }
        catch (Exception second) when (!context.Response.HasStarted)
        {
            log.LogError(second, "The page of an incident could not be shown");
            context.Response.Clear();
            return false;
        }
    }

    private static async Task ShowAsync(HttpContext context, int status, string? incident)
    {
        context.Response.Headers.CacheControl = "no-store";
        await using var fresh = Afresh(context);
        var looking = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        await new RazorComponentResult<FaultPage>(
            new
            {
                Status = status,
                Incident = incident,
                Looking = looking,
            }
        )
        {
            StatusCode = status,
        }.ExecuteAsync(context);
    }

    /// <summary>Services that have seen nothing of the fault, for the same reader under the same letterhead.</summary>
    private static AsyncServiceScope Afresh(HttpContext context)
    {
        var before = context.RequestServices;
        var fresh = before.CreateAsyncScope();
        context.RequestServices = fresh.ServiceProvider;
        fresh.ServiceProvider.GetRequiredService<CurrentViewer>().Viewer = before
            .GetRequiredService<CurrentViewer>()
            .Viewer;
        var (old, head) = (
            before.GetRequiredService<Letterhead>(),
            fresh.ServiceProvider.GetRequiredService<Letterhead>()
        );
        (head.Participant, head.ParticipantName) = (old.Participant, old.ParticipantName);
        (head.Person, head.Office) = (old.Person, old.Office);
        return fresh;
    }
}
