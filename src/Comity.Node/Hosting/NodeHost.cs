using Comity.Data.Postgres;
using Comity.Data.Sqlite;
using Comity.Kernel.Data;
using Comity.Kernel.Forms;
using Comity.Kernel.Hosting;
using Comity.Kernel.Modules;
using Comity.Kernel.Viewing;
using Comity.Ui;
using Comity.Ui.Styleguide;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Serilog;

namespace Comity.Node.Hosting;

/// <summary>How much of a node is started.</summary>
internal enum NodeMode
{
    /// <summary>Everything: addresses, socket, work.</summary>
    Serving,

    /// <summary>Only the operator's socket under a private name, for one command while no node runs.</summary>
    OneCommand,
}

/// <summary>Builds a node as a web application.</summary>
internal static class NodeHost
{
    private const long MostBytesOfARequest = 70L << 20;

    /// <param name="options">Address, data folder, database.</param>
    /// <param name="modules">The rooms of this program.</param>
    /// <param name="mode">How much of it is started.</param>
    /// <param name="socket">Where its operator is heard.</param>
    /// <param name="instead">Puts something in place of a service: a clock that a test moves.</param>
    public static WebApplication Build(
        NodeOptions options,
        ModuleCatalog modules,
        NodeMode mode,
        string socket,
        Action<IServiceCollection>? instead = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ApplicationName = "comity", ContentRootPath = AppContext.BaseDirectory }
        );
        builder.Configuration.Sources.Clear();
        // Not the process-wide logger: several nodes may live in one process, each with its own log.
        builder.Services.AddSerilog(log => NodeLog.Configure(log, options, mode), preserveStaticLogger: true);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options, mode, socket));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddKernel(options, modules, Database(options), working: mode == NodeMode.Serving);
        builder.Services.AddUi(modules);
        builder.Services.AddAntiforgery(o => o.Cookie = new FormCookie(options));
        builder.Services.AddOpenApi();
        builder.Services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.MimeTypes = ["text/html", "text/csv", "application/json"];
        });
        instead?.Invoke(builder.Services);
        return Pipeline(builder.Build(), options, modules);
    }

    public static IDatabase Database(NodeOptions options) =>
        options.Database is { } postgres ? new PostgresDatabase(postgres) : new SqliteDatabase(options.SqlitePath);

    /// <summary>
    /// Brings the schema up to date and opens the ring of cookie keys; the caller holds the lock of the data folder. Of
    /// several instances one does so after the other, so that all have one schema and one ring.
    /// </summary>
    public static async Task MigrateAsync(WebApplication app, CancellationToken ct)
    {
        await using var db = app.Services.GetRequiredService<AppDbFactory>().Open(Viewer.System("migration"));
        var database = app.Services.GetRequiredService<IDatabase>();
        await database.AloneAsync(
            async token =>
            {
                await database.MigrateAsync(db, token);
                // Makes the first key where there is none; with another master key it fails, before anything is served.
                app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("start").Protect([]);
            },
            ct
        );
    }

    /// <summary>Starts it, and lets it run only when every route declares its permission.</summary>
    public static async Task StartAsync(WebApplication app, CancellationToken ct)
    {
        await app.StartAsync(ct);
        // Now, because building every route once more, only to look at it, would cost a third of a second.
        var undeclared = RoutePermissions.Undeclared(app.Services.GetRequiredService<EndpointDataSource>().Endpoints);
        if (undeclared.Count > 0)
            throw new InvalidOperationException(
                "Routes without a declared permission: " + string.Join(", ", undeclared)
            );
    }

    private static WebApplication Pipeline(WebApplication app, NodeOptions options, ModuleCatalog modules)
    {
        app.UseTrustedProxies(options);
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<Faults>();
        app.UseRouting();
        app.UseWhen(RouteCompression.MayBeCompressed, answers => answers.UseResponseCompression());
        app.UseUi();
        foreach (var module in modules.Modules)
            module.Use(app);
        app.UseMiddleware<PermissionGate>();
        app.UseAntiforgery();
        app.UseMiddleware<FormTokenGate>();
        var routes = ModuleRoutes.On(app);
        app.MapUi(routes);
        app.MapOpenApi().Open("The description of the API names no data");
        foreach (var module in modules.Modules)
            module.Map(routes);
        if (Environment.GetEnvironmentVariable("COMITY_DEVELOPMENT") is "1")
            routes.MapStyleguide();
        StartPage.Map(routes);
        Doctor.Map(routes);
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, NodeOptions options, NodeMode mode, string socket)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MostBytesOfARequest;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.ListenUnixSocket(
            socket,
            listen =>
                listen.Use(next =>
                    connection =>
                    {
                        connection.Features.Get<IConnectionItemsFeature>()!.Items[OperatorConnection.Key] = true;
                        return next(connection);
                    }
                )
        );
        if (mode != NodeMode.Serving)
            return;
        foreach (var address in options.Listen)
            ListenOn(kestrel, new Uri(address));
    }

    private static void ListenOn(KestrelServerOptions kestrel, Uri address)
    {
        void Secure(ListenOptions listen)
        {
            if (address.Scheme != Uri.UriSchemeHttps)
                return;
            var certificate = kestrel.ApplicationServices.GetRequiredService<NodeCertificate>();
            listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => certificate.Current());
        }
        if (address.IsLoopback || address.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
            kestrel.ListenLocalhost(address.Port, Secure);
        else if (System.Net.IPAddress.TryParse(address.Host, out var ip))
            kestrel.Listen(ip, address.Port, Secure);
        else
            kestrel.ListenAnyIP(address.Port, Secure);
    }
}
