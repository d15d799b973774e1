using System.Diagnostics;
using Comity.Node.Commands;
using Comity.Tests;
using Microsoft.Playwright;

namespace Comity.System.Tests.Browser;

/// <summary>What a duty officer does at three in the morning.</summary>
[Trait("Lane", "browser")]
[Collection(BrowserStage.Name)]
public sealed class JourneyTests(BrowserStage stage)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", "ltr")]
    [InlineData("ar", "rtl")]
    [InlineData("zh", "ltr")]
    public async Task A_duty_officer_signs_in_reads_and_acknowledges(string language, string direction)
    {
        var (notification, line) = await stage.NotifyAsync();
        var page = await stage.SignedInAsync(language);
        Assert.Equal(direction, await page.Locator("html").GetAttributeAsync("dir"));
        await page.IsGoodAsync($"{language}-desk");

        await page.Locator(line).Locator("h3 a").ClickAsync();
        await page.IsAtAsync("**/exchange/*");
        await page.IsGoodAsync($"{language}-conversation");
        await page.PrintAsync($"{language}-conversation");

        await page.Locator("a[href$='/acknowledge']").First.ClickAsync();
        await page.IsAtAsync("**/acknowledge");
        await page.IsGoodAsync($"{language}-acknowledge");

        await page.Locator(".confirm button").ClickAsync();
        await page.IsAtAsync("**/exchange/*?done=*");
        Assert.True(await page.Locator(".notice-done").IsVisibleAsync());
        await page.IsGoodAsync($"{language}-acknowledged");
        Assert.NotNull(await stage.AcknowledgementAsync(notification));

        await page.OpenAsync("/exchange");
        await page.IsGoodAsync($"{language}-list");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Without_script_a_proposed_time_is_taken_over_and_a_wrong_one_stays_on_the_page()
    {
        var (notification, line) = await stage.NotifyAsync();
        var page = await stage.SignedInAsync("en", script: false);
        await page.Locator(line).Locator("a[href$='/acknowledge']").ClickAsync();

        await page.Locator("details.disclosure summary").First.ClickAsync();
        await page.Locator("details.disclosure li a").First.ClickAsync();
        var field = page.Locator("#f-answerExpectedBy");
        var proposed = await field.InputValueAsync();
        Assert.NotEmpty(proposed);

        await field.FillAsync("2020-01-01T00:00");
        await page.Locator("#f-text").FillAsync("A line that stays.");
        await page.Locator("form:has(#f-text) button").ClickAsync();
        Assert.True(await page.Locator(".error-summary").IsVisibleAsync());
        Assert.Equal("2020-01-01T00:00", await field.InputValueAsync());
        Assert.Equal("A line that stays.", await page.Locator("#f-text").InputValueAsync());

        await field.FillAsync(proposed);
        await page.Locator("form:has(#f-text) button").ClickAsync();
        await page.IsAtAsync("**/exchange/*?done=*");
        var mark = await stage.AcknowledgementAsync(notification);
        Assert.StartsWith(proposed, mark.Text("answerExpectedBy"), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_printed_conversation_stands_on_its_own()
    {
        var text = Needs.Program("pdftotext", "browser");
        var (_, line) = await stage.NotifyAsync();
        var page = await stage.SignedInAsync("en");
        await page.Locator(line).Locator("h3 a").ClickAsync();
        await page.IsAtAsync("**/exchange/*");
        var sheets = await ReadAsync(text, await page.PrintAsync("en-print"));
        var printed = sheets.ReplaceLineEndings(" ");
        Assert.All(
            sheets.TrimEnd('\f').Split('\f'),
            sheet => Assert.Contains("TLP:AMBER", sheet, StringComparison.Ordinal)
        );
        Assert.Contains("TLP:AMBER", printed, StringComparison.Ordinal);
        Assert.Contains("QM/technical", printed, StringComparison.Ordinal);
        Assert.Contains("This message creates no duty to monitor.", printed, StringComparison.Ordinal);
        Assert.Contains("Digest of the envelope", printed, StringComparison.Ordinal);
        Assert.Contains("Printed from the node of QN", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("Sign out", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("Download", printed, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    private static async Task<string> ReadAsync(string program, byte[] paper)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, ["-", "-"])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync(Ct);
        await process.StandardInput.BaseStream.WriteAsync(paper, Ct);
        process.StandardInput.Close();
        await process.WaitForExitAsync(Ct);
        return await output;
    }
}
