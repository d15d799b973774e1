using System.Net;
using AngleSharp.Html.Parser;
using Comity.App.Tests.Nodes;

namespace Comity.App.Tests.Directory;

public sealed class PageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_directory_shows_offices_keys_and_what_is_not_confirmed()
    {
        await using var network = await Network.FollowedAsync();
        var card = await network.CardAsync("QZ/technical");

        var all = await TextAsync(network.State, "/directory");
        Assert.Contains("Republic of QZ", all, StringComparison.Ordinal);
        Assert.Contains("not confirmed", all, StringComparison.Ordinal);
        var participant = await TextAsync(network.State, "/directory/QZ");
        Assert.Contains(Grouped(card.ParticipantFingerprint), participant, StringComparison.Ordinal);
        var office = await TextAsync(network.State, "/directory/QZ/technical");
        Assert.Contains(Grouped(card.Fingerprint!), office, StringComparison.Ordinal);
        Assert.Contains("own node holds the key", office, StringComparison.Ordinal);
        await TextAsync(network.State, "/directory/QY", HttpStatusCode.NotFound);
        await TextAsync(network.State, "/directory/QZ/none", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_manager_sees_who_is_admitted_and_what_is_published()
    {
        await using var network = await Network.FollowedAsync();

        var page = await TextAsync(network.Manager, "/directory");

        Assert.Contains("Admitted participants", page, StringComparison.Ordinal);
        Assert.Contains(Grouped(network.Root["sha256:".Length..]), page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/directory")]
    [InlineData("/directory/QM")]
    [InlineData("/directory/QM/technical")]
    public async Task Somebody_who_has_not_signed_in_is_shown_nothing(string path)
    {
        await using var network = await Network.SetUpAsync();
        using var browser = network.State.Browse();

        using var answer = await browser.Client.GetAsync(new Uri(path, UriKind.Relative), Ct);

        Assert.DoesNotContain("Republic", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>The text of a page, asked for through the operator's socket, whose viewer has every role.</summary>
    private static async Task<string> TextAsync(TestNode node, string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await node.Operator.Client.GetAsync(new Uri(path, UriKind.Relative), Ct);
        var html = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(status == answer.StatusCode, $"{answer.StatusCode}: {html}");
        return new HtmlParser().ParseDocument(html).Body!.TextContent;
    }

    private static string Grouped(string digits) =>
        string.Join(' ', digits.Chunk(4).Select(group => new string(group)));
}
