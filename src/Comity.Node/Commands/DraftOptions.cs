using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Comity.Node.Commands;

/// <summary>
/// What is said, as options: enough for the kinds that have few members. What they leave open is taken from the file, and
/// then from the message or the conversation that they name.
/// </summary>
internal sealed class DraftOptions
{
    private readonly Option<string?> _file = new("--file")
    {
        Description = "The message as JSON: kind, tlp, replyBy, fields (docs/protocol.md).",
    };

    private readonly Option<string?> _kind = new("--kind")
    {
        Description =
            "update, information, clarification-request, clarification, consultation-request, withdrawal, closure; others need --file.",
    };

    private readonly Option<string?> _about = new("--about")
    {
        Description = "The message that it answers, asks about, or withdraws.",
    };

    private readonly Option<string?> _conversation = new("--conversation")
    {
        Description = "The conversation that it belongs to, where no message is named.",
    };

    private readonly Option<string?> _text = new("--text") { Description = "What is said." };

    private readonly Option<string[]> _questions = new("--question")
    {
        Description = "A question of a clarification-request; may be given several times.",
    };

    private readonly Option<string?> _priority = new("--priority")
    {
        Description = "How soon an answer to a clarification-request is hoped for: routine, priority, immediate.",
    };

    private readonly Option<string?> _arrangement = new("--arrangement")
    {
        Description = "The regional arrangement, or other peaceful means, that a consultation-request has in mind.",
    };

    private readonly Option<string?> _replyBy = new("--reply-by")
    {
        Description = "By when an answer is asked for, UTC, as 2026-05-03T14:30Z.",
    };

    private readonly Option<string?> _tlp = new("--tlp")
    {
        Description = "CLEAR, GREEN, AMBER, AMBER+STRICT, RED; without it as what it refers to.",
    };

    public IReadOnlyList<Option> All =>
        [_file, _kind, _about, _conversation, _text, _questions, _priority, _arrangement, _replyBy, _tlp];

    /// <summary>The message, and our office that has the conversation; null where it opens one.</summary>
    public async Task<(JsonObject Message, string? Home)> ReadAsync(
        ParseResult parsed,
        NodeConnection node,
        CancellationToken ct
    )
    {
        var message = parsed.GetValue(_file) is { } file
            ? JsonNode.Parse(await File.ReadAllTextAsync(file, ct)) as JsonObject
                ?? throw new CommandException($"{file} holds no JSON object. Nothing was sent.")
            : [];
        Set(message, "kind", parsed.GetValue(_kind));
        if (message.Text("kind").Length == 0)
            throw new CommandException(
                "Say what kind of message it is: --kind KIND, or --file FILE. Nothing was sent."
            );
        Set(message, "replyBy", Instant(parsed.GetValue(_replyBy)));
        Set(message, "tlp", parsed.GetValue(_tlp));
        Fields(message, parsed);
        return (message, await PlaceAsync(message, parsed, node, ct));
    }

    private void Fields(JsonObject message, ParseResult parsed)
    {
        var fields = message["fields"] as JsonObject ?? [];
        Set(fields, "text", parsed.GetValue(_text));
        Set(fields, "arrangement", parsed.GetValue(_arrangement));
        Set(fields, "priority", parsed.GetValue(_priority));
        if (parsed.GetValue(_questions) is { Length: > 0 } questions)
            fields["questions"] = Json.Array(questions);
        if (message.Text("kind") == "clarification-request" && fields.Text("priority").Length == 0)
            fields["priority"] = "routine";
        if (message["fields"] is null)
            message["fields"] = fields;
    }

    private async Task<string?> PlaceAsync(
        JsonObject message,
        ParseResult parsed,
        NodeConnection node,
        CancellationToken ct
    )
    {
        JsonNode? about = null;
        if (parsed.GetValue(_about) is { } id)
        {
            about = await node.GetJsonAsync($"exchange/messages/{Uri.EscapeDataString(id)}", ct);
            message["inReplyTo"] = about.Text("id");
            message["conversation"] = about.Text("conversation");
        }
        Set(message, "conversation", parsed.GetValue(_conversation));
        if (message.Text("conversation") is not { Length: > 0 } conversation)
            return null;
        var whole = await node.GetJsonAsync($"exchange/conversations/{Uri.EscapeDataString(conversation)}", ct);
        if (message.Text("tlp").Length == 0)
            message["tlp"] = (about ?? whole.Each("messages").LastOrDefault()).Text("tlp");
        return whole.Text("home");
    }

    private static void Set(JsonObject at, string name, string? value)
    {
        if (value is not null)
            at[name] = value;
    }

    private static string? Instant(string? typed) =>
        typed is null ? null
        : DateTime.TryParse(
            typed,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)
        : throw new CommandException($"{typed} is no time as 2026-05-03T14:30Z. Nothing was sent.");
}
