using System.Net;
using System.Net.Sockets;
using Comity.Post.Peers;
using CsCheck;

namespace Comity.App.Tests.Post;

public sealed class PeerAddressTests
{
    [Theory]
    [InlineData("https://qn.example/", false, null)]
    [InlineData("https://qn.example/", true, null)]
    [InlineData("http://qn.example/", false, AddressRefusal.NotHttps)]
    [InlineData("http://qn.example/", true, AddressRefusal.NotHttps)]
    [InlineData("http://qn.localhost:5001/", true, null)]
    [InlineData("http://QN.LOCALHOST.:5001/", true, null)]
    [InlineData("http://127.0.0.1:5001/", true, null)]
    [InlineData("http://[::1]:5001/", true, null)]
    [InlineData("https://qn.localhost/", false, AddressRefusal.NoPublicAddress)]
    [InlineData("https://127.0.0.1/", false, AddressRefusal.NoPublicAddress)]
    [InlineData("http://localhost.qn.example/", true, AddressRefusal.NotHttps)]
    [InlineData("https://user:word@qn.example/", false, AddressRefusal.HasUserInformation)]
    [InlineData("https://qn.example:22/", false, AddressRefusal.ForbiddenPort)]
    [InlineData("https://qn.example:80/", false, AddressRefusal.ForbiddenPort)]
    [InlineData("https://qn.example:8443/", false, null)]
    [InlineData("file:///etc/passwd", true, AddressRefusal.NotAbsolute)]
    [InlineData("ftp://qn.example/", true, AddressRefusal.NotHttps)]
    internal void Only_https_to_others_and_http_to_this_machine_in_a_demonstration(
        string url,
        bool onLoopback,
        AddressRefusal? refusal
    ) => Assert.Equal(refusal, PeerAddress.Check(new Uri(url), onLoopback));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("192.0.2.7")]
    [InlineData("198.51.100.7")]
    [InlineData("203.0.113.7")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::7f00:1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("ff02::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("3fff::1")]
    public void Addresses_that_are_not_of_the_public_internet_are_refused(string address) =>
        Assert.False(PublicAddress.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("192.0.1.1")]
    [InlineData("2a00:1450:4001::1")]
    [InlineData("2606:4700::1111")]
    public void Addresses_of_the_public_internet_are_not(string address) =>
        Assert.True(PublicAddress.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public void No_address_in_another_notation_gets_past() =>
        Gen
            .Byte.Array[4]
            .Sample(octets =>
            {
                Assert.False(PublicAddress.IsPublic(new IPAddress(octets).MapToIPv6()));
                octets[0] = 127;
                Assert.False(PublicAddress.IsPublic(new IPAddress(octets)));
            });

    [Fact]
    public async Task Of_several_addresses_only_the_public_ones_are_connected_to()
    {
        var connection = Resolving("10.0.0.1", "8.8.8.8", "::1");

        var addresses = await connection.AddressesAsync("qn.example", CancellationToken.None);

        Assert.Equal([IPAddress.Parse("8.8.8.8")], addresses);
    }

    [Theory]
    [InlineData("qn.example", "10.0.0.1", true)]
    [InlineData("qn.example", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "8.8.8.8", false)]
    [InlineData("0x7f.1", "127.0.0.1", false)]
    [InlineData("qn.localhost", "8.8.8.8", false)]
    public async Task A_name_for_an_inner_address_is_refused(string host, string resolvesTo, bool onLoopback)
    {
        var connection = Resolving(onLoopback, resolvesTo);

        var refused = await Assert.ThrowsAsync<ForbiddenAddressException>(() =>
            connection.AddressesAsync(host, CancellationToken.None)
        );

        Assert.Equal(AddressRefusal.NoPublicAddress, refused.Refusal);
    }

    [Fact]
    public async Task Names_under_localhost_are_never_asked_of_a_resolver()
    {
        var connection = new GuardedConnection(true, (_, _) => throw new InvalidOperationException("asked"));

        Assert.Equal([IPAddress.Loopback], await connection.AddressesAsync("qn.localhost", CancellationToken.None));
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_said_to()
    {
        var connection = new GuardedConnection(false, (_, _) => throw new SocketException());

        var refused = await Assert.ThrowsAsync<ForbiddenAddressException>(() =>
            connection.AddressesAsync("qn.example", CancellationToken.None)
        );

        Assert.Equal(AddressRefusal.NotResolved, refused.Refusal);
    }

    private static GuardedConnection Resolving(params string[] addresses) => Resolving(false, addresses);

    private static GuardedConnection Resolving(bool onLoopback, params string[] addresses) =>
        new(onLoopback, (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()));
}
