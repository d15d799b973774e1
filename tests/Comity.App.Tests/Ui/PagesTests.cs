using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Comity.Ui.Languages;
using Microsoft.AspNetCore.TestHost;

namespace Comity.App.Tests.Ui;

public sealed partial class PagesTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_language_shows_every_component_without_inline_style_or_script()
    {
        await using var app = await UiHost.StartAsync();
        var client = app.GetTestClient();
        foreach (var language in Language.All)
        {
            var html = await client.GetStringAsync($"/styleguide/{language.Code}?exercise=true", Ct);
            var page = new HtmlParser().ParseDocument(html);
            Assert.Equal((language.Tag, language.Direction), (page.DocumentElement.GetAttribute("lang"), page.Dir()));
            Assert.Empty(page.QuerySelectorAll("style, [style], script:not([src]), [onclick], [href^='javascript:']"));
            Assert.Single(page.QuerySelectorAll("h1"));
            var ids = page.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
            Assert.Equal(ids.Distinct(), ids);
            Assert.All(page.QuerySelectorAll("label"), label => Assert.Contains(label.GetAttribute("for"), ids));
            var described = page.QuerySelectorAll("[aria-describedby]")
                .SelectMany(e => e.GetAttribute("aria-describedby")!.Split(' '));
            Assert.All(described, id => Assert.Contains(id, ids));
            Assert.Equal(2, page.QuerySelectorAll(".exercise-band").Length);
            Assert.All(page.QuerySelectorAll("time"), t => Assert.Matches(MachineTime(), t.GetAttribute("datetime")));
        }
    }

    [Fact]
    public async Task What_was_typed_and_is_wrong_stays_visible_with_its_error()
    {
        await using var app = await UiHost.StartAsync();
        var page = new HtmlParser().ParseDocument(await app.GetTestClient().GetStringAsync("/styleguide/fr", Ct));
        var field = page.QuerySelector("#f-by")!;
        Assert.Equal(("text", "tomorrow"), (field.GetAttribute("type"), field.GetAttribute("value")));
        Assert.Contains(
            "2026-05-03 14:30, en UTC",
            page.QuerySelector("#f-by-error")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.NotNull(page.QuerySelector(".error-summary a[href='#f-by']"));
    }

    [Theory]
    [InlineData("ar", null, "rtl")]
    [InlineData("xx", "ar;q=0.1, en;q=0", "rtl")]
    [InlineData(null, "de, en;q=0.2, ar-EG;q=0.9", "rtl")]
    [InlineData(null, "de", "ltr")]
    [InlineData(null, "\u0001;;q=x", "ltr")]
    public async Task Cookie_then_browser_then_English_choose_the_language(string? cookie, string? accept, string dir)
    {
        await using var app = await UiHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/styleguide");
        if (cookie is not null)
            request.Headers.Add("Cookie", $"lang={cookie}");
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept-Language", accept);
        using var answer = await app.GetTestClient().SendAsync(request, Ct);
        Assert.Equal(dir, new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Ct)).Dir());
    }

    [Theory]
    [InlineData("/styleguide?a=1", "/styleguide?a=1")]
    [InlineData("//elsewhere.example/", "/")]
    [InlineData("/\\elsewhere.example/", "/")]
    [InlineData("https://elsewhere.example/", "/")]
    [InlineData("/a\r\nb", "/")]
    public async Task Choosing_a_language_leads_back_and_never_to_another_host(string back, string location)
    {
        await using var app = await UiHost.StartAsync();
        using var answer = await ChooseAsync(app.GetTestClient(), back, withToken: true);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(location, answer.Headers.Location!.OriginalString);
        Assert.Contains(
            answer.Headers.GetValues("Set-Cookie"),
            c => c.StartsWith("lang=ar;", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Without_the_form_token_no_language_is_chosen_and_the_way_back_is_shown()
    {
        await using var app = await UiHost.StartAsync();
        using var answer = await ChooseAsync(app.GetTestClient(), "/styleguide", withToken: false);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.DoesNotContain(
            answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [],
            c => c.StartsWith("lang=", StringComparison.Ordinal)
        );
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Ct));
        Assert.NotNull(page.QuerySelector("main a[href='/styleguide']"));
    }

    [Fact]
    public async Task The_style_sheet_is_small_knows_no_left_or_right_and_is_kept_for_ever()
    {
        await using var app = await UiHost.StartAsync();
        var client = app.GetTestClient();
        var page = new HtmlParser().ParseDocument(await client.GetStringAsync("/styleguide", Ct));
        using var answer = await client.GetAsync(page.QuerySelector("link")!.GetAttribute("href"), Ct);
        Assert.True(answer.Headers.CacheControl is { Public: true, MaxAge.TotalDays: >= 365 });
        var css = await answer.Content.ReadAsStringAsync(Ct);
        Assert.InRange(css.Length, 1_000, 15_000);
        Assert.DoesNotMatch(PhysicalSide(), css);
        using var gone = await client.GetAsync("/assets/comity.000000000000.css", Ct);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    private static async Task<HttpResponseMessage> ChooseAsync(HttpClient client, string back, bool withToken)
    {
        using var first = await client.GetAsync("/styleguide", Ct);
        var page = new HtmlParser().ParseDocument(await first.Content.ReadAsStringAsync(Ct));
        var token = page.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var post = new HttpRequestMessage(HttpMethod.Post, "/language");
        post.Headers.Add("Cookie", first.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        var fields = new Dictionary<string, string> { ["language"] = "ar", ["return"] = back };
        if (withToken)
            fields["__RequestVerificationToken"] = token;
        post.Content = new FormUrlEncodedContent(fields);
        return await client.SendAsync(post, Ct);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", RegexOptions.None, 1_000)]
    private static partial Regex MachineTime();

    [GeneratedRegex(@"(?<![\w-])(left|right)(?![\w-])|-(left|right)\b", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex PhysicalSide();
}

internal static class Documents
{
    public static string? Dir(this AngleSharp.Html.Dom.IHtmlDocument page) => page.DocumentElement.GetAttribute("dir");
}
