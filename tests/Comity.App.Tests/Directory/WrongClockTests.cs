using Comity.App.Tests.Nodes;
using Comity.Node.Commands;

namespace Comity.App.Tests.Directory;

/// <summary>What was signed by a clock that ran ahead keeps nothing out that is signed when it is right.</summary>
public sealed class WrongClockTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_snapshot_from_the_future_is_followed_by_one_of_today()
    {
        var clock = new ShiftedClock();
        await using var network = await Network.FollowedAsync(managerPlan: new NodePlan { Clock = clock });
        var before = await NumberAsync(network);
        clock.Shift = TimeSpan.FromDays(1);
        await network.PublishAsync();
        await network.PublishAsync();
        var refused = await Assert.ThrowsAsync<CommandException>(network.PollAsync);
        Assert.Contains("from-the-future", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await NumberAsync(network));

        clock.Shift = TimeSpan.Zero;
        // Of itself, as the loop does: nothing has changed in what is published, but nobody would take it today.
        await Network.WorkAsync(network.Manager, "directory.publish", "QZ");
        await network.PollAsync();
        Assert.Equal(before + 3, await NumberAsync(network));
        Assert.Empty((await network.ShownAsync())["alarms"]!.AsArray());
        await Network.WorkAsync(network.Manager, "directory.publish", "QZ");
        await network.PollAsync();
        Assert.Equal(before + 3, await NumberAsync(network));
    }

    [Fact]
    public async Task An_entry_from_the_future_does_not_keep_out_what_its_participant_signs_when_its_clock_is_right()
    {
        var clock = new ShiftedClock();
        await using var network = await Network.FollowedAsync(statePlan: new NodePlan { Clock = clock });
        clock.Shift = TimeSpan.FromDays(1);
        await network.NewOfficeKeyAsync();
        var refused = await Assert.ThrowsAsync<CommandException>(network.AdmitAsync);
        Assert.Equal("directory.entry-from-the-future", refused.Code);

        clock.Shift = TimeSpan.Zero;
        var made = await network.NewOfficeKeyAsync();
        await network.AdmitAsync();
        await network.PublishAsync();
        await network.PollAsync();

        Assert.Empty((await network.ShownAsync())["alarms"]!.AsArray());
        var shown = await network.Manager.Operator.GetJsonAsync("directory", Ct);
        Assert.Contains(made.Text("fingerprint"), shown.ToJsonString(), StringComparison.Ordinal);
    }

    private static async Task<long> NumberAsync(Network network) =>
        (long)(await network.ShownAsync())["followed"]![0]!["number"]!;
}
