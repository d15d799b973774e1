using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace Comity.Kernel.Forms;

/// <summary>Metadata: the route shows its form again by itself where the token is missing or too old.</summary>
public sealed record ShowsFormAgain;

/// <summary>
/// Whatever a page route changes, it changes for a form of this node only. The framework merely notes a missing token;
/// here the request ends, unless its route shows the form again.
/// </summary>
public sealed class FormTokenGate(RequestDelegate next)
{
    private static readonly Problem TooOld = Problem.Invalid(
        "kernel.form-too-old",
        "This page was open for too long. Nothing was done and nothing was lost: please send it again.",
        new Dictionary<string, string>(StringComparer.Ordinal)
    );

    public Task InvokeAsync(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        var safe = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (
            safe
            || metadata?.OfType<Way>().Contains(Way.Page) != true
            || metadata.GetMetadata<ShowsFormAgain>() is not null
            || context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true }
        )
            return next(context);
        return TooOld.AnswerAsync(context);
    }
}
