using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Comity.App.Tests.Nodes;
using Comity.Ui.Languages;

namespace Comity.App.Tests.Directory;

/// <summary>One node for all tests that only look at the pages of the States.</summary>
public sealed class StatesNode : IAsyncLifetime
{
    private TestNode? _node;

    public static TheoryData<string> Languages => [.. Language.All.Select(l => l.Code)];

    internal TestNode Node => _node ?? throw new InvalidOperationException("The node is not started.");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfQm);

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
            await _node.DisposeAsync();
    }

    /// <summary>A page as it is shown to somebody who has not signed in.</summary>
    internal async Task<IHtmlDocument> PageAsync(string path)
    {
        using var browser = Node.Browse();
        using var answer = await browser.Client.GetAsync(new Uri(path, UriKind.Relative), Ct);
        var html = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode} {html}");
        return new HtmlParser().ParseDocument(html);
    }

    /// <summary>The codes of the States that a page lists, as it lists them.</summary>
    internal static List<string> Codes(IParentNode page) =>
        [.. page.QuerySelectorAll("table.states tbody tr:not(.group) .code").Select(c => c.TextContent.Split(' ')[0])];

    internal static List<string> Words(IParentNode page, string selector) =>
        [.. page.QuerySelectorAll(selector).Select(e => e.TextContent.Trim())];
}
