using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Sockets;
using Comity.Kernel.Hosting;
using Comity.Kernel.Modules;
using Comity.Node.Hosting;

namespace Comity.Node.Commands;

/// <summary>
/// How a command reaches a node: through the socket of the running one; where none runs, it takes the lock of the data
/// folder and starts the same handlers for the length of the command. There is never a second writer.
/// </summary>
internal sealed class NodeConnection : IAsyncDisposable
{
    private readonly WebApplication? _own;
    private readonly DataLock? _lock;

    private NodeConnection(HttpClient client, WebApplication? own, DataLock? held)
    {
        Client = client;
        _own = own;
        _lock = held;
    }

    /// <summary>Speaks to <c>/api/v1/</c> as the operator.</summary>
    public HttpClient Client { get; }

    public static async Task<NodeConnection> OpenAsync(NodeOptions options, ModuleCatalog modules, CancellationToken ct)
    {
        if (await AnswersAsync(options.SocketPath, ct))
            return new NodeConnection(Over(options.SocketPath), own: null, held: null);
        var held =
            DataLock.TryTake(options.LockPath)
            ?? throw new CommandException(
                $"Another process works on {options.DataFolder} and does not answer on its socket. Nothing was done. "
                    + "Wait a moment, or see `comity doctor`."
            );
        try
        {
            // Short, and relative paths would break at 108 bytes: the private name stands beside the node's own.
            var socket = Path.Combine(options.DataFolder, $"c{Environment.ProcessId}.sock");
            // The lock is ours, so these were left by commands that were killed, and one of them may have had our number.
            foreach (
                var left in System
                    .IO.Directory.EnumerateFiles(options.DataFolder, "c*.sock")
                    .Where(IsOfACommand)
                    .ToList()
            )
                File.Delete(left);
            var app = NodeHost.Build(options, modules, NodeMode.OneCommand, socket);
            await NodeHost.MigrateAsync(app, ct);
            await NodeHost.StartAsync(app, ct);
            return new NodeConnection(Over(socket), app, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>To a node that serves, and to nothing else: where none answers, a call fails and starts none.</summary>
    public static NodeConnection To(NodeOptions serving) => new(Over(serving.SocketPath), own: null, held: null);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_own is not null)
        {
            await _own.StopAsync(CancellationToken.None);
            await _own.DisposeAsync();
        }
        _lock?.Dispose();
    }

    private static bool IsOfACommand(string path) =>
        int.TryParse(Path.GetFileNameWithoutExtension(path)[1..], CultureInfo.InvariantCulture, out _);

    private static async Task<bool> AnswersAsync(string socket, CancellationToken ct)
    {
        if (!File.Exists(socket))
            return false;
        try
        {
            using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await probe.ConnectAsync(new UnixDomainSocketEndPoint(socket), ct);
            return true;
        }
        catch (SocketException)
        {
            return false; // Left over from a killed process.
        }
    }

    [SuppressMessage("ApiDesign", "RS0030", Justification = "This client reaches one local socket and no address")]
    private static HttpClient Over(string socket)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, ct) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), ct);
                    return new NetworkStream(connection, ownsSocket: true);
                }
                catch
                {
                    connection.Dispose();
                    throw;
                }
            },
        };
        return new HttpClient(handler)
        {
            BaseAddress = new Uri("http://operator/api/v1/"),
            Timeout = TimeSpan.FromMinutes(5),
        };
    }
}

/// <summary>A command cannot go on; the message says what happened, whether anything was lost, what to do.</summary>
internal sealed class CommandException(string message) : Exception(message)
{
    /// <summary>The stable code of the problem that the node answered with; empty where it was not the node.</summary>
    public string Code { get; init; } = "";
}
