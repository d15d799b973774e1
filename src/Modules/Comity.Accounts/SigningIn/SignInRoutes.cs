using System.ComponentModel.DataAnnotations;
using Comity.Accounts.Sessions;
using Comity.Kernel.Forms;
using Comity.Kernel.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Comity.Accounts.SigningIn;

/// <summary>What the button of an invitation sends.</summary>
internal sealed record UseLink([property: MaxLength(2048)] string? Return);

/// <summary>The pages of signing in.</summary>
internal static class SignInRoutes
{
    private const string Why = "Whoever holds a one-time link has not signed in yet";

    public static void Map(ModuleRoutes routes)
    {
        routes
            .Pages.MapGet("/sign-in", () => new RazorComponentResult<SignInPage>())
            .Open("Says how to get a link, and nothing else");
        routes.Pages.MapGet("/sign-in/{token}", LookAsync).Open(Why).RequireRateLimiting(SignInLimit.Policy);
        routes.Pages.MapPost("/sign-in/{token}", PostAsync).Open(Why).RequireRateLimiting(SignInLimit.Policy);
    }

    // Opening changes nothing: mail programs and their scanners open links too.
    private static async Task<IResult> LookAsync(
        string token,
        string? @return,
        HttpContext context,
        SignIn use,
        CancellationToken ct
    )
    {
        Keep(context);
        var found = await use.LookAsync(token, ct);
        return found.IsDone ? Page(found.Value, token, LocalPath.Or(@return, null)) : BadLink();
    }

    private static async Task<IResult> PostAsync(
        string token,
        Form<UseLink> form,
        HttpContext context,
        SignIn use,
        EndSession end,
        SessionCookie cookie,
        CancellationToken ct
    )
    {
        Keep(context);
        if (!form.IsValid)
        {
            var found = await use.LookAsync(token, ct);
            return found.IsDone ? Page(found.Value, token, LocalPath.Or(form["return"], null), form) : BadLink();
        }
        var begun = await use.UseAsync(token, context.Request.Headers.UserAgent.ToString(), ct);
        if (!begun.IsDone)
            return BadLink();
        // Whoever signs in on top of a session leaves that one; a new one never takes over an old id or secret.
        if (cookie.Read(context) is { } before)
            await end.HandleAsync(before.Id, ct);
        cookie.Write(context, begun.Value.Id, begun.Value.Secret);
        return TypedResults.LocalRedirect(LocalPath.Or(form.Value.Return, "/")!);
    }

    private static RazorComponentResult<InvitationPage> Page(
        InvitedPerson person,
        string token,
        string? back,
        IForm? form = null
    ) =>
        new(
            new
            {
                person.Name,
                person.Offices,
                Action = "/sign-in/" + token,
                Return = back,
                Form = form,
            }
        )
        {
            StatusCode = form is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        };

    private static RazorComponentResult<BadLinkPage> BadLink() => new() { StatusCode = StatusCodes.Status404NotFound };

    // The address holds a secret until it is used.
    private static void Keep(HttpContext context) => context.Response.Headers.CacheControl = "no-store";
}
