using Comity.Exchange.Acknowledging;
using Comity.Exchange.Alarming;
using Comity.Exchange.Reading;
using Comity.Kernel.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Comity.Exchange;

/// <summary>The pages of this room.</summary>
internal static class PageRoutes
{
    public static void Map(ModuleRoutes routes)
    {
        var pages = routes.Pages.MapGroup("").AddEndpointFilter(KeptNowhereAsync).ExcludeFromDescription();
        ReadPages.Map(pages);
        AcknowledgePages.Map(pages);
        AlarmRoutes.MapPages(pages);
        Downloads.Map(pages);
    }

    // What is sealed at rest must not lie open in the cache of a browser or of something on the way.
    private static ValueTask<object?> KeptNowhereAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    )
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(context);
    }
}
