using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;

namespace Comity.App.Tests.Nodes;

/// <summary>What people and programs get where something went wrong.</summary>
public sealed class FaultTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fault_on_a_page_is_a_page_in_the_readers_language_with_the_number_in_the_log()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, BrokenRoom.Plan);

        var (answer, text) = await AskAsync(node, "/broken", "ar");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var page = new HtmlParser().ParseDocument(text);
        Assert.Equal("rtl", page.DocumentElement.GetAttribute("dir"));
        Assert.DoesNotContain(BrokenRoom.Secret, text, StringComparison.Ordinal);
        Assert.Equal("حدث خطأ هنا", page.QuerySelector("h1")!.TextContent);
        var number = page.QuerySelector("main .code")!.TextContent;
        Assert.Matches("^[0-9a-f]{8,}$", number);
        Assert.Contains(number, node.Log, StringComparison.Ordinal);
        Assert.Contains(BrokenRoom.Secret, node.Log, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("main a[href='/broken']"));
    }

    [Theory]
    [InlineData("/broken", "/broken")]
    [InlineData("//other.example/broken", "/")]
    [InlineData("/\\other.example", "/")]
    public void The_page_of_a_fault_leads_to_no_other_host(string path, string shown) =>
        Assert.Equal(shown, Comity.Ui.Layout.FaultPage.Own(path));

    [Fact]
    public async Task An_answer_begun_anew_after_a_fault_is_as_strict_as_any()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, BrokenRoom.Plan);

        var (answer, _) = await AskAsync(node, "/broken", "en");

        Assert.Contains(
            "default-src 'none'",
            answer.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal
        );
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_program_gets_the_same_fault_as_details()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, BrokenRoom.Plan);

        foreach (var path in new[] { "/api/v1/broken", "/broken" })
        {
            var (answer, text) = await AskAsync(node, path, "en", accept: path == "/broken" ? "*/*" : "text/html");
            Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
            Assert.Contains((string)JsonNode.Parse(text)!["incident"]!, node.Log, StringComparison.Ordinal);
            Assert.DoesNotContain(BrokenRoom.Secret, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_full_disk_is_no_incident_and_everybody_is_told_that_nothing_was_accepted()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, BrokenRoom.Plan);

        var (page, words) = await AskAsync(node, "/full", "fr");
        var (api, told) = await AskAsync(node, "/api/v1/full", "en", accept: "application/json");
        var (peer, bare) = await AskAsync(node, "/peers/full", "en", accept: "*/*");

        Assert.All([page, api, peer], a => Assert.Equal(HttpStatusCode.ServiceUnavailable, a.StatusCode));
        Assert.Contains("Le disque de ce nœud est plein. Rien n’a été accepté", words, StringComparison.Ordinal);
        Assert.Equal("kernel.disk-full", (string?)JsonNode.Parse(told)!["code"]);
        Assert.Null(JsonNode.Parse(told)!["incident"]);
        Assert.Equal("", bare);
        Assert.DoesNotContain("Incident", node.Log, StringComparison.Ordinal);
        Assert.Contains("No room to write at GET", node.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_not_there_says_so_in_the_readers_language()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, NodePlan.OfPeople);

        var (answer, text) = await AskAsync(node, "/no/such/page", "fr");
        var (forPrograms, _) = await AskAsync(node, "/no/such/page", "fr", accept: "application/json");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Cette page n’existe pas", text, StringComparison.Ordinal);
        Assert.Contains("Rien n’a été modifié et rien n’est perdu.", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, forPrograms.StatusCode);
        Assert.Null(forPrograms.Content.Headers.ContentType);
    }

    private static async Task<(HttpResponseMessage Answer, string Text)> AskAsync(
        TestNode node,
        string path,
        string language,
        string accept = "text/html,application/xhtml+xml"
    )
    {
        using var browser = node.Browse();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Language", language);
        request.Headers.Add("Accept", accept);
        var answer = await browser.Client.SendAsync(request, Ct);
        return (answer, await answer.Content.ReadAsStringAsync(Ct));
    }
}
