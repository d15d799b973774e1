using System.CommandLine;
using System.Text.Json.Nodes;
using Comity.Protocol;

namespace Comity.Node.Commands;

/// <summary><c>comity exchange send</c>: a message from a file or from options, a STIX bundle, attachments.</summary>
internal static class SendVerb
{
    public static Command Make(Verbs verbs)
    {
        var from = new Option<string?>("--from")
        {
            Description = "The sending office, as QM/technical; without it, ours in the conversation named.",
        };
        var to = new Option<string[]>("--to")
        {
            Description =
                "An office addressed, as QN/technical; may be given several times. Needed where the message opens a conversation.",
        };
        var cc = new Option<string[]>("--cc")
        {
            Description = "An office that gets a copy for its knowledge; everybody sees everybody.",
        };
        var draft = new DraftOptions();
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
        var id = new Option<string?>("--id")
        {
            Description =
                "The id that the message is to have, a UUID of version 7: the same sent again under it is sent once.",
        };
        var command = new Command("send", "Sends a message; accepted means that it is durable here.")
        {
            from,
            to,
            cc,
            stix,
            attach,
            names,
            id,
        };
        foreach (var option in draft.All)
            command.Add(option);
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var node = await verbs.ConnectAsync(parsed, ct);
                var (message, home) = await draft.ReadAsync(parsed, node, ct);
                var body = new JsonObject
                {
                    ["from"] =
                        parsed.GetValue(from)
                        ?? home
                        ?? throw new CommandException("Say which office sends: --from QM/technical. Nothing was sent."),
                    ["to"] = Json.Array(parsed.GetValue(to) ?? []),
                    ["cc"] = Json.Array(parsed.GetValue(cc) ?? []),
                    ["message"] = message,
                    ["stix"] = parsed.GetValue(stix) is { } bundle
                        ? Convert.ToBase64String(await File.ReadAllBytesAsync(bundle, ct))
                        : null,
                    ["attachments"] = new JsonArray([.. (parsed.GetValue(attach) ?? []).Select(Attachment)]),
                    ["includeNames"] = Json.Array(parsed.GetValue(names) ?? []),
                    ["id"] =
                        parsed.GetValue(id) ?? MessageId.New(TimeProvider.System.GetUtcNow().UtcDateTime).ToString(),
                };
                var answer = await SendAsync(node, body, ct);
                verbs.Terminal(parsed).Result(answer, Lines(answer));
                return CommandLine.Done;
            }
        );
        return command;
    }

    // Whoever does not know whether it was accepted can ask again without sending twice.
    private static async Task<JsonNode> SendAsync(NodeConnection node, JsonObject body, CancellationToken ct)
    {
        try
        {
            return await node.PostJsonAsync("exchange/send", body, ct);
        }
        catch (HttpRequestException)
        {
            throw new CommandException(
                "The node ended before it answered, so it is not known whether the message was accepted. When it runs, "
                    + $"send the same again with --id {body.Text("id")}: it is sent once."
            );
        }
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
        if (answer.Each("recipients").Skip(1).Any())
            yield return $"  one message, sealed apart to {string.Join(", ", answer.Each("recipients").Select(r => r.Text("office")))}";
        foreach (var waiting in answer.Each("recipients").Where(r => r.Text("waits").Length > 0))
            yield return $"  NOT SEALED YET to {waiting.Text("office")}: {waiting.Text("waits")} It waits here and goes by itself when there is a key to seal it to.";
        var names = answer["namesLeftOut"]?.AsArray() ?? [];
        foreach (var name in names.GroupBy(n => (Kind: n.Text("kind"), Name: n.Text("name"), Id: n.Text("id"))))
            yield return $"  left out: {name.Key.Kind} \"{name.Key.Name}\", {Times(name.Count())} (keep it with --include-name {name.Key.Id})";
        foreach (var strange in answer["notUnderstood"]?.AsArray() ?? [])
            yield return $"  kept, not understood: {strange.Text("reason")} at {strange.Text("place")}";
    }
}
