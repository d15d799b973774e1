using System.Net;
using System.Net.Sockets;

namespace Comity.Kernel.Hosting;

/// <summary>Who counts as one where something is counted by address.</summary>
public static class Household
{
    /// <summary>An IPv6 network of 64 bits, or an IPv4 address; everybody at the socket is one.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
            return "socket";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
