using Comity.App.Tests.Nodes;
using Comity.Ui.Languages;

namespace Comity.App.Tests.Exchange;

/// <summary>What a duty officer sees first.</summary>
public sealed class DeskPageTests(PagesNode pages) : IClassFixture<PagesNode>
{
    [Fact]
    public async Task A_quiet_desk_says_that_it_is_quiet_and_awake()
    {
        using var browser = await pages.BrowserAsync(office: "QM/diplomatic");
        var page = (await browser.GoAsync("/desk")).Document;
        var quiet = Assert.Single(page.QuerySelectorAll(".empty")).TextContent;
        Assert.Contains("All is quiet.", quiet, StringComparison.Ordinal);
        Assert.Contains("Nothing waits for this office.", quiet, StringComparison.Ordinal);
        Assert.Contains("No message has come yet.", quiet, StringComparison.Ordinal);
        Assert.StartsWith("Desk", page.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_title_of_the_desk_counts_what_waits_and_the_keyboard_leads_there()
    {
        await pages.NotifyAsync();
        using var browser = await pages.BrowserAsync("ar");
        var page = (await browser.GoAsync("/desk")).Document;
        var waiting = page.QuerySelectorAll("#desk ol.desk > li:has(.button)").Length;
        Assert.StartsWith(
            $"({Language.Find("ar")!.Culture.NumberFormat.NativeDigits[waiting]}) ",
            page.Title,
            StringComparison.Ordinal
        );
        Assert.NotNull(page.QuerySelector("a.skip[href='#first']"));
        Assert.Equal("-1", page.QuerySelector("#first")!.GetAttribute("tabindex"));
    }

    [Fact]
    public async Task A_name_in_another_language_says_which()
    {
        var (conversation, _) = await pages.NotifyAsync();
        using var arabic = await pages.BrowserAsync("ar");
        using var french = await pages.BrowserAsync("fr");

        var foreign = (await arabic.GoAsync($"/exchange/{conversation}")).Document.QuerySelectorAll("bdi[lang]");
        var own = (await french.GoAsync($"/exchange/{conversation}")).Document;

        Assert.Contains(foreign, n => (n.TextContent, n.GetAttribute("lang")) == ("Republic of QM", "en"));
        Assert.Contains("République de QM", own.QuerySelector(".letterhead")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Republic of QM", own.Body!.TextContent, StringComparison.Ordinal);
    }
}
