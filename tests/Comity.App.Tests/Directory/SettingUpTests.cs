using System.Text;
using System.Text.Json.Nodes;
using Comity.App.Tests.Nodes;
using Comity.Kernel.Keys;
using Comity.Node.Commands;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Directory;

public sealed class SettingUpTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_node_that_is_set_up_serves_a_valid_entry_of_its_participant(Store store)
    {
        await using var node = await TestNode.StartAsync(store);

        var made = await Network.SetUpAsync(node, "QM", manager: false);

        using var browser = node.Browse();
        var octets = await browser.Client.GetByteArrayAsync("/.well-known/comity/entry", Ct);
        var entry = EntryCheck.Check(octets, DateTimeOffset.FromUnixTimeSeconds(4_000_000_000).UtcDateTime).Entry!;
        Assert.Equal((string)made["fingerprint"]!, entry.Fingerprint);
        Assert.Equal(node.Address, entry.Core.NodeUrl);
        Assert.Equal(["QM/technical", "QM/policy", "QM/diplomatic"], entry.Core.Offices.Select(o => o.Name.Value));
        Assert.Equal((string)made["nodeKey"]!, entry.Core.NodeKeys.Single().Key.Id);
        Assert.Equal(
            made["offices"]!.AsArray().Select(o => (string)o!["fingerprint"]!),
            entry.Core.Offices.Select(o => entry.OfficeCertificate(o.Name)!.Fingerprint)
        );
    }

    [Fact]
    public async Task The_participant_key_and_the_root_keys_are_given_away_and_not_kept()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite);

        var made = await Network.SetUpAsync(node, "QZ", manager: true);

        var participant = Read((string)made["participantKey"]!);
        Assert.True(participant.HasPrimary);
        var roots = made["directory"]!["rootKeys"]!.AsArray().Select(r => Read((string)r!)).ToList();
        Assert.Equal(3, roots.Select(r => r.Certificate.Fingerprint).Distinct().Count());
        var store = node.Services.GetRequiredService<KeyStore>();
        await using var db = node.OpenDatabase();
        var held = await db.Set<HeldKey>().ToListAsync(Ct);
        Assert.Equal(
            [
                KeyPurpose.Entry,
                KeyPurpose.Office,
                KeyPurpose.Office,
                KeyPurpose.Office,
                KeyPurpose.Node,
                KeyPurpose.Directory,
            ],
            held.Select(k => k.Purpose).OrderBy(p => p)
        );
        using var entryKey = store.Open(held.Single(k => k.Purpose == KeyPurpose.Entry));
        Assert.Equal(participant.Certificate.Fingerprint, entryKey.Certificate.Fingerprint);
        Assert.False(entryKey.HasPrimary);
        Assert.DoesNotContain(held, k => roots.Any(r => r.Certificate.Fingerprint == k.Fingerprint));
    }

    [Fact]
    public async Task A_node_is_set_up_once()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite);
        await Network.SetUpAsync(node, "QM", manager: false);
        var before = await node.Operator.GetBytesAsync("directory/own-entry", Ct);

        var again = await Assert.ThrowsAnyAsync<Exception>(() => Network.SetUpAsync(node, "QN", manager: false));

        Assert.Contains("set up already", again.Message, StringComparison.Ordinal);
        Assert.Equal(before, await node.Operator.GetBytesAsync("directory/own-entry", Ct));
    }

    [Theory]
    [InlineData("participant", "qm")]
    [InlineData("passphrase", "short")]
    public async Task A_set_up_that_is_not_right_makes_nothing(string field, string value)
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite);
        var request = Network.Request("QM", manager: false);
        request[field] = value;

        await Assert.ThrowsAnyAsync<Exception>(() => node.Operator.PostJsonAsync("directory/setup", request, Ct));

        await using var db = node.OpenDatabase();
        Assert.Empty(await db.Set<HeldKey>().ToListAsync(Ct));
    }

    [Fact]
    public async Task Keys_that_cannot_be_written_offline_make_no_node()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite);
        var request = Network.Request("QM", manager: false);
        var place = Path.Combine(node.Options.DataFolder, "offline");
        await File.WriteAllTextAsync(place, "a file where the folder should be", Ct);
        request["offline"] = new JsonObject { ["folder"] = place };

        await Assert.ThrowsAnyAsync<Exception>(() => node.Operator.PostJsonAsync("directory/setup", request, Ct));

        await using (var db = node.OpenDatabase())
            Assert.Empty(await db.Set<HeldKey>().ToListAsync(Ct));
        File.Delete(place);
        var made = await node.Operator.PostJsonAsync("directory/setup", request, Ct);
        var written = await File.ReadAllTextAsync(Path.Combine(place, "participant-QM.asc"), Ct);
        Assert.Equal((string)made["fingerprint"]!, Read(written).Certificate.Fingerprint);
    }

    private static SecretKey Read(string armoured) =>
        SecretKey.Read(Encoding.UTF8.GetBytes(armoured), Network.Passphrase).Key!;
}
