using System.Text;
using System.Text.Json.Nodes;
using Comity.App.Tests.Nodes;
using Comity.Directory;
using Comity.Directory.Following;
using Comity.Kernel.Work;
using Comity.Node.Commands;
using Comity.OpenPgp;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Directory;

/// <summary>
/// Asking a participant's own node for its newest entry: QN follows QZ's directory, knows QM from it, and has heard that
/// QM's entry is newer.
/// </summary>
public sealed class LookingTests
{
    private const string EntryPath = "/.well-known/comity/entry";
    private static readonly OfficeName Office = OfficeName.Parse("QM/technical");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_newer_entry_is_taken_from_its_own_node_before_the_directory_has_it_and_stays()
    {
        await using var network = await Network.FollowedAsync();
        await using var follower = await FollowerAsync(network);
        var before = await SeenAsync(follower);
        await network.NewOfficeKeyAsync();
        var made = await network.CardAsync("QM/technical");

        await LookAsync(follower);

        var heard = await SeenAsync(follower);
        Assert.Equal((made.Fingerprint, made.EntryDigest), (heard.Fingerprint, heard.EntryDigest));
        Assert.NotEqual(before.Fingerprint, heard.Fingerprint);
        Assert.Equal(before.OriginDirectory, heard.OriginDirectory);
        // The directory is behind, as it may be; nothing goes back, and nobody is warned of it.
        await PollAsync(follower);
        Assert.Equal(made.EntryDigest, (await SeenAsync(follower)).EntryDigest);
        var alarms = (await follower.Operator.GetJsonAsync("directory", Ct))["alarms"]!.AsArray();
        Assert.DoesNotContain(alarms, a => (string?)a!["participant"] == "QM");
        await network.AdmitAsync();
        await network.PublishAsync();
        await PollAsync(follower);
        Assert.Equal(made.EntryDigest, (await SeenAsync(follower)).EntryDigest);
    }

    [Fact]
    public async Task The_manager_looks_as_well_and_publishes_what_it_found()
    {
        await using var network = await Network.FollowedAsync();
        await network.NewOfficeKeyAsync();

        await LookAsync(network.Manager);

        var made = await network.CardAsync("QM/technical");
        Assert.Equal(made.EntryDigest, (await SeenAsync(network.Manager)).EntryDigest);
        await network.PublishAsync();
        await using var follower = await FollowerAsync(network);
        Assert.Equal(made.EntryDigest, (await SeenAsync(follower)).EntryDigest);
    }

    [Theory]
    [InlineData("the same")]
    [InlineData("garbage")]
    [InlineData("another participant")]
    [InlineData("an impostor")]
    [InlineData("not ours any more")]
    public async Task What_its_node_gives_is_judged_like_every_entry_and_nobody_comes_in_by_it(string given)
    {
        await using var network = await Network.FollowedAsync();
        var line = new Interposer();
        await using var follower = await FollowerAsync(network, line);
        var before = await ShownAsync(follower);
        line.Instead[EntryPath] = await GivenAsync(network, given);

        await LookAsync(follower);

        Assert.Equal(before, await ShownAsync(follower));
    }

    [Fact]
    public async Task Only_the_address_that_is_held_is_asked()
    {
        await using var network = await Network.FollowedAsync();
        var line = new Interposer();
        await using var follower = await FollowerAsync(network, line);
        line.Asked.Clear();

        await LookAsync(follower);

        var asked = Assert.Single(line.Asked);
        Assert.Equal(new Uri(network.State.Address, EntryPath + "?participant=QM"), asked);
    }

    [Theory]
    [InlineData("QX")]
    [InlineData("QN")]
    public async Task Whom_no_directory_lists_and_who_is_at_home_here_is_not_asked(string code)
    {
        await using var network = await Network.FollowedAsync();
        await using var follower = await FollowerAsync(network);

        await follower
            .Services.GetRequiredService<DirectoryCommands>()
            .LookAnewAsync(ParticipantCode.Parse(code), 9, Ct);

        await using var db = follower.OpenDatabase();
        Assert.False(await db.Set<WorkItem>().AnyAsync(w => w.Kind == LookAtNode.WorkKind, Ct));
    }

    [Fact]
    public async Task A_poll_that_was_under_way_does_not_go_back_behind_what_the_node_said()
    {
        await using var network = await Network.FollowedAsync();
        var line = new Interposer();
        await using var follower = await FollowerAsync(network, line);
        await network.NewOfficeKeyAsync();
        var looked = false;
        line.Before = async address =>
        {
            if (looked || !address.AbsolutePath.EndsWith("/snapshot", StringComparison.Ordinal))
                return;
            looked = true;
            await LookAsync(follower);
        };

        await PollAsync(follower);

        Assert.True(looked);
        Assert.Equal((await network.CardAsync("QM/technical")).EntryDigest, (await SeenAsync(follower)).EntryDigest);
    }

    [Fact]
    public async Task A_revoked_participant_key_is_believed_from_its_own_node_too()
    {
        await using var network = await Network.FollowedAsync();
        await using var follower = await FollowerAsync(network);
        await network.State.Operator.PostJsonAsync(
            "keys/revoke",
            new JsonObject
            {
                ["fingerprint"] = (await network.CardAsync("QM/technical")).ParticipantFingerprint,
                ["reason"] = "compromised",
                ["wholeParticipant"] = true,
                ["participantKey"] = (string)network.StateMade["participantKey"]!,
                ["passphrase"] = Network.Passphrase,
            },
            Ct
        );

        await LookAsync(follower);

        Assert.Equal(KeyStanding.RevokedCompromised, (await SeenAsync(follower)).KeyStanding);
    }

    private static async Task<byte[]> GivenAsync(Network network, string what)
    {
        if (what == "garbage")
            return Encoding.UTF8.GetBytes("{\"type\":\"comity/entry+v1\"}");
        if (what == "the same")
            return await network.State.Operator.GetBytesAsync("directory/own-entry", Ct);
        if (what == "not ours any more")
            return await AfterCompromiseAsync(network);
        await using var other = await TestNode.StartAsync(Store.Sqlite);
        await Network.SetUpAsync(other, what == "an impostor" ? "QM" : "QX", manager: false);
        return await other.Operator.GetBytesAsync("directory/own-entry", Ct);
    }

    // An entry of the right participant with one octet of its core changed.
    private static async Task<byte[]> AfterCompromiseAsync(Network network)
    {
        var octets = await network.State.Operator.GetBytesAsync("directory/own-entry", Ct);
        var document = JsonNode.Parse(octets)!;
        var payload = (string)document["payload"]!;
        document["payload"] = payload.Replace(payload[^8..], payload[^8..^4] + "AAAA", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    private static async Task<TestNode> FollowerAsync(Network network, Interposer? line = null)
    {
        var follower = await TestNode.StartAsync(Store.Sqlite, line?.Plan);
        await Network.SetUpAsync(follower, "QN", manager: false);
        var follow = new JsonObject { ["url"] = network.Manager.Address.AbsoluteUri, ["root"] = network.Root };
        await follower.Operator.PostJsonAsync("directory/follow", follow, Ct);
        return follower;
    }

    private static Task<WorkResult> LookAsync(TestNode node) => Network.WorkAsync(node, LookAtNode.WorkKind, "QM");

    private static Task<JsonNode> PollAsync(TestNode node) =>
        node.Operator.PostJsonAsync("directory/poll", new JsonObject(), Ct);

    private static async Task<OfficeCard> SeenAsync(TestNode node) =>
        (await node.Services.GetRequiredService<DirectoryQueries>().OfficeAsync(Office, Ct))!;

    // Everything that the node shows of its directory, but for when it was polled.
    private static async Task<string> ShownAsync(TestNode node)
    {
        var cards = await node.Services.GetRequiredService<DirectoryQueries>().ParticipantsAsync(Ct);
        var shown = await node.Operator.GetJsonAsync("directory", Ct);
        return string.Join(
            '\n',
            cards
                .Select(c => $"{c.Code} {c.Sequence} {c.Fingerprint} {c.Held} {c.Revoked} {c.Disputed}")
                .Append(shown["alarms"]!.ToJsonString())
                .Append(shown["held"]!.ToJsonString())
        );
    }
}
