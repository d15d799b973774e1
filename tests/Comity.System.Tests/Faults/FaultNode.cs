using System.Diagnostics;
using System.Text.Json.Nodes;
using Comity.Kernel.Hosting;
using Comity.Node.Commands;

namespace Comity.System.Tests.Faults;

/// <summary>
/// A node as a process of its own that may be killed at any moment and is started again on the same folder and database.
/// </summary>
/// <param name="code">Its participant; its one office is <c>technical</c>.</param>
/// <param name="folder">Where its data is; made by <see cref="MakeAsync"/>.</param>
/// <param name="database">A connection string of PostgreSQL; null means SQLite.</param>
internal sealed class FaultNode(string code, string folder, string? database) : IAsyncDisposable
{
    // More than anybody sends here; what is tried is what faults do, not the allowance.
    private const int MessagesPerMinute = 1_000_000;

    /// <summary>Protects the keys that are kept offline.</summary>
    public const string Passphrase = "words for a test only";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly List<NodeConnection> _connections = [];
    private NodeProcess? _process;
    private TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Code { get; } = code;

    public string Folder { get; } = folder;

    public string? Database { get; } = database;

    public string Office => $"{Code}/technical";

    /// <summary>The port of its address, where others look for it.</summary>
    public int Port { get; } = Ports.Free();

    /// <summary>Where it listens, if not at its address: then something else may stand there. To be set before it is made.</summary>
    public int? ListensAt { get; init; }

    public string Url => $"http://{Code.ToLowerInvariant()}.localhost:{Port}";

    /// <summary>What each of its processes finds in its environment from the next start on.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>What <c>init</c> answered.</summary>
    public JsonNode? Made { get; private set; }

    public string RootFingerprint => Made?["directory"].Text("rootFingerprint") ?? "";

    /// <summary>Whether its process has said that it is ready, and lives.</summary>
    public bool IsUp => _process is { IsReady: true, HasExited: false };

    /// <summary>Speaks to the process that runs as its operator. What one process left unanswered, none answers later.</summary>
    public NodeConnection Operator =>
        _process is null ? throw new InvalidOperationException($"{Code} is not running.") : _connections[^1];

    /// <summary>The last lines that its process printed.</summary>
    public string Said => _process?.Said ?? "";

    /// <summary>Makes keys and database with <c>comity init</c>.</summary>
    public async Task MakeAsync(bool manager, CancellationToken ct)
    {
        using var init = Init(manager);
        var said = await init.EndAsync(ct);
        Assert.True(init.ExitCode == 0, $"{Code} could not be made: {said.Output}\n{said.Errors}");
        Made = JsonNode.Parse(said.Output);
        Set("messagesPerMinute", MessagesPerMinute);
    }

    /// <summary>The process of <c>comity init</c>, which may be killed as well.</summary>
    public NodeProcess Init(bool manager)
    {
        var passphrase = Folder + ".passphrase";
        File.WriteAllText(passphrase, Passphrase + "\n");
        string[] words = ["init", "--data", Folder, "--json", "--passphrase-file", passphrase];
        string[] who = ["--participant", Code, "--name", $"State {Code}", "--url", Url];
        string[] office = ["--office", $"technical=technical@{Code.ToLowerInvariant()}.example"];
        string[] listen = ListensAt is { } port ? ["--listen", $"http://127.0.0.1:{port}"] : [];
        string[] store = Database is { } connection ? ["--database", connection] : [];
        string[] kind = manager ? ["--manager"] : [];
        return NodeProcess.Start([.. words, .. who, .. office, .. listen, .. store, .. kind], Environment);
    }

    /// <summary>Changes one setting of <c>node.json</c>, while the node does not run.</summary>
    public void Set(string name, JsonNode value)
    {
        var path = Path.Combine(Folder, NodeOptions.FileName);
        var settings = JsonNode.Parse(File.ReadAllText(path))!;
        settings[name] = value;
        File.WriteAllText(path, settings.ToJsonString());
    }

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        Launch();
        await ReadyAsync(ct);
    }

    /// <summary>Starts it and waits for nothing.</summary>
    public void Launch()
    {
        _process?.Dispose();
        _process = NodeProcess.Start(["serve", "--data", Folder, "--leave-with-parent"], Environment);
        _connections.Add(NodeConnection.To(new NodeOptions { BaseUrl = new Uri(Url), DataFolder = Folder }));
        _ = AnnounceAsync(_process);
    }

    /// <summary>Waits until a process of it is ready, whoever starts it.</summary>
    public Task UpAsync(CancellationToken ct) => Volatile.Read(ref _up).Task.WaitAsync(ct);

    public async Task ReadyAsync(CancellationToken ct) =>
        Assert.True(await ComesUpAsync(ct), $"{Code} did not start:\n{Said}");

    /// <summary>Whether it gets ready; false where it ends before.</summary>
    public Task<bool> ComesUpAsync(CancellationToken ct) => _process!.ReadyAsync(ct);

    /// <summary>Kills its process with SIGKILL, whatever it is doing, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        // Whoever waits already goes on waiting for the next one that is ready.
        if (_up.Task.IsCompleted)
            Volatile.Write(ref _up, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await _process!.KillAsync();
    }

    /// <summary>Lets it end as it would by itself; one that does not is killed.</summary>
    public Task StopAsync() => _process?.LeaveAsync(Longest) ?? Task.CompletedTask;

    private async Task AnnounceAsync(NodeProcess process)
    {
        if (await process.ReadyAsync(CancellationToken.None) && process == _process && IsUp)
            Volatile.Read(ref _up).TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process?.Dispose();
        _process = null;
        foreach (var connection in _connections)
            await connection.DisposeAsync();
    }
}
