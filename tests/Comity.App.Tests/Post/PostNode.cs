using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Comity.Data.Sqlite;
using Comity.Kernel.Data;
using Comity.Kernel.Hosting;
using Comity.Kernel.Keys;
using Comity.Kernel.Modules;
using Comity.Kernel.Sealing;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Comity.Post;
using Comity.Post.Quotas;
using Comity.Protocol;
using Comity.Protocol.Signing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Comity.App.Tests.Post;

/// <summary>
/// A node that has nothing but its post: kernel, SQLite, a real port on loopback. What other modules would say is said
/// by the test.
/// </summary>
internal sealed class PostNode : IPeers, IEnvelopeReceiver, IParcelSink, IAsyncDisposable
{
    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("comity-post-").FullName;
    private WebApplication? app;

    public PostNode()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        listener.Dispose();
        Url = new Uri(FormattableString.Invariant($"http://qn.localhost:{port}/"));
        MasterKey.Create(Path.Combine(folder, "master.key")).Dispose();
    }

    public Uri Url { get; }

    public NodeKey Key { get; } = NodeKey.Create();

    public Dictionary<NodePublicKey, Uri> Known { get; } = [];

    /// <summary>What came in, in the order of its coming.</summary>
    public ConcurrentQueue<byte[]> Came { get; } = new();

    /// <summary>What was heard of parcels, only where its transaction was committed.</summary>
    public ConcurrentQueue<ParcelNews> News { get; } = new();

    public QuotaSettings Quotas { get; set; } = new();

    /// <summary>The clock by which it does everything but answer: the Date of an answer is that of the machine.</summary>
    public ShiftedClock Clock { get; } = new();

    public Func<byte[], Reception> Answer { get; set; } = octets => new Reception.Accepted(ReceiptFor(octets));

    public Func<byte[], bool> IsReceipt { get; set; } = _ => true;

    /// <summary>Whether what waited may go as it is.</summary>
    public Func<bool> MayStillGo { get; set; } = () => true;

    /// <summary>References of what was taken back.</summary>
    public ConcurrentQueue<string> Withdrawn { get; } = new();

    public string Name => "test";

    public IServiceProvider Services => app!.Services;

    /// <summary>Somebody at this node's own door.</summary>
    public HttpClient Client()
    {
        var client = Services.GetRequiredService<IHttpClientFactory>().CreateClient(PostModule.PeerClientName);
        client.BaseAddress = Url;
        return client;
    }

    public static byte[] ReceiptFor(byte[] octets) => Digest.Of(octets).ToOctets();

    public async Task<PostNode> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(FormattableString.Invariant($"http://127.0.0.1:{Url.Port}"));
        var options = new NodeOptions { DataFolder = folder, BaseUrl = Url };
        var catalog = new ModuleCatalog([new PostModule()]);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddKernel(options, catalog, new SqliteDatabase(options.SqlitePath), working: true);
        builder.Services.AddSingleton<IPeers>(this).AddSingleton<IEnvelopeReceiver>(this);
        builder.Services.AddSingleton<IParcelSink>(this).AddSingleton(Quotas);
        app = builder.Build();
        await using (var db = app.Services.GetRequiredService<AppDbFactory>().Open(Viewer.System("test")))
        {
            await db.Database.EnsureCreatedAsync();
        }

        await WriteAsync(
            async (db, token) =>
            {
                if (!await db.Set<HeldKey>().AnyAsync(token))
                {
                    var until = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);
                    db.Add(Services.GetRequiredService<KeyStore>().Hold(Key, Url.AbsoluteUri, until));
                }
            }
        );
        var routes = ModuleRoutes.On(app);
        foreach (var module in catalog.Modules)
        {
            module.Map(routes);
        }

        await app.StartAsync();
        return this;
    }

    public async Task StopAsync()
    {
        await app!.StopAsync();
        await app.DisposeAsync();
    }

    public Task WriteAsync(Func<AppDb, CancellationToken, Task> work) =>
        Services.GetRequiredService<WriteGate>().WriteAsync(Viewer.System("test"), work, CancellationToken.None);

    public Task PostAsync(PostNode to, byte[] octets, string reference, ParcelRoute route = ParcelRoute.Inbox) =>
        WriteAsync(
            (db, token) =>
                Services
                    .GetRequiredService<PostCommands>()
                    .PostAsync(db, new(Name, reference, to.Url, route, octets), token)
        );

    public async Task<T> AskAsync<T>(Func<PostQueries, Task<T>> question)
    {
        await using var scope = Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<PostQueries>());
    }

    /// <summary>Waits for something that happens in another process or thread; a minute is for slow machines.</summary>
    public static async Task UntilAsync(Func<Task<bool>> happened)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await happened())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    public Task UntilNewsAsync(int count) => UntilAsync(() => Task.FromResult(News.Count >= count));

    public ValueTask<Peer?> FindAsync(NodePublicKey key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            Known.TryGetValue(key, out var node)
                ? new Peer(
                    key,
                    [
                        ParticipantCode.Parse(
                            node.Host.EndsWith(".example", StringComparison.Ordinal)
                                ? node.Host[..2].ToUpperInvariant()
                                : "QM"
                        ),
                    ],
                    new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc),
                    node
                )
                : null
        );

    public Task<Reception> ReceiveEnvelopeAsync(
        ReadOnlyMemory<byte> envelope,
        Peer sender,
        CancellationToken cancellationToken
    )
    {
        Came.Enqueue(envelope.ToArray());
        return Task.FromResult(Answer(envelope.ToArray()));
    }

    public Task<Reception> ReceiveReturnAsync(
        ReadOnlyMemory<byte> document,
        Peer sender,
        CancellationToken cancellationToken
    )
    {
        Came.Enqueue(document.ToArray());
        return Task.FromResult<Reception>(new Reception.Accepted(default));
    }

    public Task<bool> MayStillGoAsync(string reference, Uri node, CancellationToken cancellationToken) =>
        Task.FromResult(MayStillGo());

    public Task ParcelWithdrawnAsync(AppDb db, string reference, CancellationToken cancellationToken)
    {
        db.AfterCommit(() => Withdrawn.Enqueue(reference));
        return Task.CompletedTask;
    }

    public Task<bool> IsReceiptAsync(
        string reference,
        ReadOnlyMemory<byte> receipt,
        CancellationToken cancellationToken
    ) => Task.FromResult(IsReceipt(receipt.ToArray()));

    public Task ParcelMovedAsync(AppDb db, ParcelNews news, CancellationToken cancellationToken)
    {
        db.AfterCommit(() => News.Enqueue(news));
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        Key.Dispose();
        SqliteConnection.ClearAllPools();
        System.IO.Directory.Delete(folder, recursive: true);
    }
}
