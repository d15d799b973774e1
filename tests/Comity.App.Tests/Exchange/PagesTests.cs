using System.Net;
using AngleSharp.Html.Dom;
using Comity.App.Tests.Nodes;
using Comity.Node.Commands;
using Comity.Ui.Languages;

namespace Comity.App.Tests.Exchange;

public sealed class PagesTests(PagesNode pages) : IClassFixture<PagesNode>
{
    private const string Receipt = "Receipt only; no agreement with the content and no position on facts or origin.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_is_shown_in_six_languages()
    {
        var (conversation, message) = await pages.NotifyAsync();
        string[] paths =
        [
            "/desk",
            "/exchange",
            $"/exchange/{conversation}",
            $"/exchange/messages/{message}/acknowledge",
        ];
        var headings = new List<string>();
        foreach (var language in Language.All)
        {
            using var browser = await pages.BrowserAsync(language.Code);
            foreach (var path in paths)
            {
                var shown = await browser.GoAsync(path);
                Assert.True(shown.Status == HttpStatusCode.OK, $"{language.Code} {path}: {shown.Text}");
                IsWellMade(shown.Document, language);
                headings.Add(shown.Heading);
            }
        }
        // French and English share the word Notification; nothing else is the same anywhere.
        Assert.Equal(paths.Length * Language.All.Count - 1, headings.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task What_others_wrote_is_shown_and_never_obeyed()
    {
        var (conversation, _) = await pages.NotifyAsync("<img src=x onerror=alert(1)>");
        using var browser = await pages.BrowserAsync();
        var page = (await browser.GoAsync($"/exchange/{conversation}")).Document;
        Assert.Empty(page.QuerySelectorAll("main img, main b"));
        Assert.Contains(
            "<b>bad</b>.example",
            page.QuerySelector("td.value bdi")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains("health", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("beekeeping", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "Signed by the policy office",
            page.Body.TextContent.Replace("technical", "policy", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_was_asked_of_several_and_withdrawn_is_said_on_the_page_with_digits_to_compare()
    {
        var conversation = await pages.AskAndWithdrawAsync();
        using var browser = await pages.BrowserAsync();
        var page = (await browser.GoAsync($"/exchange/{conversation}")).Document;
        var first = page.QuerySelector(".timeline > li")!;
        Assert.Equal("Withdrawn by its author", first.QuerySelector(".notice-title")!.TextContent.Trim());
        Assert.Contains(
            "What has been sent stays with those who have it.",
            first.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains("immediate", first.TextContent, StringComparison.Ordinal);
        Assert.Contains("Whom can we call?", first.QuerySelector(".letter ol")!.TextContent, StringComparison.Ordinal);
        foreach (var office in new[] { "QM/policy", "QM/diplomatic" })
            Assert.Contains(office, first.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        var whole = await pages.Node.Operator.GetJsonAsync($"exchange/conversations/{conversation}", Ct);
        Assert.Contains((string)whole["messages"]![0]!["digestInGroups"]!, first.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_acknowledgement_takes_one_button_and_is_confirmed_on_the_conversation()
    {
        var (conversation, message) = await pages.NotifyAsync();
        using var browser = await pages.BrowserAsync();
        var path = $"/exchange/messages/{message}/acknowledge";
        var asked = await browser.GoAsync(path);
        Assert.Contains(Receipt, asked.Document.QuerySelector(".confirm")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "QM/technical",
            asked.Document.QuerySelector(".confirm dl")!.TextContent,
            StringComparison.Ordinal
        );

        var after = await browser.SubmitAsync(asked, path);

        Assert.StartsWith($"/exchange/{conversation}?done=", after.Path, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, after.Status);
        Assert.NotNull(after.Document.QuerySelector(".notice-done"));
        Assert.Null(after.Document.QuerySelector($"a[href='{path}']"));
        Assert.Null((await browser.GoAsync($"/exchange/{conversation}")).Document.QuerySelector(".notice-done"));
        var again = await browser.SubmitAsync(asked, path);
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
    }

    [Theory]
    [InlineData("2020-01-01T00:00", "f-answerExpectedBy")]
    [InlineData("31 May", "f-answerExpectedBy")]
    public async Task What_was_typed_stays_on_the_page_beside_what_is_wrong(string typed, string field)
    {
        var (_, message) = await pages.NotifyAsync();
        using var browser = await pages.BrowserAsync();
        var path = $"/exchange/messages/{message}/acknowledge";

        var answer = await browser.SubmitAsync(
            await browser.GoAsync(path),
            path,
            ("answerExpectedBy", typed),
            ("text", "A line that stays.")
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.NotNull(answer.Document.QuerySelector($".error-summary a[href='#{field}']"));
        Assert.Equal(typed, ((IHtmlInputElement)answer.Document.GetElementById(field)!).Value);
        Assert.Contains(
            "A line that stays.",
            answer.Document.GetElementById("f-text")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.NotNull(answer.Document.QuerySelector("details[open] #f-text"));
    }

    [Fact]
    public async Task Without_the_form_token_nothing_is_acknowledged()
    {
        var (_, message) = await pages.NotifyAsync();
        using var browser = await pages.BrowserAsync();
        var path = $"/exchange/messages/{message}/acknowledge";

        var answer = await browser.PostBareAsync(path, ("form", "acknowledged"), ("text", "kept"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.NotNull(answer.Document.QuerySelector(".error-summary"));
        Assert.NotNull((await browser.GoAsync(path)).Document.QuerySelector(".confirm button"));
    }

    [Fact]
    public async Task What_is_not_for_ones_office_is_not_there()
    {
        var (conversation, message) = await pages.NotifyAsync();
        using var own = await pages.BrowserAsync();
        using var stranger = await pages.BrowserAsync(office: "QM/diplomatic");
        string[] paths =
        [
            $"/exchange/{conversation}",
            $"/exchange/{conversation}/evidence",
            $"/exchange/{conversation}/data",
            $"/exchange/messages/{message}",
            $"/exchange/messages/{message}/acknowledge",
            $"/exchange/messages/{message}/envelope",
            $"/exchange/messages/{message}/attachments/1",
        ];
        foreach (var path in paths)
        {
            Assert.Equal(HttpStatusCode.OK, (await own.GoAsync(path)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GoAsync(path)).Status);
        }
        var form = await own.GoAsync(paths[4]);
        var foreign = await stranger.PostBareAsync(
            paths[4],
            [.. form.FieldsOf(paths[4]).Select(f => (f.Key, f.Value))]
        );
        Assert.NotEqual(HttpStatusCode.OK, foreign.Status);
        Assert.NotNull((await own.GoAsync(paths[4])).Document.QuerySelector(".confirm button"));
    }

    [Fact]
    public async Task Foreign_octets_are_a_file_and_never_a_page()
    {
        var (_, message) = await pages.NotifyAsync();
        using var browser = await pages.BrowserAsync();
        using var answer = await browser.Client.GetAsync(
            new Uri($"/exchange/messages/{message}/attachments/1", UriKind.Relative),
            Ct
        );
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("<script>alert(1)</script>", await answer.Content.ReadAsStringAsync(Ct));
    }

    private static void IsWellMade(IHtmlDocument page, Language language)
    {
        Assert.Equal(
            (language.Tag, language.Direction),
            (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("dir"))
        );
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.Empty(page.QuerySelectorAll("style, [style], script:not([src])"));
        var ids = page.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(page.QuerySelectorAll("label"), label => Assert.Contains(label.GetAttribute("for"), ids));
    }
}
