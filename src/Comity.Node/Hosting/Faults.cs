using System.Diagnostics;
using Comity.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace Comity.Node.Hosting;

/// <summary>
/// The last net under every request: an exception is a fault of the program. People get a number that the operator
/// finds in the log, and are told that nothing was lost; nobody gets a stack trace.
/// </summary>
internal sealed class Faults(RequestDelegate next, TimeProvider clock, ILogger<Faults> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, bad.StatusCode, "The request could not be read.", incident: null);
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

    private static Task AnswerAsync(HttpContext context, int status, string title, string? incident)
    {
        context.Response.Clear();
        context.Response.StatusCode = status;
        var problem = new ProblemDetails { Title = title, Status = status };
        if (incident is not null)
            problem.Extensions["incident"] = incident;
        if (Activity.Current?.TraceId is { } trace && incident is not null)
            problem.Extensions["trace"] = trace.ToHexString();
        return context.Response.WriteAsJsonAsync(
            problem,
            options: null,
            contentType: "application/problem+json",
            context.RequestAborted
        );
    }
}
