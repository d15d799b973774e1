using System.Globalization;
using Comity.Node.Commands;

namespace Comity.Node.Demo;

/// <summary>Step 4: a person says that the office has it.</summary>
internal static class AcknowledgementScene
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static async Task PlayAsync(Stage stage, Narrator narrator, CancellationToken ct)
    {
        var expected = TimeProvider
            .System.GetUtcNow()
            .UtcDateTime.AddHours(6)
            .ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
        using (var officer = await Person.SignInAsync(stage.Notified, "Duty officer of the night", "duty-officer", ct))
        {
            narrator.Tell("QN's duty officer signed in by a one-time link and sent the form of the page:");
            await officer.SubmitAsync(
                $"/exchange/messages/{stage.Notification}/acknowledge",
                having: "name=\"answerExpectedBy\"",
                new Dictionary<string, string>(StringComparer.Ordinal) { ["answerExpectedBy"] = expected },
                ct
            );
            await officer.SignOutAsync(ct);
        }
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
            mark.Text("answerExpectedBy").StartsWith(expected, StringComparison.Ordinal),
            $"an answer can be expected by {mark.Text("answerExpectedBy")}"
        );
    }
}
