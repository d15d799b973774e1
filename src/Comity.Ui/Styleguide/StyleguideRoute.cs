using Comity.Kernel.Modules;
using Comity.Ui.Languages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Comity.Ui.Styleguide;

/// <summary>The page with every component; mapped in development only, it holds no data.</summary>
public static class StyleguideRoute
{
    public static void MapStyleguide(this ModuleRoutes routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        routes
            .Pages.MapGet("/styleguide/{code?}", Show)
            .Open("Shows invented examples, in development only")
            .ExcludeFromDescription();
    }

    private static RazorComponentResult<StyleguidePage> Show(string? code, bool? exercise, HttpContext context)
    {
        if (Language.Find(code) is { } language)
            RequestLanguage.Set(context, language);
        return new RazorComponentResult<StyleguidePage>(new { Exercise = exercise ?? false });
    }
}
