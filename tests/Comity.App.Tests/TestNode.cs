using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Comity.App.Tests.Nodes;
using Comity.Kernel.Data;
using Comity.Kernel.Hosting;
using Comity.Kernel.Sealing;
using Comity.Kernel.Viewing;
using Comity.Node.Commands;
using Comity.Node.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests;

/// <summary>
/// A whole node in this process: the program's own composition on a data folder of its own, real sockets, a real
/// database. What a test changes of it stands in its <see cref="NodePlan"/> and nowhere else.
/// </summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly NodePlan _plan;
    private readonly TestStore _store;
    private WebApplication? _app;
    private bool _started;
    private NodeConnection? _operator;

    private TestNode(NodePlan plan, TestStore store, NodeOptions options)
    {
        _plan = plan;
        _store = store;
        Options = options;
    }

    public NodeOptions Options { get; private set; }

    public Uri Address => Options.BaseUrl;

    /// <summary>Where this instance listens; the same as the address where it is the only one.</summary>
    public Uri Door => new(Options.Listen[0]);

    /// <summary>The services of the running node.</summary>
    public IServiceProvider Services => Running.Services;

    /// <summary>The operator's own way in: <c>await node.Operator.PostJsonAsync("accounts/invite", …)</c>.</summary>
    public NodeConnection Operator => _operator ?? throw new InvalidOperationException("The node is stopped.");

    /// <summary>Everything that the node logged so far.</summary>
    public string Log
    {
        get
        {
            var folder = new DirectoryInfo(Path.Combine(Options.DataFolder, "log"));
            return folder.Exists ? string.Concat(folder.GetFiles().OrderBy(f => f.Name).Select(ReadShared)) : "";
        }
    }

    private WebApplication Running => _app ?? throw new InvalidOperationException("The node is stopped.");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Starts a node on an empty database; skips the test where the database is PostgreSQL and there is none.</summary>
    public static async Task<TestNode> StartAsync(Store store, NodePlan? plan = null)
    {
        var made = await TestStore.CreateAsync(store, Ct);
        return (await StartAsync(plan ?? new NodePlan(), [made]))[0];
    }

    /// <summary>Starts two instances of one node at the same moment, on one empty database of PostgreSQL.</summary>
    public static async Task<(TestNode One, TestNode Other)> StartTwoAsync(NodePlan? plan = null)
    {
        var made = await TestStore.CreateAsync(Store.Postgres, Ct);
        var both = await StartAsync(plan ?? new NodePlan(), [made, made.Beside()]);
        return (both[0], both[1]);
    }

    private static async Task<IReadOnlyList<TestNode>> StartAsync(NodePlan plan, IReadOnlyList<TestStore> stores)
    {
        // A port that is free now may be taken a moment later; then another one is.
        for (var attempt = 1; ; attempt++)
        {
            var first = Lay(plan, stores[0], like: null);
            var further = stores.Skip(1).Select(s => new TestNode(plan, s, Lay(plan, s, first)));
            TestNode[] nodes = [new TestNode(plan, stores[0], first), .. further];
            try
            {
                await Task.WhenAll(nodes.Select(n => n.StartAsync()));
                return nodes;
            }
            catch (IOException) when (attempt < 5)
            {
                foreach (var node in nodes)
                    await node.StopAsync();
            }
            catch
            {
                foreach (var node in nodes.Reverse())
                    await node.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>Reads the database on behalf of the whole node.</summary>
    public AppDb OpenDatabase() => OpenDatabase(Viewer.System("test"));

    public AppDb OpenDatabase(Viewer viewer) => Services.GetRequiredService<AppDbFactory>().Open(viewer);

    /// <summary>Has the operator invite a person.</summary>
    /// <returns>The path of the one-time link, <c>/sign-in/…</c>.</returns>
    public async Task<string> InviteAsync(string name, string office = "QM/technical", params string[] roles)
    {
        var body = new JsonObject
        {
            ["name"] = name,
            ["offices"] = new JsonArray(office),
            ["roles"] = new JsonArray([.. (roles.Length == 0 ? ["analyst"] : roles).Select(r => (JsonNode)r)]),
        };
        var answer = await Operator.PostJsonAsync("accounts/invite", body, Ct);
        return new Uri((string)answer["link"]!).AbsolutePath;
    }

    /// <summary>Invites a person and signs them in.</summary>
    /// <returns>Their browser.</returns>
    public async Task<Browser> SignInAsync(string name, string office = "QM/technical", params string[] roles)
    {
        var link = await InviteAsync(name, office, roles);
        var browser = Browse();
        var page = await browser.GoAsync(link);
        var after = await browser.SubmitAsync(page, link);
        Assert.NotEqual(link, after.Path);
        return browser;
    }

    /// <summary>A browser in which nobody has signed in.</summary>
    public Browser Browse() => new(Door);

    /// <summary>Starts the node again on what it left behind.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async Task StopAsync()
    {
        if (_operator is not null)
            await _operator.DisposeAsync();
        _operator = null;
        if (_app is not null)
        {
            if (_started)
                await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }
        _app = null;
        _started = false;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        // Faults of the node, for whoever reads why a test failed.
        if (Log.Contains(" ERR ", StringComparison.Ordinal))
            TestContext.Current.TestOutputHelper?.WriteLine(Log);
        await _store.DisposeAsync();
    }

    private async Task StartAsync()
    {
        File.Delete(Options.SocketPath);
        _app = NodeHost.Build(Options, _plan.Rooms, NodeMode.Serving, Options.SocketPath, _plan.Apply(Options));
        // The migrations are those of the whole program; fewer rooms have a smaller model.
        if (ReferenceEquals(_plan.Rooms, Comity.Node.Rooms.Catalog))
            await NodeHost.MigrateAsync(_app, Ct);
        else
            await using (var db = OpenDatabase(Viewer.System("migration")))
                await Services.GetRequiredService<IDatabase>().AloneAsync(ct => db.Database.EnsureCreatedAsync(ct), Ct);
        await NodeHost.StartAsync(_app, Ct);
        _started = true;
        _operator = await NodeConnection.OpenAsync(Options, _plan.Rooms, Ct);
    }

    private static NodeOptions Lay(NodePlan plan, TestStore store, NodeOptions? like)
    {
        var listens = new Uri($"http://{plan.Host}:{FreePort()}");
        var options = new NodeOptions
        {
            DataFolder = store.Folder,
            BaseUrl = like?.BaseUrl ?? listens,
            Listen = [listens.GetLeftPart(UriPartial.Authority)],
            Database = store.ConnectionString,
            TrustedProxies = plan.TrustedProxies,
        };
        options.Save();
        if (like is not null)
            File.Copy(like.MasterKeyPath, options.MasterKeyPath, overwrite: true);
        else if (!File.Exists(options.MasterKeyPath))
            MasterKey.Create(options.MasterKeyPath).Dispose();
        return options;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string ReadShared(FileInfo log)
    {
        using var file = new FileStream(log.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
