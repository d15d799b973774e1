using Microsoft.Playwright;

namespace Comity.System.Tests.Browser;

/// <summary>Every page that stands beside the way of a message, in every language: looked at, judged, measured.</summary>
[Trait("Lane", "browser")]
[Collection(BrowserStage.Name)]
public sealed class TourTests(BrowserStage stage)
{
    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public async Task Every_page_is_readable_by_everybody(string language)
    {
        var door = await stage.WindowAsync(language);
        await door.GotoAsync(await stage.LinkAsync(), BrowserStage.AtOnce);
        await door.IsAtAsync("**/sign-in/*");
        await door.IsGoodAsync($"{language}-invitation");
        await door.OpenAsync("/sign-in");
        await door.IsGoodAsync($"{language}-sign-in");
        await door.OpenAsync("/sign-in/not-a-link");
        await door.IsGoodAsync($"{language}-bad-link");
        await door.Context.CloseAsync();

        await stage.NotifyAsync();
        var asked = await stage.AskAsync();
        var page = await stage.SignedInAsync(language);
        foreach (var (path, name) in Pages.Concat([(asked, "asked"), ("/desk", "asked-desk")]))
        {
            await page.OpenAsync(path);
            await page.IsGoodAsync($"{language}-{name}");
        }
        await page.Context.CloseAsync();

        var manager = await stage.ManagerAsync(language, "directory-manager", "operator");
        foreach (var (path, name) in PagesOfTheManager)
        {
            await manager.OpenAsync(path);
            await manager.IsGoodAsync($"{language}-{name}");
        }
        await manager.Context.CloseAsync();
    }

    [Theory]
    [InlineData("es")]
    [InlineData("fr")]
    [InlineData("ru")]
    [InlineData("zh")]
    public async Task No_language_runs_out_of_a_narrow_page(string language)
    {
        await stage.NotifyAsync();
        var page = await stage.SignedInAsync(language);
        var conversation = page.Locator(".desk h3 a").First;
        var here = await conversation.GetAttributeAsync("href");
        var acknowledge = await page.Locator("a[href$='/acknowledge']").First.GetAttributeAsync("href");
        foreach (
            var (path, name) in Pages.Concat([
                ("/desk", "desk"),
                ("/exchange", "list"),
                (here!, "conversation"),
                (acknowledge!, "acknowledge"),
                (await stage.AskAsync(), "asked"),
                ("/sign-in", "sign-in"),
            ])
        )
        {
            await page.OpenAsync(path);
            await page.PhotographAsync($"{language}-{name}-light");
            await page.FitsAsync($"{language}-{name}");
        }
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public async Task Every_component_stands_in_the_style_guide_narrow_and_wide_light_and_dark(string language)
    {
        var page = await stage.SignedInAsync(language);
        foreach (
            var (path, name) in new[]
            {
                ($"/styleguide/{language}", "styleguide"),
                ($"/styleguide/{language}?exercise=true", "exercise"),
            }
        )
        {
            await page.OpenAsync(path);
            await page.IsGoodAsync($"{language}-{name}");
        }
        await page.Context.CloseAsync();
    }

    private static IEnumerable<(string Path, string Name)> Pages =>
        [
            ("/account", "account"),
            ("/directory", "directory"),
            ("/directory/QM", "participant"),
            ("/directory/QM/technical", "office"),
            ("/directory/QX", "not-in-the-directory"),
            ("/directory/confirm/QM", "confirm"),
            ("/directory/follow", "not-permitted"),
            ("/states", "states"),
            ("/states?q=xx", "no-such-state"),
            ("/states/by-region", "states-by-region"),
            ("/states/tiles/by-region", "states-as-tiles"),
            ("/states/IS", "one-state"),
            ("/no/such/page", "no-page"),
            ("/exchange/019af5c0-0000-7000-8000-000000000001", "no-conversation"),
        ];

    private static IEnumerable<(string Path, string Name)> PagesOfTheManager =>
        [
            ("/directory", "managed-directory"),
            ("/directory/follow", "follow"),
            ("/directory/admit", "admit"),
            ("/directory/publish", "publish"),
            ("/account", "manager-account"),
        ];
}
