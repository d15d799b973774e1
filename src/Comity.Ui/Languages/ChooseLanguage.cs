using Comity.Kernel.Forms;
using Comity.Kernel.Modules;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Comity.Ui.Languages;

/// <summary>The reader chooses a language; the choice is kept in a cookie and in nothing else.</summary>
internal static class ChooseLanguage
{
    public const string Address = "/language";

    public static void Map(ModuleRoutes routes) =>
        routes
            .Pages.MapPost(Address, HandleAsync)
            .Open("Everybody chooses the language in which they read")
            .WithMetadata(new ShowsFormAgain())
            .ExcludeFromDescription();

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<LanguageRefused>>> HandleAsync(
        HttpContext context,
        CancellationToken ct
    )
    {
        var fresh = context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true };
        context.Features.Set<IAntiforgeryValidationFeature>(null);
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(ct) : FormCollection.Empty;
        var back = IsLocal(form["return"]) ? form["return"].ToString() : "/";
        if (!fresh)
            return new RazorComponentResult<LanguageRefused>(new { Back = back })
            {
                StatusCode = StatusCodes.Status422UnprocessableEntity,
            };
        if (Language.Find(form["language"]) is not { } chosen)
            return TypedResults.LocalRedirect(back);
        Remember(context, chosen);
        // Else a page that names its language in its address would come back in the one before.
        return TypedResults.LocalRedirect(AddressLanguage.In(chosen, back));
    }

    private static void Remember(HttpContext context, Language chosen) =>
        context.Response.Cookies.Append(
            RequestLanguage.Cookie,
            chosen.Code,
            new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                MaxAge = TimeSpan.FromDays(365),
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
            }
        );

    /// <summary>A path on this node: never a scheme, never another host, no control characters.</summary>
    private static bool IsLocal(string? path) =>
        path is { Length: > 0 and < 2048 }
        && path[0] == '/'
        && (path.Length == 1 || path[1] is not ('/' or '\\'))
        && !path.Any(char.IsControl);
}
