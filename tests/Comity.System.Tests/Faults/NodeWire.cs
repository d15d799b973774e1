using System.Net;
using System.Net.Sockets;

namespace Comity.System.Tests.Faults;

/// <summary>The way from a proxy to the node behind it: a connection for each request.</summary>
internal sealed class NodeWire(int port, CancellationToken end)
{
    /// <summary>Passes octets on and gives what the node answers, as it came.</summary>
    public async Task<byte[]> PassAsync(byte[] octets)
    {
        using var node = await ConnectAsync();
        var stream = node.GetStream();
        try
        {
            await stream.WriteAsync(octets, end);
        }
        catch (IOException)
        {
            // It has answered before it heard everything.
        }
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, end);
        return answer.ToArray();
    }

    /// <summary>Passes so many octets on and breaks the connection.</summary>
    public async Task BreakAsync(ReadOnlyMemory<byte> octets)
    {
        using var node = await ConnectAsync();
        await node.GetStream().WriteAsync(octets, end);
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var node = new TcpClient();
        try
        {
            await node.ConnectAsync(IPAddress.Loopback, port, end);
            return node;
        }
        catch
        {
            node.Dispose();
            throw;
        }
    }
}
