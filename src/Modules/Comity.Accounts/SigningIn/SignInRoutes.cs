using Comity.Accounts.Sessions;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Comity.Accounts.SigningIn;

/// <summary>The pages of signing in.</summary>
internal static class SignInRoutes
{
    private const string Why = "Whoever holds a one-time link has not signed in yet";

    public static void Map(ModuleRoutes routes)
    {
        routes.Pages.MapPost("/sign-in/{token}", PostAsync).Open(Why);
    }

    private static async Task<IResult> PostAsync(
        string token,
        HttpContext context,
        SignIn use,
        SessionCookie cookie,
        CancellationToken ct
    )
    {
        var begun = await use.UseAsync(token, context.Request.Headers.UserAgent.ToString(), ct);
        if (begun.Problem is { } problem)
            return problem.ToApi();
        cookie.Write(context, begun.Value.Id, begun.Value.Secret);
        return TypedResults.LocalRedirect("/");
    }
}
