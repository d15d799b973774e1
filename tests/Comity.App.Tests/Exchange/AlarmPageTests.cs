namespace Comity.App.Tests.Exchange;

public sealed class AlarmPageTests(PagesNode pages) : IClassFixture<PagesNode>
{
    [Fact]
    public async Task An_alarm_stands_on_the_desk_until_somebody_puts_it_aside()
    {
        await pages.AlarmAsync();
        using var browser = await pages.BrowserAsync();
        var desk = await browser.GoAsync("/desk");
        Assert.Contains("made more than thirty days before", desk.Text, StringComparison.Ordinal);
        Assert.Contains("3 times", desk.Text, StringComparison.Ordinal);
        desk = await browser.SubmitAsync(desk, "/exchange/alarms/settle");
        Assert.Equal("/desk", desk.Path);
        Assert.DoesNotContain("made more than thirty days before", desk.Text, StringComparison.Ordinal);
    }
}
