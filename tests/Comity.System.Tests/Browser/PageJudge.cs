using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Comity.System.Tests.Browser;

/// <summary>What every page must be, whatever it shows.</summary>
internal static class PageJudge
{
    /// <summary>Where COMITY_PICTURES names a folder, every page that is judged is photographed into it.</summary>
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("COMITY_PICTURES");

    // Several nodes and a browser share a small machine with whatever else runs there.
    private const int Patience = 60_000;

    /// <summary>Waits until an address is reached and its page is there.</summary>
    public static async Task IsAtAsync(this IPage page, string address)
    {
        // Asked again and again: an event may be over before somebody waits for it.
        await Assertions.Expect(page).ToHaveURLAsync(Pattern(address), new() { Timeout = Patience });
        await page.Locator("main h1").WaitForAsync();
        await page.Locator("footer").WaitForAsync();
    }

    private static Regex Pattern(string address)
    {
        var parts = address.Split("**").Select(part => string.Join("[^/]*", part.Split('*').Select(Regex.Escape)));
        return new Regex($"^{string.Join(".*", parts)}$", RegexOptions.None, TimeSpan.FromSeconds(1));
    }

    /// <summary>Opens a path of the node whose page is shown.</summary>
    public static async Task OpenAsync(this IPage page, string path)
    {
        await page.GotoAsync(new Uri(new Uri(page.Url), path).ToString(), BrowserStage.AtOnce);
        await page.Locator("main h1").WaitForAsync();
        await page.Locator("footer").WaitForAsync();
    }

    // Not what stands in something that scrolls by itself.
    private const string Widest = """
        [...document.querySelectorAll("body *")]
          .filter(e => e.getBoundingClientRect().right > innerWidth || e.getBoundingClientRect().left < 0)
          .filter(e => !e.closest(".table"))
          .map(e => e.outerHTML.slice(0, 160)).slice(0, 5).join(" | ")
        """;

    /// <summary>Judged by axe in both themes, and at 320 pixels nothing runs out of the page.</summary>
    public static async Task IsGoodAsync(this IPage page, string name)
    {
        foreach (var theme in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = theme });
            await PhotographAsync(page, $"{name}-{(theme == ColorScheme.Dark ? "dark" : "light")}");
            var found = await page.RunAxe();
            Assert.True(
                found.Violations.Length == 0,
                $"{name}, {theme}: {string.Join("\n", found.Violations.Select(Said))}"
            );
        }
        await page.FitsAsync(name);
    }

    /// <summary>At 320 pixels nothing runs out of the page.</summary>
    public static async Task FitsAsync(this IPage page, string name)
    {
        var (width, height) = (page.ViewportSize!.Width, page.ViewportSize.Height);
        await page.SetViewportSizeAsync(320, 640);
        await PhotographAsync(page, $"{name}-narrow");
        var runsOver = await page.EvaluateAsync<int>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        );
        Assert.True(
            runsOver <= 0,
            $"{name} is {runsOver} pixels too wide for a narrow screen: {await page.EvaluateAsync<string>(Widest)}"
        );
        await page.SetViewportSizeAsync(width, height);
    }

    /// <summary>The page as a printer gets it.</summary>
    public static async Task<byte[]> PrintAsync(this IPage page, string name)
    {
        var paper = await page.PdfAsync(new() { Format = "A4", PreferCSSPageSize = true });
        if (Pictures is { Length: > 0 })
            await File.WriteAllBytesAsync(
                Path.Combine(Pictures, name + ".pdf"),
                paper,
                TestContext.Current.CancellationToken
            );
        return paper;
    }

    public static async Task PhotographAsync(this IPage page, string name)
    {
        if (Pictures is { Length: > 0 })
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, name + ".png"), FullPage = true });
    }

    private static string Said(AxeResultItem item) =>
        $"{item.Id}: {item.Help} at {string.Join(" | ", item.Nodes.Select(n => n.Html))}";
}
