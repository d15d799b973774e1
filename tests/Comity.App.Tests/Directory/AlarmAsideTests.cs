using System.Net;
using System.Text.Json.Nodes;
using Comity.App.Tests.Nodes;
using Comity.Directory.Data;
using Comity.Directory.Following;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Comity.Node.Commands;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Directory;

/// <summary>What a directory showed once is not forgotten because it shows the right thing again.</summary>
public sealed class AlarmAsideTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FollowingNotice.DirectoryForked, "")]
    [InlineData(FollowingNotice.DirectoryWentBack, "")]
    [InlineData(FollowingNotice.OwnEntryDiffers, "QM")]
    [InlineData(FollowingNotice.OwnEntryMissing, "QM")]
    [InlineData(FollowingNotice.ParticipantKeyDisputed, "QZ")]
    public async Task An_alarm_stands_until_a_person_puts_it_aside(FollowingNotice notice, string participant)
    {
        await using var network = await Network.FollowedAsync();
        await RaiseAsync(
            network,
            new FollowingAlert(notice, participant.Length == 0 ? default : ParticipantCode.Parse(participant))
        );

        await network.PollAsync();

        var alarm = Assert.Single((await network.ShownAsync())["alarms"]!.AsArray())!;
        var aside = new JsonObject { ["alarm"] = (string)alarm["id"]! };
        await network.State.Operator.PostJsonAsync("directory/alarms/aside", aside, Ct);
        Assert.Empty((await network.ShownAsync())["alarms"]!.AsArray());
    }

    [Fact]
    public async Task A_warning_ends_when_it_is_no_longer_found()
    {
        await using var network = await Network.FollowedAsync();
        await RaiseAsync(network, new FollowingAlert(FollowingNotice.SnapshotExpired, default));
        Assert.Single((await network.ShownAsync())["warnings"]!.AsArray());

        await network.PollAsync();

        Assert.Empty((await network.ShownAsync())["warnings"]!.AsArray());
    }

    [Fact]
    public async Task The_page_of_the_directory_offers_to_put_an_alarm_aside()
    {
        await using var network = await Network.FollowedAsync();
        await RaiseAsync(network, new FollowingAlert(FollowingNotice.DirectoryForked, default));
        using var answer = await network.State.Operator.Client.GetAsync(new Uri("/directory", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var id = (string)(await network.ShownAsync())["alarms"]![0]!["id"]!;
        var html = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Contains(PutAsideRoutes.Address, html, StringComparison.Ordinal);
        Assert.Contains(id, html, StringComparison.Ordinal);
    }

    private static Task RaiseAsync(Network network, FollowingAlert alert) =>
        network
            .State.Services.GetRequiredService<WriteGate>()
            .WriteAsync(
                Viewer.System("test"),
                (db, ct) => Alerts.BeginAsync(db, ParticipantCode.Parse("QZ"), alert, TimeProvider.System, ct),
                Ct
            );
}
