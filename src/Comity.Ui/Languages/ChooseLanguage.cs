using Comity.Kernel.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Comity.Ui.Languages;

/// <summary>The reader chooses a language; the choice is kept in a cookie and in nothing else.</summary>
internal static class ChooseLanguage
{
    public const string Address = "/language";

    public static void Map(ModuleRoutes routes) =>
        routes
            .Pages.MapPost(Address, Handle)
            .Open("Everybody chooses the language in which they read")
            .ExcludeFromDescription();

    private static RedirectHttpResult Handle(
        [FromForm] string? language,
        [FromForm(Name = "return")] string? back,
        HttpContext context
    )
    {
        if (Language.Find(language) is { } chosen)
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
        return TypedResults.LocalRedirect(IsLocal(back) ? back! : "/");
    }

    /// <summary>A path on this node: never a scheme, never another host, no control characters.</summary>
    private static bool IsLocal(string? path) =>
        path is { Length: > 0 and < 2048 }
        && path[0] == '/'
        && (path.Length == 1 || path[1] is not ('/' or '\\'))
        && !path.Any(char.IsControl);
}
