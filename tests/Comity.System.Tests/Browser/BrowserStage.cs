using System.Text.Json.Nodes;
using Comity.Node;
using Comity.Node.Commands;
using Comity.Node.Demo;
using Comity.Tests;
using Microsoft.Playwright;

namespace Comity.System.Tests.Browser;

/// <summary>
/// Three nodes as three processes, as in the demonstration, and a browser before them. Made once for all journeys, by
/// the first that needs it, so that a machine without Chromium skips and does not fail.
/// </summary>
public sealed class BrowserStage : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly Narrator _narrator = new(json: true);
    private Stage? _stage;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Stage Stage => _stage ?? throw new InvalidOperationException("Open a window first.");

    /// <summary>A window in which nobody has signed in.</summary>
    internal async Task<IPage> WindowAsync(string language, bool script = true)
    {
        await StartAsync();
        var context = await _browser!.NewContextAsync(
            new()
            {
                Locale = language,
                TimezoneId = "Asia/Kathmandu",
                JavaScriptEnabled = script,
                ViewportSize = new() { Width = 1180, Height = 900 },
            }
        );
        context.SetDefaultTimeout(20_000);
        return await context.NewPageAsync();
    }

    /// <summary>A window of QN's duty officer, signed in by a new one-time link and the button on its page.</summary>
    internal async Task<IPage> SignedInAsync(string language, bool script = true)
    {
        var page = await WindowAsync(language, script);
        await page.GotoAsync(await LinkAsync());
        await page.Locator("main form button").First.ClickAsync();
        // The address, then the page itself: waiting for the load event can miss it when the page is there already.
        await page.WaitForURLAsync("**/desk", new() { WaitUntil = WaitUntilState.Commit });
        await page.Locator("main h1").WaitForAsync();
        return page;
    }

    /// <summary>Has QM notify QN, and waits for QN's receipt.</summary>
    /// <returns>The id that both sides share, and the line of QN's desk that shows it.</returns>
    internal async Task<(string Id, string Line)> NotifyAsync()
    {
        await StartAsync();
        await NotificationScene.PlayAsync(Stage, _narrator, Ct);
        await ReceiptScene.PlayAsync(Stage, _narrator, Ct);
        Assert.True(_narrator.EverythingVerified, "The notification did not arrive.");
        var there = await Stage.Notified.Operator.GetJsonAsync($"exchange/messages/{Stage.Notification}", Ct);
        return (Stage.Notification, $".desk > li:has(a[href$='#m-{there.Text("id")}'])");
    }

    /// <summary>What QM sees of QN's acknowledgement, as soon as it is there.</summary>
    internal async Task<JsonNode?> AcknowledgementAsync(string message)
    {
        var seen = await Stage.Affected.UntilAsync(
            $"exchange/messages/{message}",
            m => m.Mark("QN/technical", "acknowledged") is not null,
            TimeSpan.FromSeconds(20),
            Ct
        );
        return seen.Mark("QN/technical", "acknowledged");
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_stage is not null)
            await _stage.DisposeAsync();
        _one.Dispose();
    }

    private async Task<string> LinkAsync()
    {
        var body = new JsonObject
        {
            ["name"] = "Duty officer",
            ["offices"] = new JsonArray("QN/technical"),
            ["roles"] = new JsonArray("duty-officer"),
        };
        return (await Stage.Notified.Operator.PostJsonAsync("accounts/invite", body, Ct)).Text("link");
    }

    private async Task StartAsync()
    {
        var chromium = Needs.Program("chromium", "browser");
        await _one.WaitAsync(Ct);
        try
        {
            if (_browser is not null)
                return;
            var stix = Path.Combine(AppContext.BaseDirectory, "Demo", "incident.stix.json");
            _stage = await Stage.SetAsync(Rooms.Catalog, new DemoWish(true, null, stix), _narrator, Ct);
            await DirectoryScene.PlayAsync(_stage, _narrator, Ct);
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(
                new()
                {
                    ExecutablePath = chromium,
                    Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"],
                }
            );
        }
        finally
        {
            _one.Release();
        }
    }
}
