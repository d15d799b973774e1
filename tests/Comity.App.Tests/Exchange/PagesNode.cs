using System.Text;
using System.Text.Json.Nodes;
using Comity.App.Tests.Directory;
using Comity.App.Tests.Nodes;
using Comity.Exchange.Data;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Comity.Node.Commands;
using Comity.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Exchange;

/// <summary>One node whose technical office notified its policy office; for tests that only look or that use up a message of their own.</summary>
public sealed class PagesNode : IAsyncLifetime
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private TestNode? _node;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Behind it there is no room for as long as a test says.</summary>
    internal NarrowGate Gate { get; } = new();

    internal TestNode Node => _node ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        _node = await TestNode.StartAsync(Store.Sqlite, Gate.Of(new NodePlan()));
        await Network.SetUpAsync(_node, "QM", manager: true);
    }

    public ValueTask DisposeAsync() => _node?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>A browser of somebody of an office, in a language.</summary>
    internal async Task<Browser> BrowserAsync(string language = "en", string office = "QM/policy")
    {
        var browser = await Node.SignInAsync("Person One", office, "duty-officer");
        browser.Client.DefaultRequestHeaders.Add("Accept-Language", language);
        return browser;
    }

    /// <summary>Raises an alarm of the policy office, three times.</summary>
    internal async Task AlarmAsync()
    {
        var (gate, alarms) = (
            Node.Services.GetRequiredService<WriteGate>(),
            Node.Services.GetRequiredService<Alarms>()
        );
        for (var i = 0; i < 3; i++)
        {
            var cause = new AlarmCause(OfficeName.Parse("QM/policy"), OfficeName.Parse("QN/technical"), "too-old")
            {
                Envelope = Digest.Of(BitConverter.GetBytes(i)),
            };
            await gate.WriteAsync(Viewer.System("test"), (db, ct) => alarms.RaiseAsync(db, cause, ct), Ct);
        }
    }

    /// <summary>The technical office notifies the policy office.</summary>
    internal static async Task<JsonNode> SendAsync(TestNode node, string seen)
    {
        var body = new JsonObject
        {
            ["from"] = "QM/technical",
            ["to"] = new JsonArray("QM/policy"),
            ["message"] = new JsonObject
            {
                ["kind"] = "notification",
                ["tlp"] = "AMBER",
                ["language"] = "en",
                ["fields"] = new JsonObject
                {
                    ["relation"] = "may-affect-you",
                    ["seen"] = seen,
                    ["sectors"] = new JsonArray("health", "beekeeping"),
                    ["criticalInfrastructure"] = "unknown",
                    ["goodFaith"] = true,
                    ["indicators"] = new JsonArray(
                        new JsonObject { ["type"] = "domain-name", ["value"] = "<b>bad</b>.example" }
                    ),
                },
            },
            ["attachments"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = "page.html",
                    ["mediaType"] = "text/html",
                    ["content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes("<script>alert(1)</script>")),
                }
            ),
        };
        return await node.Operator.PostJsonAsync("exchange/send", body, Ct);
    }

    /// <summary>Asks two offices for clarification and withdraws it; the conversation at the policy office.</summary>
    internal async Task<string> AskAndWithdrawAsync()
    {
        Task<JsonNode> SayAsync(JsonObject message, params string[] to) =>
            Node.Operator.PostJsonAsync(
                "exchange/send",
                new JsonObject
                {
                    ["from"] = "QM/technical",
                    ["to"] = new JsonArray([.. to.Select(o => (JsonNode)o)]),
                    ["message"] = message,
                },
                Ct
            );
        var asked = await SayAsync(
            new()
            {
                ["kind"] = "clarification-request",
                ["tlp"] = "AMBER",
                ["fields"] = new JsonObject
                {
                    ["priority"] = "immediate",
                    ["questions"] = new JsonArray("Is it yours?", "Whom can we call?"),
                },
            },
            "QM/policy",
            "QM/diplomatic"
        );
        var shared = (string)asked["conversation"]!;
        await SayAsync(
            new()
            {
                ["kind"] = "withdrawal",
                ["conversation"] = shared,
                ["inReplyTo"] = (string)asked["id"]!,
                ["tlp"] = "AMBER",
                ["fields"] = new JsonObject { ["text"] = "Sent in error." },
            }
        );
        return (await CameAsync(shared, 2)).Id;
    }

    /// <summary>Sends a notification and waits until it has come.</summary>
    internal async Task<(string Conversation, string Message)> NotifyAsync(string seen = "Something was seen.")
    {
        var accepted = await SendAsync(Node, seen);
        var (id, whole) = await CameAsync((string)accepted["conversation"]!, 1);
        return (id, (string)whole["messages"]![0]!["id"]!);
    }

    /// <summary>Waits until so many messages of a conversation are at the policy office.</summary>
    private async Task<(string Id, JsonNode Whole)> CameAsync(string shared, int messages)
    {
        var end = TimeProvider.System.GetUtcNow() + Longest;
        while (TimeProvider.System.GetUtcNow() < end)
        {
            var lines = await Node.Operator.GetJsonAsync("exchange/conversations?office=QM/policy", Ct);
            var line = lines.AsArray().FirstOrDefault(l => (string)l!["conversation"]! == shared);
            if (line is not null && (int)line["messages"]! >= messages)
            {
                var id = (string)line["id"]!;
                return (id, await Node.Operator.GetJsonAsync($"exchange/conversations/{id}", Ct));
            }
            await Task.Delay(100, Ct);
        }
        Assert.Fail("What was sent did not come:\n" + Node.Log);
        return default;
    }
}
