using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using Comity.App.Tests.Nodes;
using Comity.Directory;
using Comity.Directory.Naming;
using Comity.Node.Commands;
using Comity.Protocol;
using Comity.States;

namespace Comity.App.Tests.Directory;

/// <summary>Who gets what of the States, how much of it passes over a slow line, and in which language.</summary>
public sealed class StatesAccessTests(StatesNode states) : IClassFixture<StatesNode>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("CH", "Suisse", "CH")]
    [InlineData("CHE", "swiss confederation", "CH")]
    [InlineData("AU", "African Union", null)]
    [InlineData("CH", "State CH", null)]
    [InlineData("QM", "Suisse", null)]
    public void A_participant_is_a_State_where_code_and_entry_both_say_so(string code, string name, string? state)
    {
        var names = new Dictionary<string, string> { ["xx"] = "Name", ["fr"] = name };
        var card = new ParticipantCard(ParticipantCode.Parse(code), names, 1, default, "", false, false, false, []);

        Assert.Equal(state is null ? [] : [state], StatesAmongParticipants.Of([card]).Keys.Select(s => s.Alpha2));
    }

    [Theory]
    [InlineData("/states")]
    [InlineData("/states/CH")]
    public async Task Who_is_a_participant_is_shown_to_those_who_may_see_the_directory_only(string path)
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite);
        var request = Network.Request("CH", manager: false);
        request["names"] = new JsonObject { ["fr"] = "Confédération suisse" };
        await node.Operator.PostJsonAsync("directory/setup", request, Ct);
        using var stranger = node.Browse();

        var seen = await PageAsync(node.Operator.Client, path);
        var unseen = await PageAsync(stranger.Client, path);

        Assert.Equal(
            "/directory/CH",
            Assert.Single(seen.QuerySelectorAll("main a[href^='/directory']")).GetAttribute("href")
        );
        Assert.Empty(unseen.QuerySelectorAll("a[href^='/directory']"));
    }

    [Fact]
    public async Task The_language_of_an_address_holds_against_the_readers_own_and_changes_with_it()
    {
        using var browser = states.Node.Browse();
        browser.Cookies.Add(states.Node.Door, new Cookie("lang", "zh"));
        var arabic = await browser.GoAsync("/ar/states/tiles");
        var links = arabic.Document.QuerySelectorAll("nav a, .tiles a").Select(a => a.GetAttribute("href")!);

        Assert.Equal("ar", arabic.Document.DocumentElement.GetAttribute("lang"));
        Assert.All(links, l => Assert.StartsWith("/ar/states", l, StringComparison.Ordinal));
        Assert.Equal(
            [
                "/ar/states/tiles",
                "/zh/states/tiles",
                "/en/states/tiles",
                "/fr/states/tiles",
                "/ru/states/tiles",
                "/es/states/tiles",
                "/states/tiles",
            ],
            arabic.Document.QuerySelectorAll("link[rel=alternate]").Select(l => l.GetAttribute("href"))
        );
        Assert.Equal("zh-Hans", (await browser.GoAsync("/states")).Document.DocumentElement.GetAttribute("lang"));

        var russian = await browser.SubmitAsync(arabic, "/language", ("language", "ru"));
        Assert.Equal("/ru/states/tiles", russian.Path);
        Assert.Equal("ru", russian.Document.DocumentElement.GetAttribute("lang"));
    }

    [Theory]
    [InlineData("/xx/states")]
    [InlineData("/states/QM")]
    [InlineData("/en/states/none")]
    [InlineData("/en/sign-in")]
    public async Task What_there_is_not_is_not_found(string path)
    {
        using var browser = states.Node.Browse();
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GoAsync(path)).Status);
    }

    [Fact]
    public async Task Whoever_has_not_signed_in_finds_the_States_and_still_begins_with_signing_in()
    {
        using var browser = states.Node.Browse();
        var start = await browser.GoAsync("/");

        Assert.Equal("/sign-in", start.Path);
        Assert.Equal("/states", Assert.Single(start.Document.QuerySelectorAll("nav a")).GetAttribute("href"));
    }

    /// <summary>The first visit with style and script under 60 kB, each next page under 15 kB.</summary>
    [Theory]
    [MemberData(nameof(StatesNode.Languages), MemberType = typeof(StatesNode))]
    public async Task A_page_is_light_on_a_slow_line(string language)
    {
        using var browser = states.Node.Browse();
        foreach (var path in new[] { "/states", "/states/by-region", "/states/tiles", "/states/tiles/by-region" })
        {
            using var answer = await AskAsync(browser.Client, $"/{language}{path}");
            var octets = await answer.Content.ReadAsByteArrayAsync(Ct);
            Assert.Equal(["br"], answer.Content.Headers.ContentEncoding);
            Assert.InRange(octets.Length, 1_000, 15_000);
        }

        var page = await states.PageAsync($"/{language}/states");
        var total = 15_000;
        foreach (var file in page.QuerySelectorAll("link[rel=stylesheet], script"))
        {
            using var answer = await AskAsync(browser.Client, file.GetAttribute("href") ?? file.GetAttribute("src")!);
            total += (await answer.Content.ReadAsByteArrayAsync(Ct)).Length;
        }

        Assert.InRange(total, 16_000, 60_000);
    }

    /// <summary>What repeats something that was asked, or is somebody's own, tells nothing by its size.</summary>
    [Theory]
    [InlineData("/en/states?q=a")]
    [InlineData("/en/states?x=a")]
    [InlineData("/en/states/CH")]
    [InlineData("/sign-in")]
    [InlineData("/no/such/page")]
    [InlineData("/api/v1/states?q=a")]
    public async Task What_repeats_the_request_is_never_compressed(string path)
    {
        using var browser = states.Node.Browse();
        using var answer = await AskAsync(browser.Client, path);

        Assert.Empty(answer.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Everything_that_a_page_shows_is_there_as_data()
    {
        using var browser = states.Node.Browse();
        using var list = await browser.Client.GetAsync(new Uri("/api/v1/states", UriKind.Relative), Ct);
        using var document = JsonDocument.Parse(await list.Content.ReadAsByteArrayAsync(Ct));
        var csv = await browser.Client.GetByteArrayAsync(new Uri("/states.csv", UriKind.Relative), Ct);
        var lines = Encoding.UTF8.GetString(csv.AsSpan(3)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(195, document.RootElement.GetProperty("states").GetArrayLength());
        Assert.Equal(
            31,
            document
                .RootElement.GetProperty("states")
                .EnumerateArray()
                .Sum(s => s.TryGetProperty("unverified", out var names) ? names.GetArrayLength() : 0)
        );
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), csv[..3]);
        Assert.Equal(196, lines.Length);
        var row = lines.Single(l => l.StartsWith("IS,", StringComparison.Ordinal)).Split(',');
        Assert.Equal(lines[0].Split(',').Length, row.Length);
        Assert.Equal(ListOfStates.Find("IS")!.ShortName("ru"), row[Array.IndexOf(lines[0].Split(','), "short_ru")]);
        Assert.Equal("formal_ar formal_zh formal_en formal_fr formal_ru formal_es", row[^1]);
    }

    [Theory]
    [InlineData("/api/v1/states")]
    [InlineData("/states.csv")]
    public async Task Data_that_somebody_has_is_not_sent_again(string path)
    {
        using var browser = states.Node.Browse();
        using var first = await AskAsync(browser.Client, path);
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await browser.Client.SendAsync(again, Ct);

        Assert.Equal(["br"], first.Content.Headers.ContentEncoding);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        return await client.SendAsync(request, Ct);
    }

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> PageAsync(HttpClient client, string path) =>
        new HtmlParser().ParseDocument(await client.GetStringAsync(new Uri(path, UriKind.Relative), Ct));
}
