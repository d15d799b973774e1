using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Comity.Ui.Languages;

/// <summary>
/// The language in the address of a public page: <c>/ar/states</c> beside <c>/states</c>, so that a link keeps its
/// language for whoever follows it.
/// </summary>
public static class AddressLanguage
{
    /// <summary>Name of the part of a route that holds the code of a language, and of the constraint on it.</summary>
    public const string Key = "language";

    /// <summary>
    /// Where a public page is mapped: without a language, which is then the reader's, and in each of the six.
    /// </summary>
    public static IEnumerable<RouteGroupBuilder> InEveryLanguage(this RouteGroupBuilder pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        return
        [
            pages.MapGroup("").WithMetadata(new SaidInEveryLanguage()),
            pages.MapGroup($"/{{{Key}:{Key}}}").WithMetadata(new SaidInEveryLanguage()),
        ];
    }

    /// <summary>An address on the same node that keeps the language of the page from which it leads: <c>/ar</c> and the path, or the path.</summary>
    public static string Beside(HttpContext? page, string path) =>
        page?.GetRouteValue(Key) is string code && Language.Find(code) is { } language
            ? $"/{language.Code}{path}"
            : path;

    /// <summary>A path of this node in another language, where the path names one; otherwise as it is.</summary>
    internal static string In(Language language, string path) =>
        Language.All.FirstOrDefault(l => path.StartsWith($"/{l.Code}/", StringComparison.OrdinalIgnoreCase))
            is { } before
            ? $"/{language.Code}{path[(before.Code.Length + 1)..]}"
            : path;

    /// <summary>The path of a page without its language; null for a page that is not public.</summary>
    internal static PathString? Bare(HttpContext? page)
    {
        if (page?.GetEndpoint()?.Metadata.GetMetadata<SaidInEveryLanguage>() is null)
            return null;
        return
            page.GetRouteValue(Key) is string code
            && page.Request.Path.StartsWithSegments($"/{code}", StringComparison.OrdinalIgnoreCase, out var rest)
            ? rest
            : page.Request.Path;
    }

    /// <summary>Metadata: the page has an address in each language.</summary>
    private sealed class SaidInEveryLanguage;
}

/// <summary>Lets only the code of one of the six languages stand in an address.</summary>
internal sealed class LanguageConstraint : IRouteConstraint
{
    public bool Match(
        HttpContext? httpContext,
        IRouter? route,
        string routeKey,
        RouteValueDictionary values,
        RouteDirection routeDirection
    ) => values.TryGetValue(routeKey, out var code) && Language.Find(code as string) is not null;
}
