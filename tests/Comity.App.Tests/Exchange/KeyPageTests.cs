using System.Text.Json.Nodes;
using Comity.App.Tests.Directory;
using Comity.App.Tests.Nodes;
using Comity.Exchange.Words;
using Comity.Node.Commands;
using Comity.Ui.Languages;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Exchange;

/// <summary>
/// One node, whose technical office writes to its policy office, whose key is revoked: what both read on their pages, in
/// six languages, and at the command line.
/// </summary>
public sealed class KeyPageTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waits_for_a_key_is_said_on_the_pages_of_both_offices_in_six_languages()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite);
        var made = await Network.SetUpAsync(node, "QM", manager: true);
        await RevokeAsync(node, (string)made["participantKey"]!);
        var accepted = await PagesNode.SendAsync(node, "Something was seen.");
        var alarm = await AlarmAsync(node);
        var (conversation, cause) = await WaitsAsync(node, (string)accepted["conversation"]!);

        using var ours = await node.SignInAsync("Person One", "QM/technical", "duty-officer");
        using var theirs = await node.SignInAsync("Person Two", "QM/policy", "duty-officer");
        foreach (var language in Language.All)
        {
            var texts = node.Services.GetRequiredService<Catalogs>().For(language);
            var waits = texts.T(CauseWords.Table[cause]);
            Assert.Contains(waits, await ReadAsync(ours, language, "/desk"), StringComparison.Ordinal);
            Assert.Contains(
                waits,
                await ReadAsync(ours, language, $"/exchange/{conversation}"),
                StringComparison.Ordinal
            );
            var desk = await ReadAsync(theirs, language, "/desk");
            Assert.Contains(
                texts.T(
                    "{other} has something for {office} and cannot seal it",
                    ("other", "QM/technical"),
                    ("office", "QM/policy")
                ),
                desk,
                StringComparison.Ordinal
            );
            Assert.Contains(
                texts.T(
                    "The key of {office} is revoked: nothing can be sealed to this office.",
                    ("office", "QM/policy")
                ),
                desk,
                StringComparison.Ordinal
            );
            Assert.Contains("comity keys create --office QM/policy", desk, StringComparison.Ordinal);
            Assert.Contains(
                texts.T("key revoked"),
                await ReadAsync(theirs, language, "/directory/QM/policy"),
                StringComparison.Ordinal
            );
        }

        // The same in words at the command line, and no bare codes.
        var said = string.Join('\n', AlarmVerbs.Lines(alarm));
        Assert.Contains("QM/technical has something for QM/policy and cannot seal it", said, StringComparison.Ordinal);
        Assert.Contains("The key of QM/policy is revoked", said, StringComparison.Ordinal);
        Assert.Contains("comity keys create --office QM/policy", said, StringComparison.Ordinal);
        var shown = await node.Operator.GetJsonAsync($"exchange/conversations/{conversation}", Ct);
        Assert.Contains(
            "NOT DELIVERED: Their key is revoked; their node was told.",
            string.Join('\n', ConversationText.Lines(shown)),
            StringComparison.Ordinal
        );
    }

    private static Task RevokeAsync(TestNode node, string participantKey) =>
        KeyAsync(node, "keys/revoke", participantKey);

    private static async Task KeyAsync(TestNode node, string verb, string participantKey)
    {
        var keys = (await node.Operator.GetJsonAsync("keys", Ct)).AsArray();
        var policy = keys.Single(k => (string)k!["subject"]! == "QM/policy");
        var body = new JsonObject
        {
            ["fingerprint"] = (string)policy!["fingerprint"]!,
            ["reason"] = "superseded",
            ["participantKey"] = participantKey,
            ["passphrase"] = Network.Passphrase,
        };
        await node.Operator.PostJsonAsync(verb, body, Ct);
    }

    private static async Task<JsonNode> AlarmAsync(TestNode node)
    {
        JsonNode? alarm = null;
        await UntilAsync(async () =>
            (alarm = (await node.Operator.GetJsonAsync("exchange/alarms", Ct)).AsArray().SingleOrDefault()) is not null
        );
        return alarm!;
    }

    private static async Task<(string Conversation, string Cause)> WaitsAsync(TestNode node, string shared)
    {
        JsonNode? mark = null;
        var conversation = "";
        await UntilAsync(async () =>
        {
            var whole = await node.Operator.GetJsonAsync($"exchange/conversations/{shared}", Ct);
            conversation = (string)whole["id"]!;
            mark = whole["messages"]![0]!["recipients"]![0]!["marks"]!
                .AsArray()
                .SingleOrDefault(m => (string)m!["name"]! == "not-delivered");
            return mark is not null;
        });
        return (conversation, (string)mark!["cause"]!);
    }

    // What a person reads, without what a browser does not show between the words.
    private static async Task<string> ReadAsync(Browser browser, Language language, string path)
    {
        browser.Client.DefaultRequestHeaders.Remove("Accept-Language");
        browser.Client.DefaultRequestHeaders.Add("Accept-Language", language.Code);
        return (await browser.GoAsync(path)).Document.Body!.TextContent;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var end = TimeProvider.System.GetUtcNow() + Longest;
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < end, "It did not come to this.");
            await Task.Delay(50, Ct);
        }
    }
}
