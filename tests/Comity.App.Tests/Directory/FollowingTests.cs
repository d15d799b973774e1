using System.Text.Json.Nodes;
using Comity.App.Tests.Nodes;
using Comity.Directory.Data;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Node.Commands;
using Comity.OpenPgp;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Directory;

public sealed class FollowingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_directory_is_followed_only_down_to_the_pinned_root()
    {
        await using var network = await Network.SetUpAsync();
        await network.AdmitAsync();
        await network.PublishAsync();

        var wrong = "sha256:" + new string('0', 64);
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => network.FollowAsync(wrong));
        Assert.Contains("other-root", refused.Message, StringComparison.Ordinal);
        Assert.Empty((await network.ShownAsync())["followed"]!.AsArray());

        var followed = await network.FollowAsync();
        Assert.Equal(2, (int)followed["entries"]!);
        Assert.Equal(5, followed["steps"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_follower_knows_offices_keys_and_nodes()
    {
        await using var network = await Network.FollowedAsync();

        var card = await network.CardAsync("QZ/policy");

        Assert.Equal(KeyStanding.Usable, card.KeyStanding);
        Assert.Equal(ParticipantCode.Parse("QZ"), card.OriginDirectory);
        Assert.False(card.Confirmed);
        Assert.True((await network.CardAsync("QM/policy")).Confirmed);
        Assert.True(NodePublicKey.TryParse((string)network.ManagerMade["nodeKey"]!, out var key));
        var peer = await network.State.Services.GetRequiredService<IPeers>().FindAsync(key, Ct);
        Assert.Equal([ParticipantCode.Parse("QZ")], peer!.Participants);
        Assert.Equal(network.Manager.Address, peer.Node);
        Assert.Null(await network.State.Services.GetRequiredService<IPeers>().FindAsync(Stranger(), Ct));
        Assert.NotNull(await network.Seen.LastGoodPollAsync(Ct));
        Assert.Empty((await network.ShownAsync())["alarms"]!.AsArray());
    }

    [Fact]
    public async Task A_jump_is_taken_with_the_headers_between()
    {
        await using var network = await Network.FollowedAsync();
        var before = (long)(await network.ShownAsync())["followed"]![0]!["number"]!;
        for (var i = 0; i < 4; i++)
            await network.PublishAsync();

        await network.PollAsync();

        Assert.Equal(before + 4, (long)(await network.ShownAsync())["followed"]![0]!["number"]!);
    }

    [Fact]
    public async Task An_older_snapshot_is_never_taken_and_what_is_held_stays()
    {
        var replay = new Replay();
        await using var network = await Network.FollowedAsync(statePlan: replay.Plan);
        replay.Keep();
        await network.PublishAsync();
        await network.PollAsync();
        var before = await network.ShownAsync();
        replay.Serve = true;

        var refused = await Assert.ThrowsAnyAsync<Exception>(network.PollAsync);

        Assert.Contains("older", refused.Message, StringComparison.Ordinal);
        var after = await network.ShownAsync();
        Assert.Equal((long)before["followed"]![0]!["number"]!, (long)after["followed"]![0]!["number"]!);
        Assert.Equal(before["entries"]!.ToJsonString(), after["entries"]!.ToJsonString());
        Assert.Equal("older", (string)after["followed"]![0]!["problem"]!);
    }

    [Fact]
    public async Task A_poll_that_brings_nothing_new_leaves_the_directory_as_it_is()
    {
        await using var network = await Network.FollowedAsync();
        await network.PollAsync();
        var before = await StampAsync(network);

        await network.PollAsync();
        Assert.Equal(before, await StampAsync(network));
        await network.NewOfficeKeyAsync();
        await network.AdmitAsync();
        await network.PublishAsync();
        var own = await StampAsync(network);
        await network.PollAsync();
        Assert.NotEqual(own, await StampAsync(network));
    }

    private static async Task<Guid> StampAsync(Network network)
    {
        await using var db = network.State.Services.GetRequiredService<AppDbFactory>().Open(Viewer.System("test"));
        return (await db.Set<RollStamp>().AsNoTracking().SingleAsync(Ct)).Value;
    }

    [Fact]
    public async Task A_directory_that_drops_the_own_entry_raises_an_alarm()
    {
        await using var network = await Network.SetUpAsync();
        await network.PublishAsync();

        await network.FollowAsync();

        var alarm = Assert.Single((await network.ShownAsync())["alarms"]!.AsArray());
        Assert.Equal("own-entry-missing", (string)alarm!["notice"]!);
        await network.AdmitAsync();
        await network.PublishAsync();
        await network.PollAsync();
        Assert.Empty((await network.ShownAsync())["alarms"]!.AsArray());
    }

    [Fact]
    public async Task A_newer_entry_reaches_the_followers_through_the_manager()
    {
        await using var network = await Network.FollowedAsync();
        var before = await network.CardAsync("QM/technical");
        await network.NewOfficeKeyAsync();

        await Network.WorkAsync(network.Manager, "directory.collect", "QZ");
        await Network.WorkAsync(network.Manager, "directory.publish", "QZ");
        await network.PollAsync();

        using var browser = network.Manager.Browse();
        var snapshot = await browser.Client.GetByteArrayAsync("/directory/v1/snapshot", Ct);
        var read = Comity.Protocol.Directories.SnapshotFile.Read(snapshot).Value!;
        var own = await network.State.Operator.GetBytesAsync("directory/own-entry", Ct);
        Assert.Contains(read.Entries, e => e.Span.SequenceEqual(own));
        Assert.Equal(before.EntrySequence + 1, (await network.CardAsync("QM/technical")).EntrySequence);
        Assert.Empty((await network.ShownAsync())["alarms"]!.AsArray());
    }

    [Fact]
    public async Task Every_version_ever_seen_is_kept()
    {
        await using var network = await Network.FollowedAsync();
        var then = DateTimeOffset.FromUnixTimeMilliseconds(0).UtcDateTime;
        var first = await network.State.Operator.GetBytesAsync("directory/own-entry", Ct);
        await network.NewOfficeKeyAsync();

        var kept = await network.Seen.EntryDocumentsAsync([ParticipantCode.Parse("QM")], then, Ct);

        Assert.Equal([1L, 2L], kept.Select(d => d.Sequence));
        Assert.Equal(first, kept[0].Octets.ToArray());
    }

    private static NodePublicKey Stranger()
    {
        using var key = NodeKey.Create();
        return key.PublicKey;
    }
}
