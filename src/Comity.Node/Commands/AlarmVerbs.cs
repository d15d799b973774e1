using System.CommandLine;
using System.Text.Json.Nodes;

namespace Comity.Node.Commands;

/// <summary><c>comity exchange alarms</c>: what a person must see although no message carries it, and putting it aside.</summary>
internal static class AlarmVerbs
{
    public static Command Make(Verbs verbs)
    {
        var settle = new Option<string?>("--settle") { Description = "Puts this one aside, by its id." };
        var command = new Command("alarms", "Lists open alarms, or puts one aside.") { settle };
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var node = await verbs.ConnectAsync(parsed, ct);
                if (parsed.GetValue(settle) is { } id)
                {
                    var body = new JsonObject { ["alarm"] = id };
                    var settled = await node.PostJsonAsync("exchange/alarms/settle", body, ct);
                    verbs.Terminal(parsed).Result(settled, "Put aside. The same again from now on is a new alarm.");
                    return CommandLine.Done;
                }
                var alarms = (await node.GetJsonAsync("exchange/alarms", ct)).AsArray();
                var lines = alarms.OfType<JsonNode>().SelectMany(Lines);
                verbs.Terminal(parsed).Result(alarms, alarms.Count > 0 ? lines : ["No open alarms."]);
                return CommandLine.Done;
            }
        );
        return command;
    }

    public static IEnumerable<string> Lines(JsonNode alarm)
    {
        yield return $"{alarm.Text("id")}  for {alarm.Text("home")}, {alarm.Text("count")} × until {ConversationTable.Minute(alarm.Text("latest"))} UTC  ({alarm.Text("code")})";
        yield return $"  {alarm.Text("sentence")}";
        if (alarm.Text("command") is { Length: > 0 } command)
            yield return $"  {command}";
    }
}
