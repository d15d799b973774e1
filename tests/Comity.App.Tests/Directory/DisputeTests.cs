using System.Text.Json.Nodes;
using Comity.Directory.Confirming;
using Comity.Directory.Data;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Comity.Node.Commands;
using Comity.OpenPgp;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Directory;

/// <summary>QN follows QZ, which lists QM. Then it follows QX too, which lists somebody else under the code QM.</summary>
public sealed class DisputeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_directory_that_names_another_key_alarms_and_changes_nothing()
    {
        await using var network = await Network.FollowedAsync();
        await using var other = await Rival.MakeAsync(network);
        var before = await other.SeenAsync();

        await other.FollowRivalAsync();

        var card = await other.SeenAsync();
        Assert.Equal(before.Fingerprint, card.Fingerprint);
        Assert.True(card.Disputed);
        Assert.True(card.Offices[0].Disputed);
        var key = Assert.Single(card.OtherKeys);
        Assert.Equal(other.Impostor, key.Fingerprint);
        Assert.Equal(ParticipantCode.Parse("QX"), key.Directory);
        Assert.Equal(KeyStanding.Usable, card.Offices[0].KeyStanding);
        var shown = await other.Follower.Operator.GetJsonAsync("directory", Ct);
        Assert.Equal("participant-key-disputed", (string)Assert.Single(Alarms(shown))!["notice"]!);
        Assert.True((bool)Assert.Single(shown["held"]!.AsArray())!["disputed"]!);
    }

    [Fact]
    public async Task A_second_directory_does_not_take_over_whom_the_first_one_drops()
    {
        await using var network = await Network.FollowedAsync();
        await using var other = await Rival.MakeAsync(network);
        var before = await other.SeenAsync();
        await other.FollowRivalAsync();

        await DropAsync(network.Manager, "QM");
        await network.PublishAsync();
        await other.PollAsync();

        var card = await other.SeenAsync();
        Assert.Equal(before.Fingerprint, card.Fingerprint);
        Assert.True(card.Held);
        Assert.All(card.Offices, o => Assert.Equal(KeyStanding.Missing, o.KeyStanding));
        Assert.All(card.Offices, o => Assert.Null(o.Certificate));
    }

    [Fact]
    public async Task Whoever_is_at_the_socket_is_one_person_whatever_names_are_typed()
    {
        await using var network = await Network.FollowedAsync();
        await using var other = await Rival.MakeAsync(network);
        await other.FollowRivalAsync();

        await other.ConfirmAsync("Anna");
        var again = await other.ConfirmAsync("Boris");

        Assert.Equal(1, (int)again["persons"]!);
        Assert.False((bool)again["confirmed"]!);
        Assert.NotEqual(other.Impostor, (await other.SeenAsync()).Fingerprint);
    }

    [Fact]
    public async Task Two_people_who_signed_in_bring_the_other_key_into_use_and_one_twice_does_not()
    {
        await using var network = await Network.FollowedAsync();
        await using var other = await Rival.MakeAsync(network);
        await other.FollowRivalAsync();
        var (one, two) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        Assert.Equal(1, (await other.ConfirmAsync(one, "A name")).Persons);
        Assert.Equal(1, (await other.ConfirmAsync(one, "Another name")).Persons);
        Assert.NotEqual(other.Impostor, (await other.SeenAsync()).Fingerprint);
        Assert.True((await other.ConfirmAsync(two, "A name")).Confirmed);

        var card = await other.SeenAsync();
        Assert.Equal(other.Impostor, card.Fingerprint);
        Assert.True(card.Confirmed);
        Assert.Equal(KeyStanding.Usable, card.Offices[0].KeyStanding);
    }

    [Fact]
    public async Task Two_roots_under_one_code_are_not_followed_side_by_side()
    {
        await using var network = await Network.FollowedAsync();
        await using var twin = await TestNode.StartAsync(Nodes.Store.Sqlite);
        var made = await Network.SetUpAsync(twin, "QZ", manager: true);
        await twin.Operator.PostJsonAsync("directory/publish", new JsonObject(), Ct);

        var refused = await Assert.ThrowsAnyAsync<Exception>(() =>
            network.State.Operator.PostJsonAsync(
                "directory/follow",
                new JsonObject
                {
                    ["url"] = twin.Address.AbsoluteUri,
                    ["root"] = (string)made["directory"]!["rootFingerprint"]!,
                },
                Ct
            )
        );

        Assert.Contains("another root", refused.Message, StringComparison.Ordinal);
        Assert.Single((await network.ShownAsync())["followed"]!.AsArray());
    }

    /// <summary>QN itself is listed nowhere, which alarms too.</summary>
    private static IEnumerable<JsonNode?> Alarms(JsonNode shown) =>
        shown["alarms"]!.AsArray().Where(a => (string?)a!["participant"] == "QM");

    private static async Task DropAsync(TestNode manager, string code)
    {
        var gone = ParticipantCode.Parse(code);
        await manager
            .Services.GetRequiredService<WriteGate>()
            .WriteAsync(
                Viewer.System("test"),
                async (db, ct) => db.Remove(await db.Set<AdmittedEntry>().SingleAsync(a => a.Participant == gone, ct)),
                Ct
            );
    }
}
