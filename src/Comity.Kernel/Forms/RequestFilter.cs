using System.Text.Json;
using Comity.Kernel.Outcomes;
using Microsoft.AspNetCore.Http;

namespace Comity.Kernel.Forms;

/// <summary>Holds what a program posts to the same rules as what a person types.</summary>
internal sealed class RequestFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
        {
            if (argument is null || !IsRequest(argument.GetType()))
                continue;
            var broken = RequestRules.Broken(argument);
            if (broken.Count > 0)
                return ValueTask.FromResult<object?>(Refusal(broken).ToApi());
        }
        return next(context);
    }

    // Requests are records of the modules; services, contexts and ids are none.
    private static bool IsRequest(Type type) =>
        type.IsClass
        && type.Namespace?.StartsWith("Comity.", StringComparison.Ordinal) == true
        && type.GetMethod("<Clone>$") is not null;

    private static Problem Refusal(IReadOnlyDictionary<string, string> broken) =>
        Problem.Invalid(
            "kernel.request-not-right",
            "Something in the request is not right. Nothing was done.",
            broken.ToDictionary(
                b => JsonNamingPolicy.CamelCase.ConvertName(b.Key),
                b => b.Value,
                StringComparer.Ordinal
            )
        );
}
