using System.Text.Json.Nodes;
using Comity.App.Tests.Nodes;
using Comity.Directory;
using Comity.Directory.Confirming;
using Comity.Kernel.Viewing;
using Comity.Node.Commands;
using Comity.OpenPgp;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Signing;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Directory;

public sealed class RevocationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_offline_participant_key_goes_on_working_after_the_entry_key_was_renewed()
    {
        await using var network = await Network.FollowedAsync();
        await RenewEntryKeyAsync(network, compromised: true);
        await RefreshAsync(network);
        var first = await network.CardAsync("QM/technical");

        await network.NewOfficeKeyAsync();
        await RefreshAsync(network);

        var second = await network.CardAsync("QM/technical");
        Assert.Equal(3, second.EntrySequence);
        Assert.NotEqual(first.Fingerprint, second.Fingerprint);
        var seen = network.Manager.Services.GetRequiredService<DirectoryQueries>();
        Assert.Equal(3, (await seen.OfficeAsync(second.Office, Ct))!.EntrySequence);
        Assert.Empty((await network.ShownAsync())["alarms"]!.AsArray());
    }

    [Fact]
    public async Task A_revoked_participant_key_ends_its_participant_for_whoever_follows()
    {
        await using var network = await Network.FollowedAsync();
        await using var follower = await TestNode.StartAsync(Nodes.Store.Sqlite);
        await Network.SetUpAsync(follower, "QN", manager: false);
        var follow = new JsonObject { ["url"] = network.Manager.Address.AbsoluteUri, ["root"] = network.Root };
        await follower.Operator.PostJsonAsync("directory/follow", follow, Ct);
        var seen = follower.Services.GetRequiredService<DirectoryQueries>();
        var office = OfficeName.Parse("QM/technical");
        Assert.Equal(KeyStanding.Usable, (await seen.OfficeAsync(office, Ct))!.KeyStanding);

        var revoked = await RevokeAsync(
            network,
            (await network.CardAsync("QM/technical")).ParticipantFingerprint,
            whole: true
        );
        Assert.True((bool)revoked["published"]!);
        await network.AdmitAsync();
        await network.PublishAsync();
        await follower.Operator.PostJsonAsync("directory/poll", new JsonObject(), Ct);
        await follower.Operator.PostJsonAsync("directory/poll", new JsonObject(), Ct);

        var card = (await seen.OfficeAsync(office, Ct))!;
        Assert.Equal(KeyStanding.RevokedCompromised, card.KeyStanding);
        Assert.Null(card.Certificate);
        Assert.True((await seen.ParticipantsAsync(Ct)).Single(p => p.Code == office.Participant).Revoked);
        Assert.Empty(await seen.NodeKeyGrantsAsync(office.Participant, Ct));
        Assert.True(NodePublicKey.TryParse((string)network.StateMade["nodeKey"]!, out var node));
        Assert.Null(await follower.Services.GetRequiredService<IPeers>().FindAsync(node, Ct));
        var alarms = (await follower.Operator.GetJsonAsync("directory", Ct))["alarms"]!.AsArray();
        var alarm = Assert.Single(alarms, a => (string?)a!["participant"] == "QM");
        Assert.Equal("participant-key-revoked", (string)alarm!["notice"]!);
    }

    [Fact]
    public async Task A_revocation_without_the_participant_key_says_that_nobody_else_knows()
    {
        await using var network = await Network.FollowedAsync();
        var fingerprint = (await network.CardAsync("QM/technical")).Fingerprint!;
        var revoke = new JsonObject { ["fingerprint"] = fingerprint, ["reason"] = "compromised" };

        var alone = await network.State.Operator.PostJsonAsync("keys/revoke", revoke, Ct);

        Assert.False((bool)alone["published"]!);
        Assert.Contains(
            RevokeVerb.RevokedLines(alone),
            l => l.StartsWith("OTHERS DO NOT KNOW", StringComparison.Ordinal)
        );
        var published = await RevokeAsync(network, (await network.CardAsync("QM/policy")).Fingerprint!);
        Assert.True((bool)published["published"]!);
        Assert.DoesNotContain(
            RevokeVerb.RevokedLines(published),
            l => l.StartsWith("OTHERS DO NOT KNOW", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Revoking_an_entry_key_does_not_end_the_participant_unless_that_is_said()
    {
        await using var network = await Network.FollowedAsync();
        var fingerprint = (await network.CardAsync("QM/technical")).ParticipantFingerprint;

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => RevokeAsync(network, fingerprint));

        Assert.Contains("--whole-participant", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--compromised", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await network.CardAsync("QM/technical")).EntrySequence);
        Assert.Contains("ends the participant", RevokeVerb.Warning(fingerprint, whole: true), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_State_that_comes_back_under_a_new_key_waits_at_the_manager_until_two_people_have_compared()
    {
        await using var network = await Network.FollowedAsync();
        await using var back = await TestNode.StartAsync(Nodes.Store.Sqlite);
        var made = await Network.SetUpAsync(back, "QM", manager: false);
        var entry = await back.Operator.GetBytesAsync("directory/own-entry", Ct);
        var admit = new JsonObject { ["entry"] = Convert.ToBase64String(entry) };
        var old = (await network.CardAsync("QM/technical")).ParticipantFingerprint;

        var refused = await Assert.ThrowsAnyAsync<Exception>(() =>
            network.Manager.Operator.PostJsonAsync("directory/admit", admit.DeepClone().AsObject(), Ct)
        );

        Assert.Contains("compared fingerprints", refused.Message, StringComparison.Ordinal);
        Assert.Equal(old, await AtManagerAsync(network));
        var shown = await network.Manager.Operator.GetJsonAsync("directory", Ct);
        Assert.Equal((string)made["fingerprint"]!, (string)Assert.Single(shown["held"]!.AsArray())!["waiting"]!);
        Assert.Contains(shown["alarms"]!.AsArray(), a => (string)a!["notice"]! == "participant-key-changed");
        await ConfirmAsync(network, (string)made["fingerprint"]!);
        Assert.Equal(old, await AtManagerAsync(network));
        Assert.True((await ConfirmAsync(network, (string)made["fingerprint"]!)).Confirmed);
        Assert.Equal((string)made["fingerprint"]!, await AtManagerAsync(network));
        await network.PublishAsync();
        using var browser = network.Manager.Browse();
        var published = await browser.Client.GetByteArrayAsync(new Uri("/directory/v1/snapshot", UriKind.Relative), Ct);
        Assert.Contains(SnapshotFile.Read(published).Value!.Entries, e => e.Span.SequenceEqual(entry));
        Assert.Empty((await network.Manager.Operator.GetJsonAsync("directory", Ct))["alarms"]!.AsArray());
    }

    private static async Task<string> AtManagerAsync(Network network) =>
        (await network.Manager.Services.GetRequiredService<DirectoryQueries>().ParticipantsAsync(Ct))
            .Single(p => p.Code.Value == "QM")
            .Fingerprint;

    private static async Task<ConfirmedKey> ConfirmAsync(Network network, string fingerprint)
    {
        await using var scope = network.Manager.Services.CreateAsyncScope();
        var viewer = Viewer.System("test") with { PersonId = Guid.CreateVersion7(), DisplayName = "Somebody" };
        return (
            await scope
                .ServiceProvider.GetRequiredService<ConfirmKeyHandler>()
                .HandleAsync(new ConfirmKey("QM", fingerprint), viewer, Ct)
        ).Value;
    }

    private static Task<JsonNode> RevokeAsync(Network network, string fingerprint, bool whole = false) =>
        network.State.Operator.PostJsonAsync(
            "keys/revoke",
            new JsonObject
            {
                ["fingerprint"] = fingerprint,
                ["reason"] = "compromised",
                ["wholeParticipant"] = whole,
                ["participantKey"] = (string)network.StateMade["participantKey"]!,
                ["passphrase"] = Network.Passphrase,
            },
            Ct
        );

    private static Task<JsonNode> RenewEntryKeyAsync(Network network, bool compromised) =>
        network.State.Operator.PostJsonAsync(
            "keys",
            new JsonObject
            {
                ["purpose"] = "entry",
                ["compromised"] = compromised,
                ["participantKey"] = (string)network.StateMade["participantKey"]!,
                ["passphrase"] = Network.Passphrase,
            },
            Ct
        );

    private static async Task RefreshAsync(Network network)
    {
        await network.AdmitAsync();
        await network.PublishAsync();
        await network.PollAsync();
    }
}
