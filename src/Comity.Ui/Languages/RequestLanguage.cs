using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Comity.Ui.Languages;

/// <summary>Which language a request is answered in: that of the address, else the reader's own choice, else the browser's, else English.</summary>
public static class RequestLanguage
{
    /// <summary>Cookie with the language chosen on the page.</summary>
    public const string Cookie = "lang";

    /// <summary>Cookie with the browser's time zone, an IANA name, set by the script where there is one.</summary>
    public const string ZoneCookie = "zone";

    private const int MostPreferences = 20;

    public static Language Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.HttpContext.Items[typeof(Language)] as Language
            ?? Language.Find(request.Cookies[Cookie])
            ?? Negotiate(request)
            ?? Language.English;
    }

    /// <summary>The address decides, for pages whose link keeps its language (<c>/ar/…</c>); call it before the page is made.</summary>
    internal static void Set(HttpContext context, Language language)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Items[typeof(Language)] = language;
    }

    /// <summary>The zone that the browser named, if this machine knows it.</summary>
    public static TimeZoneInfo? ZoneOf(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return
            request.Cookies[ZoneCookie] is { Length: > 0 and < 64 } id
            && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? zone
            : null;
    }

    private static Language? Negotiate(HttpRequest request)
    {
        if (
            !StringWithQualityHeaderValue.TryParseList(
                request.Headers.AcceptLanguage.Take(MostPreferences).ToArray()!,
                out var wanted
            )
        )
            return null;
        return wanted
            .Take(MostPreferences)
            .Where(w => w.Quality is not 0)
            .OrderByDescending(w => w.Quality ?? 1)
            .Select(w => Language.Find(w.Value.Value?.Split('-')[0]))
            .FirstOrDefault(l => l is not null);
    }
}
