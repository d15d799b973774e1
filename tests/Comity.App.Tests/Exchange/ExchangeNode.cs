using Comity.Data.Postgres;
using Comity.Data.Sqlite;
using Comity.Directory;
using Comity.Directory.Managing;
using Comity.Directory.SettingUp;
using Comity.Exchange;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Hosting;
using Comity.Kernel.Modules;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Sealing;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Kernel.Writing;
using Comity.Post;
using Comity.Protocol;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Comity.App.Tests.Exchange;

/// <summary>A node without web server: what it does by itself is done when the test says so, by a clock of its own.</summary>
internal sealed class ExchangeNode : IAsyncDisposable
{
    public const string Passphrase = "only for this test";
    private static readonly Viewer System = Viewer.System("test");
    private readonly string? _shared;
    private ServiceProvider _services;

    private ExchangeNode(string code, FakeTimeProvider clock, string? shared, ExchangeNode? like = null)
    {
        Code = code;
        Clock = clock;
        _shared = shared;
        Folder = global::System.IO.Directory.CreateTempSubdirectory("comity-exchange-").FullName;
        var key = Path.Combine(Folder, "master.key");
        if (like is null)
            MasterKey.Create(key).Dispose();
        else
            File.Copy(Path.Combine(like.Folder, "master.key"), key);
        _services = Build();
    }

    /// <summary>Another instance of the same node, on the same database, by the same clock.</summary>
    public ExchangeNode Beside() => new(Code, Clock, _shared, this) { Made = Made };

    private ServiceProvider Build()
    {
        var options = new NodeOptions
        {
            DataFolder = Folder,
            BaseUrl = new Uri($"http://{Code.ToLowerInvariant()}.localhost:9/"),
        };
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<TimeProvider>(Clock);
        var catalog = new ModuleCatalog([new PostModule(), new DirectoryModule(), new ExchangeModule()]);
        IDatabase database = _shared is null ? new SqliteDatabase(options.SqlitePath) : new PostgresDatabase(_shared);
        services.AddKernel(options, catalog, database, working: false);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    /// <summary>A copy of everything as it stands now.</summary>
    public async Task<string> BackUpAsync()
    {
        var file = Path.Combine(Folder, $"{Ids.New(Clock):N}.copy");
        await Get<IDatabase>().CopyAsync(file, default);
        return file;
    }

    /// <summary>Forgets everything since a copy was made.</summary>
    public async Task RestoreAsync(string copy)
    {
        var file = Path.Combine(Folder, "comity.db");
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        foreach (var part in new[] { file, file + "-wal", file + "-shm" })
            File.Delete(part);
        File.Copy(copy, file);
        _services = Build();
    }

    public string Code { get; }

    public FakeTimeProvider Clock { get; }

    public string Folder { get; }

    /// <summary>What was made at set-up, the participant key included.</summary>
    public NodeSetUp Made { get; private set; } = null!;

    public OfficeName Technical => OfficeName.Parse($"{Code}/technical");

    /// <param name="code">Its participant.</param>
    /// <param name="now">Where its clock begins.</param>
    /// <param name="mail">The mail address of its technical office, if not its own.</param>
    /// <param name="shared">An empty database of PostgreSQL; null means SQLite.</param>
    public static async Task<ExchangeNode> SetUpAsync(
        string code,
        DateTimeOffset now,
        string? mail = null,
        string? shared = null
    )
    {
        var node = new ExchangeNode(code, new FakeTimeProvider(now), shared);
        await using (var db = node.Open())
            await db.Database.EnsureCreatedAsync();
        // Each node manages a directory of its own, into which the test admits the other: nothing needs a network.
        var request = new SetUpNode(
            code,
            new() { ["en"] = $"State of {code}" },
            [
                new("technical", "technical", mail ?? $"technical@{code.ToLowerInvariant()}.example"),
                new("policy", "policy", $"policy@{code.ToLowerInvariant()}.example"),
            ],
            Passphrase,
            Manager: true,
            RootThreshold: 1,
            RootKeys: 1
        );
        node.Made = Done(
            await node.AskAsync<SetUpHandler, Outcome<NodeSetUp>>(h => h.HandleAsync(request, System, default))
        );
        return node;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public AppDb Open() => Get<AppDbFactory>().Open(System);

    public Task WriteAsync(Func<AppDb, Task> work) => Get<WriteGate>().WriteAsync(System, (db, _) => work(db), default);

    /// <summary>Asks a service as a person of the technical office would.</summary>
    public async Task<TAnswer> AskAsync<TService, TAnswer>(
        Func<TService, Task<TAnswer>> question,
        string? office = null,
        IReadOnlyList<RoleInOffice>? duties = null
    )
        where TService : notnull
    {
        await using var scope = _services.CreateAsyncScope();
        var acting = office is null ? Technical : OfficeName.Parse(office);
        await using var db = Open();
        var seen = await Audiences.SeenAsync(db, [new(acting, acting.Slug)], default);
        scope.ServiceProvider.GetRequiredService<CurrentViewer>().Viewer = new Viewer
        {
            Name = "person:test",
            Duties = [.. duties ?? [new(acting.Value, Role.Analyst), new(acting.Value, Role.DutyOfficer)]],
            Seen = seen,
        };
        return await question(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Takes the other node's newest entry in.</summary>
    public async Task LearnAsync(ExchangeNode other)
    {
        var entry = await other.Get<DirectoryQueries>().OwnEntryAsync(default);
        var text = Convert.ToBase64String(entry!.Octets.Span);
        Done(await AskAsync<AdmitEntryHandler, Outcome<Admitted>>(h => h.HandleAsync(new(text), System, default)));
    }

    public IWorkHandler Handler(string kind) => _services.GetServices<IWorkHandler>().Single(h => h.Kind == kind);

    /// <summary>Does the work that is due now, once.</summary>
    public async Task WorkAsync(string kind)
    {
        await using var db = Open();
        var now = Clock.GetUtcNow().UtcDateTime;
        var due = await db.Set<WorkItem>().AsNoTracking().Where(w => w.Kind == kind && w.Due <= now).ToListAsync();
        var handler = Handler(kind);
        foreach (var item in due)
        {
            var result = await handler.DoAsync(item, default);
            await WriteAsync(async write =>
            {
                if (result.IsWritten)
                    return;
                var row = await write.Set<WorkItem>().SingleAsync(w => w.Id == item.Id);
                if (result.NextDue is { } next)
                    row.Later(next);
                else
                    write.Remove(row);
            });
        }
    }

    public static T Done<T>(Outcome<T> outcome)
    {
        Assert.True(
            outcome.IsDone,
            outcome.Problem?.Code + " " + string.Join(", ", outcome.Problem?.Fields ?? new Dictionary<string, string>())
        );
        return outcome.Value;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        global::System.IO.Directory.Delete(Folder, recursive: true);
    }
}
