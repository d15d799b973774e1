using System.Diagnostics;
using System.Text.Json.Nodes;
using Comity.Kernel.Hosting;
using Comity.Kernel.Modules;
using Comity.Node.Commands;

namespace Comity.Node.Demo;

/// <summary>One node of the demonstration: a folder, a port, a process.</summary>
internal sealed class DemoNode(
    string code,
    string name,
    string folder,
    int port,
    ModuleCatalog modules,
    string? database
) : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly string[] Offices = ["technical", "policy", "diplomatic"];
    private Process? _process;
    private NodeConnection? _connection;

    public string Code { get; } = code;

    public string Folder { get; } = folder;

    public string Url { get; } = $"http://{code.ToLowerInvariant()}.localhost:{port}";

    public JsonNode? Made { get; private set; }

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Speaks to the running node as its operator.</summary>
    public NodeConnection Operator => _connection ?? throw new InvalidOperationException($"{Code} is not running.");

    /// <summary>Makes the node as <c>comity init</c> does, but in the process that then goes on serving.</summary>
    public async Task MakeAsync(bool manager, string passphrase, CancellationToken ct)
    {
        var url = new Uri(Url);
        var options = new NodeOptions
        {
            DataFolder = Folder,
            BaseUrl = url,
            Listen = [url.GetLeftPart(UriPartial.Authority)],
            Database = database,
        };
        var host = Code.ToLowerInvariant() + ".example";
        var setup = new JsonObject
        {
            ["participant"] = Code,
            ["names"] = new JsonObject { ["en"] = name },
            ["offices"] = new JsonArray([.. Offices.Select(Office)]),
            ["manager"] = manager,
            ["passphrase"] = passphrase,
        };
        if (manager)
            (setup["rootKeys"], setup["rootThreshold"]) = (3, 2);
        var making = new NodeMaking(options, setup, Path.Combine(Folder, "offline"));
        making.Lay();
        await StartAsync(ct);
        Made = await making.SetUpAsync(Operator, anew: false, ct);

        JsonNode Office(string kind) =>
            new JsonObject
            {
                ["slug"] = kind,
                ["kind"] = kind,
                ["mail"] = $"{kind}@{host}",
            };
    }

    /// <summary>Starts <c>comity serve</c> and waits until it says that it is ready.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        _process = Programs.Comity(["serve", "--data", Folder, "--leave-with-parent"]);
        var ready = false;
        while (!ready && await _process.StandardOutput.ReadLineAsync(ct) is { } line)
            ready = line.StartsWith("ready ", StringComparison.Ordinal);
        if (!ready)
            throw new CommandException($"{Code} did not start: {await _process.StandardError.ReadToEndAsync(ct)}");
        // What it prints from now on also stands in its log; the pipes must not fill.
        _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        _connection = await NodeConnection.OpenAsync(NodeOptions.Load(Folder), modules, ct);
    }

    /// <summary>Invites somebody for the technical office.</summary>
    /// <returns>The one-time link.</returns>
    public async Task<string> InviteAsync(string name, string role, CancellationToken ct)
    {
        var body = new JsonObject
        {
            ["name"] = name,
            ["offices"] = Json.Array([$"{Code}/technical"]),
            ["roles"] = Json.Array([role]),
        };
        return (await Operator.PostJsonAsync("accounts/invite", body, ct)).Text("link");
    }

    /// <summary>Stops the process and waits for its end.</summary>
    public async Task StopAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        _connection = null;
        if (_process is { HasExited: false } running)
            await EndAsync(running);
        _process?.Dispose();
        _process = null;
    }

    // The end of its standard input is its sign to leave: then its database is whole in one file.
    private static async Task EndAsync(Process running)
    {
        running.StandardInput.Close();
        using var patience = new CancellationTokenSource(Longest);
        try
        {
            await running.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            running.Kill(entireProcessTree: true);
            await running.WaitForExitAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
