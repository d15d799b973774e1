using System.Net;
using System.Net.Sockets;

namespace Comity.Post.Peers;

/// <summary>
/// Which addresses are on the public Internet, after the registries of special-purpose addresses (RFC 6890 and its
/// successors at IANA). A node never connects to any other: a directory entry must not make it knock at doors inside
/// its own house.
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] SpecialIPv4 =
    [
        IPNetwork.Parse("0.0.0.0/8"), // this network
        IPNetwork.Parse("10.0.0.0/8"), // private
        IPNetwork.Parse("100.64.0.0/10"), // shared behind a carrier
        IPNetwork.Parse("127.0.0.0/8"), // loopback
        IPNetwork.Parse("169.254.0.0/16"), // link-local, with the metadata services of clouds
        IPNetwork.Parse("172.16.0.0/12"), // private
        IPNetwork.Parse("192.0.0.0/24"), // protocol assignments
        IPNetwork.Parse("192.0.2.0/24"), // documentation
        IPNetwork.Parse("192.88.99.0/24"), // relays of 6to4, given up
        IPNetwork.Parse("192.168.0.0/16"), // private
        IPNetwork.Parse("198.18.0.0/15"), // benchmarks
        IPNetwork.Parse("198.51.100.0/24"), // documentation
        IPNetwork.Parse("203.0.113.0/24"), // documentation
        IPNetwork.Parse("224.0.0.0/4"), // multicast
        IPNetwork.Parse("240.0.0.0/4"), // reserved, with broadcast
    ];

    // Global unicast, and nothing beside it: unique local, link-local, multicast and IPv4-mapped lie outside.
    private static readonly IPNetwork GlobalIPv6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] SpecialIPv6 =
    [
        IPNetwork.Parse("2001::/23"), // protocol assignments, Teredo among them
        IPNetwork.Parse("2001:db8::/32"), // documentation
        IPNetwork.Parse("2002::/16"), // 6to4, which embeds any IPv4 address
        IPNetwork.Parse("3fff::/20"), // documentation
    ];

    public static bool IsPublic(IPAddress address) =>
        address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !SpecialIPv4.Any(network => network.Contains(address)),
            // Asked first: a network of .NET takes a mapped address for an IPv4 address and compares something else.
            AddressFamily.InterNetworkV6 when address.IsIPv4MappedToIPv6 => false,
            AddressFamily.InterNetworkV6 => GlobalIPv6.Contains(address)
                && !SpecialIPv6.Any(network => network.Contains(address)),
            _ => false,
        };
}
