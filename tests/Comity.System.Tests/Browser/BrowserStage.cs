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
[CollectionDefinition(Name)]
public sealed class BrowserStage : IAsyncDisposable, ICollectionFixture<BrowserStage>
{
    public const string Name = "browser";

    /// <summary>A page counts as there by what stands on it; its load event may come at any time.</summary>
    internal static readonly PageGotoOptions AtOnce = new() { WaitUntil = WaitUntilState.Commit };

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
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync();
    }

    /// <summary>A window of QN's duty officer, signed in by a new one-time link and the button on its page.</summary>
    internal async Task<IPage> SignedInAsync(string language, bool script = true)
    {
        var page = await WindowAsync(language, script);
        await page.GotoAsync(await LinkAsync(), AtOnce);
        await page.Locator("main form button").First.ClickAsync();
        await page.IsAtAsync("**/desk");
        return page;
    }

    /// <summary>The same for somebody of QZ, which manages the directory, with roles of their own.</summary>
    internal async Task<IPage> ManagerAsync(string language, params string[] roles)
    {
        var page = await WindowAsync(language);
        await page.GotoAsync(await LinkAsync(Stage.Manager, roles), AtOnce);
        await page.Locator("main form button").First.ClickAsync();
        await page.IsAtAsync("**/d*");
        return page;
    }

    /// <summary>A one-time link of QN's duty officer.</summary>
    internal async Task<string> LinkAsync()
    {
        await StartAsync();
        return await LinkAsync(Stage.Notified, "duty-officer");
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

    /// <summary>
    /// Has QM ask QN and QZ for clarification, inform them, withdraw that, and propose consultations; the path of the
    /// conversation at QN, when all of it is there.
    /// </summary>
    internal async Task<string> AskAsync()
    {
        await StartAsync();
        var asked = await SayAsync(
            "clarification-request",
            null,
            null,
            """{"priority":"immediate","questions":["Is the scan of this morning an exercise of yours?","Whom can we call?"],"text":"Seen at a hospital."}"""
        );
        var conversation = asked.Text("conversation");
        var told = await SayAsync("information", conversation, null, """{"text":"It has stopped."}""");
        var back = await SayAsync("withdrawal", conversation, told.Text("id"), """{"text":"It has not."}""");
        var last = await SayAsync(
            "consultation-request",
            conversation,
            null,
            """{"text":"On the protection of hospitals.","arrangement":"Our regional organisation"}"""
        );
        foreach (var message in new[] { asked, told, back, last })
            await Stage.Affected.UntilAsync(
                $"exchange/messages/{message.Text("id")}",
                m => m.Mark("QN/technical", "opened") is not null,
                TimeSpan.FromMinutes(2),
                Ct
            );
        var there = await Stage.Notified.Operator.GetJsonAsync($"exchange/messages/{last.Text("id")}", Ct);
        return $"/exchange/{there.Text("conversation")}";
    }

    private Task<JsonNode> SayAsync(string kind, string? conversation, string? about, string fields) =>
        Stage.Affected.Operator.PostJsonAsync(
            "exchange/send",
            new JsonObject
            {
                ["from"] = "QM/technical",
                ["to"] = kind == "withdrawal" ? null : Json.Array(["QN/technical", "QZ/technical"]),
                ["message"] = new JsonObject
                {
                    ["kind"] = kind,
                    ["conversation"] = conversation,
                    ["inReplyTo"] = about,
                    ["language"] = "en",
                    ["tlp"] = "AMBER",
                    ["fields"] = JsonNode.Parse(fields),
                },
            },
            Ct
        );

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

    private static async Task<string> LinkAsync(DemoNode node, params string[] roles)
    {
        var body = new JsonObject
        {
            ["name"] = "Duty officer",
            ["offices"] = new JsonArray($"{node.Code}/technical"),
            ["roles"] = new JsonArray([.. roles.Select(r => (JsonNode)r)]),
        };
        return (await node.Operator.PostJsonAsync("accounts/invite", body, Ct)).Text("link");
    }

    private async Task StartAsync()
    {
        var chromium = Needs.Program("chromium", "browser");
        await _one.WaitAsync(Ct);
        try
        {
            if (_browser is not null)
                return;
            // The nodes inherit it, and show the style guide.
            Environment.SetEnvironmentVariable("COMITY_DEVELOPMENT", "1");
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
