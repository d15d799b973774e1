using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Comity.Ui.Assets;
using Comity.Ui.Languages;
using Comity.Ui.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Localization;

namespace Comity.Ui;

/// <summary>Registers and maps what every page needs: words, layout, style sheet, language switch.</summary>
public static class UiServices
{
    public static IServiceCollection AddUi(this IServiceCollection services, ModuleCatalog modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        var assemblies = modules.Modules.Select(m => m.Assembly).Prepend(typeof(UiServices).Assembly).ToList();
        services.AddRazorComponents();
        // Arabic, Chinese and Russian letters as they are, not as numbers four times as long; <, >, &, quotes as ever.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddHttpContextAccessor();
        services.Configure<RouteOptions>(o => o.SetParameterPolicy<LanguageConstraint>(AddressLanguage.Key));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new Catalogs(assemblies));
        services.AddSingleton(new AssetCatalog(assemblies));
        services.AddSingleton<TextsLocalizer>();
        services.AddSingleton<IStringLocalizer>(s => s.GetRequiredService<TextsLocalizer>());
        services.AddSingleton<IStringLocalizerFactory>(s => s.GetRequiredService<TextsLocalizer>());
        services.AddScoped(TextsOfRequest);
        services.AddScoped<Letterhead>();
        services.AddSingleton<IProblemPage, ProblemPages>();
        return services;
    }

    /// <summary>
    /// The language of the request for the framework's messages. The culture of formats stays invariant: what goes
    /// into attributes and addresses is for machines, and people's formats are chosen by name through
    /// <see cref="Texts"/>.
    /// </summary>
    public static IApplicationBuilder UseUi(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
                // Now, before anybody asks for the words of this request.
                if (Language.Find(context.GetRouteValue(AddressLanguage.Key) as string) is { } named)
                    RequestLanguage.Set(context, named);
                CultureInfo.CurrentUICulture = RequestLanguage.Of(context.Request).Culture;
                return next(context);
            }
        );

    /// <summary>Maps the language switch and the files that pages refer to.</summary>
    public static void MapUi(this IApplicationBuilder app, ModuleRoutes routes)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(routes);
        ChooseLanguage.Map(routes);
        AssetRoute.Map(routes);
    }

    private static Texts TextsOfRequest(IServiceProvider services)
    {
        var catalogs = services.GetRequiredService<Catalogs>();
        return services.GetRequiredService<IHttpContextAccessor>().HttpContext is { Request: var request }
            ? catalogs.For(RequestLanguage.Of(request), RequestLanguage.ZoneOf(request))
            : catalogs.For(Language.English);
    }
}
