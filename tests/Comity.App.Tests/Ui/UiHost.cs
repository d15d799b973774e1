using Comity.Kernel.Modules;
using Comity.Kernel.Viewing;
using Comity.Ui;
using Comity.Ui.Styleguide;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Comity.App.Tests.Ui;

/// <summary>The interface alone, without any module.</summary>
internal static class UiHost
{
    public static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        var modules = new ModuleCatalog([]);
        builder.Services.AddSingleton(modules).AddScoped<CurrentViewer>().AddUi(modules).AddAntiforgery();
        var app = builder.Build();
        app.UseRouting();
        app.UseUi();
        app.UseAntiforgery();
        var routes = ModuleRoutes.On(app);
        app.MapUi(routes);
        routes.MapStyleguide();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
