using System.CommandLine;
using System.Text.Json.Nodes;

namespace Comity.Node.Commands;

/// <summary><c>comity directory alarms</c>: what directories showed that a person must look into, and putting it aside.</summary>
internal static class DirectoryAlarmVerb
{
    public static Command Make(Verbs verbs)
    {
        var settle = new Option<string?>("--settle") { Description = "Puts this one aside, by its id." };
        var command = new Command("alarms", "Lists open alarms about directories, or puts one aside.") { settle };
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var node = await verbs.ConnectAsync(parsed, ct);
                if (parsed.GetValue(settle) is { } id)
                {
                    var body = new JsonObject { ["alarm"] = id };
                    var settled = await node.PostJsonAsync("directory/alarms/aside", body, ct);
                    verbs.Terminal(parsed).Result(settled, "Put aside. The same again from now on is a new alarm.");
                    return CommandLine.Done;
                }
                var alarms = (await node.GetJsonAsync("directory", ct))["alarms"]!.AsArray();
                var lines = alarms.Select(a => $"{a.Text("id")}  {a.Text("at")}  {a.Text("sentence")}");
                verbs.Terminal(parsed).Result(alarms, lines);
                return CommandLine.Done;
            }
        );
        return command;
    }
}
