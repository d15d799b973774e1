using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Comity.Bench.Nodes;

/// <summary>A node: a folder, a port, a process of the published program.</summary>
internal sealed class BenchNode(string code, string parent, IReadOnlyList<string> offices) : IAsyncDisposable
{
    /// <summary>More than two nodes exchange on one machine in a minute; what is measured is the work, not the limit.</summary>
    public const int MessagesPerMinute = 1_000_000;

    private readonly int _port = FreePort();
    private Process? _process;
    private OperatorClient? _operator;

    public string Folder { get; } = Path.Combine(parent, code);

    public string Url => $"http://{code.ToLowerInvariant()}.localhost:{_port}";

    public int Port => _port;

    public IReadOnlyList<string> Offices { get; } = [.. offices.Select(o => $"{code}/{o}")];

    public string RootFingerprint { get; private set; } = "";

    /// <summary>The database, to look into while the node runs.</summary>
    public string Database => Path.Combine(Folder, "comity.db");

    public OperatorClient Operator => _operator ?? throw new BenchException($"The node {code} is not running.");

    public Process Process => _process ?? throw new BenchException($"The node {code} is not running.");

    /// <summary>Makes keys and database with <c>comity init</c>.</summary>
    public async Task MakeAsync(bool manager, CancellationToken stop)
    {
        var passphrase = Folder + ".passphrase";
        await File.WriteAllTextAsync(passphrase, "words for a benchmark only\n", stop);
        var arguments = new List<string> { "init", "--data", Folder, "--json", "--passphrase-file", passphrase };
        arguments.AddRange(["--participant", code, "--name", $"State {code}", "--url", Url]);
        foreach (var office in offices)
            arguments.AddRange(["--office", $"{office}:technical={office}@{code.ToLowerInvariant()}.example"]);
        if (manager)
            arguments.Add("--manager");
        using var init = Product.Start(arguments);
        init.StandardInput.Close();
        var said = init.StandardError.ReadToEndAsync(stop);
        var answer = await init.StandardOutput.ReadToEndAsync(stop);
        await init.WaitForExitAsync(stop);
        if (init.ExitCode != 0)
            throw new BenchException($"{code} could not be made: {await said}");
        RootFingerprint = JsonNode.Parse(answer)?["directory"]?["rootFingerprint"]?.ToString() ?? "";
        RaiseAllowance();
    }

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    public async Task StartAsync(CancellationToken stop)
    {
        _process = Product.Start("serve", "--data", Folder, "--leave-with-parent");
        var ready = false;
        while (!ready && await _process.StandardOutput.ReadLineAsync(stop) is { } line)
            ready = line.StartsWith("ready ", StringComparison.Ordinal);
        if (!ready)
            throw new BenchException($"{code} did not start: {await _process.StandardError.ReadToEndAsync(stop)}");
        Drain();
        _operator = new OperatorClient(Path.Combine(Folder, "comity.sock"));
    }

    /// <summary>Starts it without waiting for anything.</summary>
    public void Launch()
    {
        _process = Product.Start("serve", "--data", Folder, "--leave-with-parent");
        Drain();
    }

    public async Task StopAsync()
    {
        _operator?.Dispose();
        _operator = null;
        if (_process is null)
            return;
        // The end of its standard input is its sign to leave.
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    // What it prints also stands in its log; the pipes must not fill.
    private void Drain()
    {
        _ = Process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        _ = Process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
    }

    private void RaiseAllowance()
    {
        var path = Path.Combine(Folder, "node.json");
        var settings = JsonNode.Parse(File.ReadAllText(path))!;
        settings["messagesPerMinute"] = MessagesPerMinute;
        File.WriteAllText(path, settings.ToJsonString(JsonSerializerOptions.Web));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
