using System.Text.Json.Nodes;
using Comity.Node.Commands;

namespace Comity.Node.Demo;

/// <summary>Step 4: a person says that the office has it.</summary>
internal static class AcknowledgementScene
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static async Task PlayAsync(Stage stage, Narrator narrator, CancellationToken ct)
    {
        var expected = NotificationScene.Instant(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(6));
        var body = new JsonObject { ["message"] = stage.Notification, ["answerExpectedBy"] = expected };
        await stage.Notified.Operator.PostJsonAsync("exchange/acknowledge", body, ct);
        narrator.Tell("\"Receipt only; no agreement with the content and no position on facts or origin.\"");
        var path = $"exchange/messages/{stage.Notification}";
        var seen = await stage.Affected.UntilAsync(
            path,
            m => m.Mark("QN/technical", "acknowledged") is not null,
            Longest,
            ct
        );
        var mark = seen.Mark("QN/technical", "acknowledged");
        narrator.Check(mark is not null, "QM sees it: acknowledged by the technical office of QN.");
        narrator.Tell($"by QN's clock {mark.Text("theirs")}, by QM's clock {mark.Text("ours")}");
        narrator.Check(
            mark.Text("answerExpectedBy").Length > 0,
            $"an answer can be expected by {mark.Text("answerExpectedBy")}"
        );
    }
}
