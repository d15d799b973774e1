using System.Globalization;
using Comity.Kernel.Modules;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.Kernel.Outcomes;

/// <summary>Shows a problem to a person, in their language, with the head of every page.</summary>
public interface IProblemPage
{
    Task ShowAsync(HttpContext context, Problem problem);
}

/// <summary>The one place where a problem becomes an HTTP answer.</summary>
public static class ProblemResults
{
    public static int Status(this ProblemKind kind) =>
        kind switch
        {
            ProblemKind.Invalid => StatusCodes.Status422UnprocessableEntity,
            ProblemKind.NotFound => StatusCodes.Status404NotFound,
            ProblemKind.Forbidden => StatusCodes.Status403Forbidden,
            ProblemKind.Conflict => StatusCodes.Status409Conflict,
            ProblemKind.NotNow => StatusCodes.Status503ServiceUnavailable,
            ProblemKind.TooOften => StatusCodes.Status429TooManyRequests,
            _ => StatusCodes.Status409Conflict,
        };

    /// <summary>RFC 9457 problem details, in English; pages translate, programs read the code.</summary>
    public static ProblemHttpResult ToApi(this Problem problem)
    {
        var details = new ProblemDetails
        {
            Type = $"urn:comity:problem:{problem.Code}",
            Title = problem.English(),
            Status = problem.Kind.Status(),
        };
        details.Extensions["code"] = problem.Code;
        details.Extensions["lost"] = problem.Lost;
        if (problem.Fields.Count > 0)
            details.Extensions["fields"] = problem.Fields;
        return TypedResults.Problem(details);
    }

    public static IResult ToApi<T>(this Outcome<T> outcome) =>
        outcome.Problem is { } problem ? problem.ToApi() : TypedResults.Ok(outcome.Value);

    /// <summary>Ends a request with a problem: a page for people where they asked for a page, else details for programs.</summary>
    public static Task AnswerAsync(this Problem problem, HttpContext context)
    {
        var onPage = context.GetEndpoint()?.Metadata.OfType<Way>().Contains(Way.Page) == true;
        return onPage && context.RequestServices.GetService<IProblemPage>() is { } page
            ? page.ShowAsync(context, problem)
            : problem.ToApi().ExecuteAsync(context);
    }

    /// <summary>The sentence with its values filled in.</summary>
    public static string English(this Problem problem) =>
        problem.Values.Aggregate(
            problem.Text,
            (text, v) =>
                text.Replace(
                    $"{{{v.Name}}}",
                    Convert.ToString(v.Value, CultureInfo.InvariantCulture),
                    StringComparison.Ordinal
                )
        );
}
