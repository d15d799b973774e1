using System.Text.Json.Nodes;
using Comity.Node.Commands;

namespace Comity.Node.Demo;

/// <summary>Step 5: the other node is away, and comes back.</summary>
internal static class OutageScene
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static async Task PlayAsync(Stage stage, Narrator narrator, CancellationToken ct)
    {
        await stage.Notified.StopAsync();
        narrator.Check(!stage.Notified.IsRunning, "QN's node is stopped.");
        var accepted = await stage.Affected.Operator.PostJsonAsync("exchange/send", Update(stage), ct);
        var update = accepted.Text("id");
        narrator.Check(update.Length > 0, $"QM's update is accepted: {update}");
        var path = $"exchange/messages/{update}";
        var waiting = await stage.Affected.Operator.GetJsonAsync(path, ct);
        var marks = waiting.Marks("QN/technical").Select(m => m.Text("name")).ToList();
        narrator.Check(marks is ["accepted"], "QM sees: accepted here, not handed over yet.");
        await stage.Notified.StartAsync(ct);
        narrator.Progress("QN's node is back");
        var arrived = await stage.Affected.UntilAsync(
            path,
            m => m.Mark("QN/technical", "opened") is not null,
            Longest,
            ct
        );
        narrator.Check(
            arrived.Mark("QN/technical", "opened") is not null,
            "QN is back, and the update was opened there."
        );
        var conversation = await stage.Notified.Operator.GetJsonAsync(
            $"exchange/conversations/{stage.Conversation}",
            ct
        );
        var copies = conversation["messages"]!
            .AsArray()
            .Count(m => string.Equals(m.Text("message"), update, StringComparison.Ordinal));
        narrator.Check(copies == 1, $"QN has it {copies} time{(copies == 1 ? "" : "s")}.");
    }

    private static JsonObject Update(Stage stage) =>
        new()
        {
            ["from"] = "QM/technical",
            ["to"] = Json.Array(["QN/technical"]),
            ["message"] = new JsonObject
            {
                ["kind"] = "update",
                ["conversation"] = stage.Conversation,
                ["inReplyTo"] = stage.Notification,
                ["language"] = "en",
                ["tlp"] = "AMBER",
                ["fields"] = new JsonObject
                {
                    ["text"] =
                        "The devices have been cut off and are being replaced. Two hospitals work on paper; no patient was harmed.",
                },
            },
        };
}
