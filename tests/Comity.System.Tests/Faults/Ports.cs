using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Comity.System.Tests.Faults;

/// <summary>
/// Ports below those that the system gives to whoever calls out. The port of a node that is dead for a moment would
/// otherwise be taken by a call of somebody else, or a call to it would meet itself.
/// </summary>
internal static class Ports
{
    private const int First = 15_000;
    private const int Last = 32_000;

    public static int Free()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(First, Last);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it; another one is tried.
            }
        }
    }
}
