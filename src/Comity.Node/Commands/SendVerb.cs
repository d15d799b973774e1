using System.CommandLine;
using System.Text.Json.Nodes;

namespace Comity.Node.Commands;

/// <summary><c>comity exchange send</c>: from a file with the message, a STIX bundle, attachments.</summary>
internal static class SendVerb
{
    public static Command Make(Verbs verbs)
    {
        var from = new Option<string>("--from")
        {
            Description = "The sending office, as QM/technical.",
            Required = true,
        };
        var to = new Option<string[]>("--to")
        {
            Description = "An office addressed, as QN/technical; may be given several times.",
            Required = true,
        };
        var file = new Option<string>("--file")
        {
            Description = "The message as JSON: kind, tlp, replyBy, fields (docs/protocol.md).",
            Required = true,
        };
        var stix = new Option<string?>("--stix")
        {
            Description = "A STIX 2.1 bundle to take indicators from; it travels along.",
        };
        var attach = new Option<string[]>("--attach")
        {
            Description = "A file to send along; may be given several times.",
        };
        var names = new Option<string[]>("--include-name")
        {
            Description =
                "The id of a STIX object that names an actor, person, organisation or country, and is to stay in all the same.",
        };
        var command = new Command("send", "Sends a message; accepted means that it is durable here.")
        {
            from,
            to,
            file,
            stix,
            attach,
            names,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                var body = new JsonObject
                {
                    ["from"] = parsed.GetValue(from),
                    ["to"] = Json.Array(parsed.GetValue(to)!),
                    ["message"] = JsonNode.Parse(await File.ReadAllTextAsync(parsed.GetValue(file)!, ct)),
                    ["stix"] = parsed.GetValue(stix) is { } bundle
                        ? Convert.ToBase64String(await File.ReadAllBytesAsync(bundle, ct))
                        : null,
                    ["attachments"] = new JsonArray([.. (parsed.GetValue(attach) ?? []).Select(Attachment)]),
                    ["includeNames"] = Json.Array(parsed.GetValue(names) ?? []),
                };
                await using var node = await verbs.ConnectAsync(parsed, ct);
                var answer = await node.PostJsonAsync("exchange/send", body, ct);
                verbs.Terminal(parsed).Result(answer, Lines(answer));
                return CommandLine.Done;
            }
        );
        return command;
    }

    private static JsonNode Attachment(string path) =>
        new JsonObject
        {
            ["name"] = Path.GetFileName(path),
            ["mediaType"] = "application/octet-stream",
            ["content"] = Convert.ToBase64String(File.ReadAllBytes(path)),
        };

    private static string Times(int count) => count == 1 ? "once" : $"{count} times";

    private static IEnumerable<string> Lines(JsonNode answer)
    {
        yield return $"Accepted: {answer.Text("id")} in conversation {answer.Text("conversation")}.";
        var names = answer["namesLeftOut"]?.AsArray() ?? [];
        foreach (var name in names.GroupBy(n => (Kind: n.Text("kind"), Name: n.Text("name"), Id: n.Text("id"))))
            yield return $"  left out: {name.Key.Kind} \"{name.Key.Name}\", {Times(name.Count())} (keep it with --include-name {name.Key.Id})";
        foreach (var strange in answer["notUnderstood"]?.AsArray() ?? [])
            yield return $"  kept, not understood: {strange.Text("reason")} at {strange.Text("place")}";
    }
}
