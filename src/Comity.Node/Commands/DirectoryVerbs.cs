using System.CommandLine;
using System.Text.Json.Nodes;

namespace Comity.Node.Commands;

/// <summary><c>comity directory</c>: what others say of themselves, signed.</summary>
internal static class DirectoryVerbs
{
    public static Command Make(Verbs verbs) =>
        new("directory", "The signed directory: show, follow, poll, verify; for its manager: admit, publish, delegate.")
        {
            Show(verbs),
            Follow(verbs),
            Poll(verbs),
            Admit(verbs),
            Publish(verbs),
            DirectoryAlarmVerb.Make(verbs),
            DelegateVerb.Make(verbs),
            DirectoryVerifyVerb.Make(verbs),
            StatesVerb.Make(verbs),
        };

    private static Command Show(Verbs verbs)
    {
        var entry = new Option<bool>("--entry")
        {
            Description = "Write this node's own signed entry to standard output, to be admitted.",
        };
        var snapshot = new Option<bool>("--snapshot")
        {
            Description = "Manager: write the published snapshot to standard output, for `directory verify`.",
        };
        var command = new Command("show", "Shows participants, offices and the state of their keys.")
        {
            entry,
            snapshot,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var node = await verbs.ConnectAsync(parsed, ct);
                if (parsed.GetValue(entry) || parsed.GetValue(snapshot))
                {
                    var document = parsed.GetValue(entry) ? "directory/own-entry" : "/directory/v1/snapshot";
                    await using var output = Console.OpenStandardOutput();
                    await output.WriteAsync(await node.GetBytesAsync(document, ct), ct);
                    return CommandLine.Done;
                }
                var directory = await node.GetJsonAsync("directory", ct);
                verbs.Terminal(parsed).Result(directory, DirectoryText.Lines(directory));
                return CommandLine.Done;
            }
        );
        return command;
    }

    private static Command Follow(Verbs verbs)
    {
        var url = new Argument<string>("url") { Description = "The node of the directory manager." };
        var root = new Option<string>("--root")
        {
            Description = "The fingerprint of the directory root, learned over another channel.",
            Required = true,
        };
        var command = new Command("follow", "Follows a directory, verified down to the pinned root.") { url, root };
        command.SetAction(
            (parsed, ct) =>
            {
                var body = new JsonObject { ["url"] = parsed.GetValue(url), ["root"] = parsed.GetValue(root) };
                return SendAsync(verbs, parsed, "directory/follow", body, Steps, ct);
            }
        );
        return command;
    }

    private static Command Poll(Verbs verbs)
    {
        var command = new Command(
            "poll",
            "Asks the followed directories now instead of at the next quarter of an hour."
        );
        command.SetAction((parsed, ct) => SendAsync(verbs, parsed, "directory/poll", [], Steps, ct));
        return command;
    }

    private static Command Admit(Verbs verbs)
    {
        var file = new Argument<string>("file")
        {
            Description = "A signed entry, as `comity directory show --entry` writes it.",
        };
        var command = new Command("admit", "Manager: takes a participant's entry into the directory.") { file };
        command.SetAction(
            (parsed, ct) =>
            {
                var body = new JsonObject
                {
                    ["entry"] = Convert.ToBase64String(File.ReadAllBytes(parsed.GetValue(file)!)),
                };
                return SendAsync(
                    verbs,
                    parsed,
                    "directory/admit",
                    body,
                    a => [$"Admitted: {a.Text("participant")}, entry {a.Text("sequence")}."],
                    ct
                );
            }
        );
        return command;
    }

    private static Command Publish(Verbs verbs)
    {
        var command = new Command("publish", "Manager: signs and publishes a new snapshot now.");
        command.SetAction(
            (parsed, ct) =>
                SendAsync(
                    verbs,
                    parsed,
                    "directory/publish",
                    [],
                    a => [$"Snapshot {a.Text("number")}, {a.Text("digest")}."],
                    ct
                )
        );
        return command;
    }

    private static IEnumerable<string> Steps(JsonNode answer) =>
        (answer["steps"]?.AsArray() ?? [])
            .Select(s => $"  {s}")
            .Append($"Snapshot {answer.Text("number")} with {answer.Text("entries")} entries.");

    private static async Task<int> SendAsync(
        Verbs verbs,
        ParseResult parsed,
        string path,
        JsonObject body,
        Func<JsonNode, IEnumerable<string>> lines,
        CancellationToken ct
    )
    {
        await using var node = await verbs.ConnectAsync(parsed, ct);
        var answer = await node.PostJsonAsync(path, body, ct);
        verbs.Terminal(parsed).Result(answer, lines(answer));
        return CommandLine.Done;
    }
}
