using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Comity.Kernel.Modules;

/// <summary>Metadata: an answer that may be made smaller on its way, because nobody chooses what stands in it.</summary>
public sealed record Compressed;

/// <summary>
/// Which answers are compressed. The size of a compressed answer tells whoever watches the line whether something that
/// they had repeated in it stands in it elsewhere too (BREACH). So none is, unless its route says that its path is
/// fixed and what it holds is public; and one that was asked for with a query, which a page repeats, never is.
/// </summary>
public static class RouteCompression
{
    /// <summary>Only for a route without a free part in its path.</summary>
    public static TBuilder Compressed<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Compressed());

    public static bool MayBeCompressed(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.GetEndpoint()?.Metadata.GetMetadata<Compressed>() is not null
            && !context.Request.QueryString.HasValue
            && HttpMethods.IsGet(context.Request.Method);
    }
}
