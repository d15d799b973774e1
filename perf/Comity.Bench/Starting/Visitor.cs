using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Comity.Bench.Starting;

/// <summary>Knocks at a node that is starting, every few milliseconds, and asks for one page over plain HTTP.</summary>
internal sealed class Visitor(int port) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private Socket? _connection;

    public async Task ConnectAsync(CancellationToken stop)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (_connection is null)
        {
            var knocking = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await knocking.ConnectAsync(IPAddress.Loopback, port, stop);
                _connection = knocking;
            }
            catch (SocketException) when (clock.Elapsed < Patience)
            {
                knocking.Dispose();
                await Task.Delay(2, stop);
            }
        }
    }

    /// <summary>Reads a page to its end, and insists on 200.</summary>
    public async Task PageAsync(string path, CancellationToken stop)
    {
        var request = string.Create(
            CultureInfo.InvariantCulture,
            $"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n"
        );
        await using var stream = new NetworkStream(_connection!, ownsSocket: false);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), stop);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync(stop);
        if (!answer.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal))
            throw new BenchException($"{path} was not served: {answer.Split('\n')[0]}");
    }

    public void Dispose() => _connection?.Dispose();
}
