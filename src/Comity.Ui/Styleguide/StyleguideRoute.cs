using Comity.Kernel.Modules;
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
            .Pages.MapGet("/styleguide/{language?}", Show)
            .Open("Shows invented examples, in development only")
            .ExcludeFromDescription();
    }

    private static RazorComponentResult<StyleguidePage> Show(bool? exercise) =>
        new(new { Exercise = exercise ?? false });
}
