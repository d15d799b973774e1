using System.Net;
using Comity.App.Tests.Nodes;
using Comity.Directory.Managing;
using Comity.Kernel.Viewing;
using Comity.Node.Commands;
using Comity.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Directory;

/// <summary>What a manager serves to anybody, takes from nodes, and what a follower fetches.</summary>
public sealed class ServingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_snapshot_is_written_once_and_not_sent_to_whoever_has_it()
    {
        await using var network = await Network.FollowedAsync();
        var published = network.Manager.Services.GetRequiredService<PublishedSnapshot>();
        Assert.Equal(1, published.Writings);
        using var browser = network.Manager.Browse();
        var path = new Uri("/directory/v1/snapshot", UriKind.Relative);
        using var first = await browser.Client.GetAsync(path, Ct);
        using var asked = new HttpRequestMessage(HttpMethod.Get, path);
        asked.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await browser.Client.SendAsync(asked, Ct);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal(1, published.Writings);
        await network.PublishAsync();
        using var third = await browser.Client.GetAsync(path, Ct);
        Assert.NotEqual(first.Headers.ETag, third.Headers.ETag);
        Assert.Equal(2, published.Writings);
    }

    [Theory]
    [InlineData("/directory/v1/snapshot")]
    [InlineData("/directory/v1/headers?from=1&to=1")]
    [InlineData("/.well-known/comity/entry")]
    public async Task One_address_fetches_public_documents_so_often_a_minute_and_no_more(string path)
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite);
        using var browser = node.Browse();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i <= PublicLimit.PerMinute; i++)
        {
            using var answer = await browser.Client.GetAsync(new Uri(path, UriKind.Relative), Ct);
            answers.Add(answer.StatusCode);
        }

        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, answers.Take(PublicLimit.PerMinute));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
    }

    [Fact]
    public async Task A_node_that_is_asked_for_its_own_entry_does_not_bring_in_another_participant()
    {
        await using var network = await Network.SetUpAsync();
        var entry = await network.State.Operator.GetBytesAsync("directory/own-entry", Ct);
        var admission = network.Manager.Services.GetRequiredService<Admission>();

        var refused = await admission.TakeAsync(
            Viewer.System("test"),
            entry,
            "node",
            only: ParticipantCode.Parse("QX"),
            Ct
        );

        Assert.Equal(ManagingProblems.AnotherParticipant.Code, refused.Problem?.Code);
        var shown = await network.Manager.Operator.GetJsonAsync("directory", Ct);
        Assert.DoesNotContain(shown["entries"]!.AsArray(), e => (string)e!["participant"]! == "QM");
    }

    [Fact]
    public async Task No_history_is_fetched_for_a_snapshot_that_the_directory_did_not_sign()
    {
        var forger = new Forger();
        await using var network = await Network.FollowedAsync(statePlan: forger.Plan);
        forger.Forge = true;

        var refused = await Assert.ThrowsAnyAsync<Exception>(network.PollAsync);

        Assert.Contains("header-not-signed", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, forger.HistoriesAsked);
    }

    [Fact]
    public void A_list_of_headers_with_one_that_is_too_long_is_none()
    {
        Assert.Equal(2, HeaderList.Read(HeaderList.Write([new byte[HeaderList.MaxHeader], [1]]))?.Count);
        Assert.Null(
            HeaderList.Read(
                HeaderList.Write([
                    [1],
                    new byte[HeaderList.MaxHeader + 1],
                ])
            )
        );
    }
}
