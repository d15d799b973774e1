using System.Text.Json.Nodes;
using Comity.App.Tests.Exchange;
using Comity.App.Tests.Nodes;
using Comity.Directory;
using Comity.Directory.Confirming;
using Comity.Directory.Data;
using Comity.Directory.Following;
using Comity.Directory.Managing;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Node.Commands;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Instances;

/// <summary>What one instance learns, confirms or publishes, the other knows; and what both do at once, is done.</summary>
public sealed class DirectoryAtTwoTests
{
    private static readonly OfficeName Third = OfficeName.Parse("QP/technical");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whom_one_instance_comes_to_know_the_other_knows_at_once()
    {
        await using var twins = await Twins.MakeAsync();
        var directory = twins.Other.Get<DirectoryQueries>();
        Assert.Null(await directory.OfficeAsync(Third, Ct));
        await using var third = await ExchangeNode.SetUpAsync("QP", twins.One.Clock.GetUtcNow().AddMinutes(-5));
        await twins.One.LearnAsync(third);
        Assert.Equal(third.Made.Offices[0].Fingerprint, (await directory.OfficeAsync(Third, Ct))?.Fingerprint);
    }

    [Fact]
    public async Task Two_people_who_confirm_a_key_at_two_instances_at_the_same_moment_are_two()
    {
        await using var twins = await Twins.MakeAsync();
        var outcomes = await twins.BothAsync("directory_stamp", ConfirmAsync);
        Assert.Equal([1, 2], outcomes.Select(o => ExchangeNode.Done(o).Persons).Order());
        var card = await twins.One.Get<DirectoryQueries>().OfficeAsync(twins.Qn.Technical, Ct);
        Assert.True(card!.Confirmed);

        Task<Outcome<ConfirmedKey>> ConfirmAsync(ExchangeNode at)
        {
            var person = new Viewer
            {
                Name = "person:test",
                DisplayName = "Duty officer",
                PersonId = Guid.CreateVersion7(),
            };
            var said = new ConfirmKey("QN", twins.Qn.Made.Fingerprint);
            return at.AskAsync<ConfirmKeyHandler, Outcome<ConfirmedKey>>(h => h.HandleAsync(said, person, Ct));
        }
    }

    [Fact]
    public async Task Two_instances_that_publish_at_the_same_moment_publish_one_on_top_of_the_other()
    {
        await using var twins = await Twins.MakeAsync();
        var outcomes = await twins.BothAsync(
            "directory_managed",
            at => at.Get<Publisher>().PublishAsync(Viewer.System("test"), onlyWhereNeeded: false, Ct)
        );
        Assert.Equal([1, 2], outcomes.Select(o => ExchangeNode.Done(o).Number).Order());
    }

    [Fact]
    public async Task What_one_instance_polls_the_other_knows_and_both_may_poll_at_the_same_moment()
    {
        await using var manager = await TestNode.StartAsync(Store.Sqlite);
        var root = (string)
            (await Directory.Network.SetUpAsync(manager, "QZ", manager: true))["directory"]!["rootFingerprint"]!;
        await manager.Operator.PostJsonAsync("directory/publish", new JsonObject(), Ct);
        await using var state = await TwoNodes.StartAsync();
        await Directory.Network.SetUpAsync(state.One, "QM", manager: false);
        var pinned = new FollowDirectory(manager.Address.AbsoluteUri, root);

        var followed = await Meeting.AtAsync(
            state.Database,
            "directory_followed",
            () => FollowAsync(state.One, pinned),
            () => FollowAsync(state.Other, pinned)
        );
        Assert.All(followed, f => Assert.Equal("QZ", ExchangeNode.Done(f).Directory));
        var seen = await state.Other.Services.GetRequiredService<DirectoryQueries>().ParticipantsAsync(Ct);
        Assert.Contains(seen, p => p.Code.Value == "QZ");

        var id = await FollowedAsync(state.One);
        var judged = await Meeting.AtAsync(
            state.Database,
            "directory_followed",
            () => state.One.Services.GetRequiredService<Poller>().PollAsync(id, Ct),
            () => state.Other.Services.GetRequiredService<Poller>().PollAsync(id, Ct)
        );
        Assert.All(judged, j => Assert.Null(j!.Problem));
    }

    private static async Task<Outcome<Followed>> FollowAsync(TestNode at, FollowDirectory pinned)
    {
        await using var scope = at.Services.CreateAsyncScope();
        var use = scope.ServiceProvider.GetRequiredService<FollowDirectoryHandler>();
        return await use.HandleAsync(pinned, Viewer.System("test"), Ct);
    }

    private static async Task<Guid> FollowedAsync(TestNode at)
    {
        await using var db = at.OpenDatabase();
        return (await db.Set<FollowedDirectory>().SingleAsync(Ct)).Id;
    }
}
