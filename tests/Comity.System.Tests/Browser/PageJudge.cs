using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Comity.System.Tests.Browser;

/// <summary>What every page must be, whatever it shows.</summary>
internal static class PageJudge
{
    /// <summary>Where COMITY_PICTURES names a folder, every page that is judged is photographed into it.</summary>
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("COMITY_PICTURES");

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
        var (width, height) = (page.ViewportSize!.Width, page.ViewportSize.Height);
        await page.SetViewportSizeAsync(320, 640);
        await PhotographAsync(page, $"{name}-narrow");
        var runsOver = await page.EvaluateAsync<int>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        );
        Assert.True(runsOver <= 0, $"{name} is {runsOver} pixels too wide for a narrow screen.");
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

    private static async Task PhotographAsync(IPage page, string name)
    {
        if (Pictures is { Length: > 0 })
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, name + ".png"), FullPage = true });
    }

    private static string Said(AxeResultItem item) =>
        $"{item.Id}: {item.Help} at {string.Join(" | ", item.Nodes.Select(n => n.Html))}";
}
