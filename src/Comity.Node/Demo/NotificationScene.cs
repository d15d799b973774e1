using System.Globalization;
using System.Text.Json.Nodes;
using Comity.Node.Commands;

namespace Comity.Node.Demo;

/// <summary>Step 2: taking a STIX bundle in, and sending a notification.</summary>
internal static class NotificationScene
{
    public static async Task PlayAsync(Stage stage, Narrator narrator, CancellationToken ct)
    {
        var bundle = await File.ReadAllBytesAsync(stage.Stix, ct);
        var body = new JsonObject
        {
            ["from"] = "QM/technical",
            ["to"] = Json.Array(["QN/technical"]),
            ["message"] = Message(),
            ["stix"] = Convert.ToBase64String(bundle),
        };
        var accepted = await stage.Affected.Operator.PostJsonAsync("exchange/send", body, ct);
        stage.Conversation = accepted.Text("conversation");
        stage.Notification = accepted.Text("id");
        narrator.Tell(
            $"STIX bundle: {Path.GetFileName(stage.Stix)}, {bundle.Length} bytes; {accepted.Text("indicators")} rows were read from it: indicators and hashes."
        );
        var names = accepted["namesLeftOut"]!.AsArray().GroupBy(n => (n.Text("kind"), n.Text("name")));
        foreach (var ((kind, name), places) in names.Select(g => (g.Key, g.Count())))
            narrator.Tell($"left out, not confirmed: {kind} \"{name}\", {places} time{(places == 1 ? "" : "s")}");
        foreach (var strange in accepted["notUnderstood"]!.AsArray())
            narrator.Tell(
                $"kept, not understood: {strange.Text("reason")} \"{strange.Text("what")}\" at {strange.Text("place")} of {strange.Text("object")}"
            );
        foreach (var recipient in accepted["recipients"]!.AsArray())
            narrator.Tell(
                $"to {recipient.Text("office")}: custody {recipient.Text("custody")}, key {recipient.Text("keyStanding")}"
            );
        narrator.Check(stage.Notification.Length > 0, $"Accepted, which means durable at QM: {stage.Notification}");
    }

    private static JsonObject Message()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonObject
        {
            ["kind"] = "notification",
            ["language"] = "en",
            ["tlp"] = "AMBER",
            ["replyBy"] = Instant(now.AddHours(24)),
            ["fields"] = new JsonObject
            {
                ["relation"] = "involves-your-territory",
                ["seen"] =
                    "Network devices of a regional hospital group were taken over and used to flood others. The devices were told "
                    + "what to do from the addresses listed below. The malware is sold to criminals; nothing here says who used it.",
                ["seenFrom"] = "2026-09-12T22:10:00.000Z",
                ["seenUntil"] = "2026-09-14T05:55:00.000Z",
                ["locationOfComputers"] = "Two of the addresses are announced by a provider in the territory of QN.",
                ["sectors"] = Json.Array(["health"]),
                ["criticalInfrastructure"] = "yes",
                ["asked"] = Json.Array([
                    "Please look at the computers behind the listed addresses.",
                    "Please keep what their logs show.",
                ]),
                ["goodFaith"] = true,
            },
        };
    }

    internal static string Instant(DateTime time) =>
        time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
