using System.Net;

namespace Comity.App.Tests.Exchange;

public sealed class FullDiskPagesTests(PagesNode pages) : IClassFixture<PagesNode>
{
    [Fact]
    public async Task Without_room_on_the_disk_what_was_typed_stays_on_the_page_and_nothing_is_accepted()
    {
        var (conversation, message) = await pages.NotifyAsync();
        using var browser = await pages.BrowserAsync("ar");
        var path = $"/exchange/messages/{message}/acknowledge";
        var asked = await browser.GoAsync(path);
        pages.Gate.IsFull = true;
        try
        {
            var answer = await browser.SubmitAsync(asked, path, ("text", "A line that stays."));

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
            Assert.Contains("قرص هذه العقدة ممتلئ. لم يُقبل شيء", answer.Text, StringComparison.Ordinal);
            Assert.Contains(
                "A line that stays.",
                answer.Document.GetElementById("f-text")!.TextContent,
                StringComparison.Ordinal
            );
            // What is there can still be read.
            Assert.Equal(HttpStatusCode.OK, (await browser.GoAsync($"/exchange/{conversation}")).Status);
        }
        finally
        {
            pages.Gate.IsFull = false;
        }
        Assert.NotNull((await browser.GoAsync(path)).Document.QuerySelector(".confirm button"));
    }
}
