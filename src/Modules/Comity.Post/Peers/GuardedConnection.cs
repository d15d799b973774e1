using System.Net;
using System.Net.Sockets;

namespace Comity.Post.Peers;

/// <summary>
/// Connects to a peer: resolves the name once, keeps the public addresses, and connects to one of those and to nothing
/// else. Because the checked address is the one connected to, a name that answers differently a second time gains
/// nothing.
/// </summary>
internal sealed class GuardedConnection(
    bool nodeIsOnLoopback,
    Func<string, CancellationToken, Task<IPAddress[]>> resolve
)
{
    public async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken
    )
    {
        var endPoint = context.DnsEndPoint;
        var addresses = await AddressesAsync(endPoint.Host, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, endPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The addresses that may be connected to.</summary>
    /// <exception cref="ForbiddenAddressException">There are none.</exception>
    public async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancellationToken)
    {
        if (PeerAddress.IsLocalName(host))
        {
            return nodeIsOnLoopback ? [IPAddress.Loopback] : throw Forbidden(AddressRefusal.NoPublicAddress);
        }

        if (IPAddress.TryParse(host, out var literal))
        {
            return IsPermitted(literal) ? [literal] : throw Forbidden(AddressRefusal.NoPublicAddress);
        }

        var found = await ResolveAsync(host, cancellationToken);
        var permitted = found.Where(PublicAddress.IsPublic).ToArray();
        return permitted.Length > 0 ? permitted : throw Forbidden(AddressRefusal.NoPublicAddress);
    }

    // Written out, a loopback address means this machine; a name that resolves to one is a trick even in a demonstration.
    private bool IsPermitted(IPAddress literal) =>
        PublicAddress.IsPublic(literal) || (nodeIsOnLoopback && IPAddress.IsLoopback(literal));

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return await resolve(host, cancellationToken);
        }
        catch (SocketException)
        {
            throw Forbidden(AddressRefusal.NotResolved);
        }
    }

    private static ForbiddenAddressException Forbidden(AddressRefusal refusal) => new(refusal);
}

/// <summary>A connection that is not made. An exception, because that is all the connection callback can answer.</summary>
internal sealed class ForbiddenAddressException(AddressRefusal refusal)
    : HttpRequestException(HttpRequestError.ConnectionError, $"No connection is made to this address: {refusal}.")
{
    public AddressRefusal Refusal { get; } = refusal;
}
