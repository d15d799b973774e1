using System.Text.Json.Nodes;
using Comity.App.Tests.Directory;
using Comity.App.Tests.Nodes;
using Comity.Directory;
using Comity.Node.Commands;
using Comity.OpenPgp;
using Comity.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Exchange;

/// <summary>
/// Whole nodes on loopback that do everything by themselves: QM and QN correspond, and QN changes its key. Nobody polls a
/// directory meanwhile: a quarter of an hour is longer than this test.
/// </summary>
public sealed class RotationTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private static readonly OfficeName Office = OfficeName.Parse("QN/technical");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_correspondent_has_a_new_key_by_itself_and_what_waited_for_it_arrives(Store store)
    {
        await using var network = await Network.FollowedAsync(store: store);
        await using var qn = await TestNode.StartAsync(store);
        var participantKey = (string)(await JoinAsync(network, qn))["participantKey"]!;
        var (qm, qz) = (network.State, network.Manager);
        await IsThereAsync(qm, await NotifyAsync(qm));

        // Revoked, so that nothing can be sealed; then a new one is made.
        await KeysAsync(qn, "keys/revoke", participantKey, "fingerprint", (await CardAsync(qn)).Fingerprint!);
        await UntilAsync(async () => (await CardAsync(qm)).KeyStanding == KeyStanding.Revoked);
        var waiting = await NotifyAsync(qm);
        await KeysAsync(qn, "keys", participantKey, "office", Office.Value);

        await IsThereAsync(qm, waiting);
        Assert.Equal((await CardAsync(qn)).EntryDigest, (await CardAsync(qm)).EntryDigest);
        // The manager, who tells all the others, was told as well.
        await UntilAsync(async () => (await CardAsync(qz)).EntryDigest == (await CardAsync(qn)).EntryDigest);
    }

    /// <summary>QN is admitted, and everybody follows.</summary>
    private static async Task<JsonNode> JoinAsync(Network network, TestNode qn)
    {
        var made = await Network.SetUpAsync(qn, "QN", manager: false);
        var entry = Convert.ToBase64String(await qn.Operator.GetBytesAsync("directory/own-entry", Ct));
        await network.Manager.Operator.PostJsonAsync("directory/admit", new JsonObject { ["entry"] = entry }, Ct);
        await network.PublishAsync();
        await network.PollAsync();
        var follow = new JsonObject { ["url"] = network.Manager.Address.AbsoluteUri, ["root"] = network.Root };
        await qn.Operator.PostJsonAsync("directory/follow", follow, Ct);
        return made;
    }

    private static async Task<string> NotifyAsync(TestNode qm)
    {
        var body = new JsonObject
        {
            ["from"] = "QM/technical",
            ["to"] = new JsonArray(Office.Value),
            ["message"] = new JsonObject
            {
                ["kind"] = "information",
                ["tlp"] = "AMBER",
                ["fields"] = new JsonObject { ["text"] = "Seen." },
            },
        };
        return (string)(await qm.Operator.PostJsonAsync("exchange/send", body, Ct))["id"]!;
    }

    /// <summary>Waits until the other side has opened it.</summary>
    private static Task IsThereAsync(TestNode qm, string message) =>
        UntilAsync(async () =>
            (await qm.Operator.GetJsonAsync($"exchange/messages/{message}", Ct))["recipients"]![0]!["marks"]!
                .AsArray()
                .Any(m => (string)m!["name"]! == "opened")
        );

    private static Task KeysAsync(TestNode node, string verb, string participantKey, string name, string value) =>
        node.Operator.PostJsonAsync(
            verb,
            new JsonObject
            {
                [name] = value,
                ["reason"] = "superseded",
                ["participantKey"] = participantKey,
                ["passphrase"] = Network.Passphrase,
            },
            Ct
        );

    private static async Task<OfficeCard> CardAsync(TestNode node) =>
        (await node.Services.GetRequiredService<DirectoryQueries>().OfficeAsync(Office, Ct))!;

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var end = TimeProvider.System.GetUtcNow() + Longest;
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < end, "It did not come to this.");
            await Task.Delay(50, Ct);
        }
    }
}
