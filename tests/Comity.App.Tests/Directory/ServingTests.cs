using System.Net;
using Comity.App.Tests.Nodes;
using Comity.Directory.Data;
using Comity.Directory.Managing;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
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
    [InlineData("/states.csv")]
    [InlineData("/ar/states/CH")]
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Behind_a_trusted_proxy_everybody_has_an_allowance_and_nobody_else_names_one(bool trusted)
    {
        var plan = new NodePlan { TrustedProxies = trusted ? ["127.0.0.1"] : ["192.0.2.7"] };
        await using var node = await TestNode.StartAsync(Store.Sqlite, plan);
        for (var i = 0; i < PublicLimit.PerMinute; i++)
            await AskAsync(node, "198.51.100.1");

        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(node, "198.51.100.1"));
        var other = await AskAsync(node, "203.0.113.1");
        Assert.Equal(trusted, other != HttpStatusCode.TooManyRequests);
    }

    private static async Task<HttpStatusCode> AskAsync(TestNode node, string caller)
    {
        using var browser = node.Browse();
        using var asked = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri("/.well-known/comity/entry", UriKind.Relative)
        );
        asked.Headers.Add("X-Forwarded-For", caller);
        using var answer = await browser.Client.SendAsync(asked, Ct);
        return answer.StatusCode;
    }

    [Fact]
    public void A_snapshot_that_followers_could_not_read_is_not_made()
    {
        Assert.True(SnapshotRoom.IsLeft(4999, 30_000_000, 100_000));
        Assert.False(SnapshotRoom.IsLeft(5000, 30_000_000, 100_000));
        Assert.False(SnapshotRoom.IsLeft(100, 63_000_000, 640_000));
    }

    [Fact]
    public async Task The_manager_takes_no_more_entries_than_a_snapshot_has()
    {
        await using var network = await Network.SetUpAsync();
        await network
            .Manager.Services.GetRequiredService<WriteGate>()
            .WriteAsync(
                Viewer.System("test"),
                (db, _) =>
                {
                    for (var i = 0; i < 5000; i++)
                    {
                        var admitted = new AdmittedEntry(ParticipantCode.Parse($"QY{i}"), DateTime.UnixEpoch);
                        admitted.Hold(Digest.Of("not kept"u8), pending: null);
                        db.Add(admitted);
                    }
                    return Task.CompletedTask;
                },
                Ct
            );

        var refused = await Assert.ThrowsAnyAsync<Exception>(network.AdmitAsync);

        Assert.Contains("larger than followers read", refused.Message, StringComparison.Ordinal);
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
