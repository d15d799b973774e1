using Comity.Kernel.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Comity.Ui.Assets;

/// <summary>Serves style sheets and scripts, to be kept for ever.</summary>
internal static class AssetRoute
{
    public static void Map(ModuleRoutes routes) =>
        routes
            .Pages.MapGet("/assets/{file}", Serve)
            .Open("Style sheets and scripts are the same for everybody and hold no data")
            .ExcludeFromDescription();

    private static IResult Serve(string file, AssetCatalog assets, HttpContext context)
    {
        if (assets.Find($"/assets/{file}") is not { } asset)
            return TypedResults.NotFound();
        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        if (!AcceptsBrotli(context.Request))
            return TypedResults.Bytes(asset.Plain, asset.Type);
        headers.ContentEncoding = "br";
        return TypedResults.Bytes(asset.Brotli, asset.Type);
    }

    private static bool AcceptsBrotli(HttpRequest request) =>
        request.Headers.AcceptEncoding.ToString().Split(',').Any(coding => coding.Trim() == "br");
}
