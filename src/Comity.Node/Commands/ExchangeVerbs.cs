using System.CommandLine;
using System.Text.Json.Nodes;

namespace Comity.Node.Commands;

/// <summary><c>comity exchange</c>: send, list, show, acknowledge, alarms, resending.</summary>
internal static class ExchangeVerbs
{
    public static Command Make(Verbs verbs) =>
        new("exchange", "Messages between offices: send, list, show, acknowledge, alarms, resending.")
        {
            SendVerb.Make(verbs),
            List(verbs),
            Show(verbs),
            Acknowledge(verbs),
            AlarmVerbs.Make(verbs),
            ResendingVerb.Make(verbs),
        };

    private static Command List(Verbs verbs)
    {
        var office = new Option<string?>("--office") { Description = "Only the conversations of this office." };
        var page = new Option<int>("--page")
        {
            Description = "Fifty at a time, the newest first.",
            DefaultValueFactory = _ => 1,
        };
        var command = new Command("list", "Lists conversations with what is due.") { office, page };
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var node = await verbs.ConnectAsync(parsed, ct);
                var query = FormattableString.Invariant($"?page={parsed.GetValue(page)}");
                if (parsed.GetValue(office) is { } name)
                    query += "&office=" + Uri.EscapeDataString(name);
                var list = (await node.GetJsonAsync("exchange/conversations" + query, ct)).AsArray();
                verbs.Terminal(parsed).Result(list, ConversationTable.Lines(list));
                return CommandLine.Done;
            }
        );
        return command;
    }

    private static Command Show(Verbs verbs)
    {
        var id = new Argument<string>("id") { Description = "A message or a conversation." };
        var envelope = new Option<string?>("--envelope")
        {
            Description = "Write the sealed envelope for this office as .eml to standard output.",
        };
        var command = new Command("show", "Shows a message or a conversation with its marks.") { id, envelope };
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var node = await verbs.ConnectAsync(parsed, ct);
                var which = Uri.EscapeDataString(parsed.GetValue(id)!);
                if (parsed.GetValue(envelope) is { } office)
                {
                    await using var output = Console.OpenStandardOutput();
                    var path = $"exchange/messages/{which}/envelope?to={Uri.EscapeDataString(office)}";
                    await output.WriteAsync(await node.GetBytesAsync(path, ct), ct);
                    return CommandLine.Done;
                }
                var shown = await node.GetJsonAsync($"exchange/show/{which}", ct);
                verbs.Terminal(parsed).Result(shown, ConversationText.Lines(shown));
                return CommandLine.Done;
            }
        );
        return command;
    }

    private static Command Acknowledge(Verbs verbs)
    {
        var id = new Argument<string>("id") { Description = "The message to acknowledge." };
        var expected = new Option<string?>("--answer-expected-by")
        {
            Description = "When an answer can be expected, UTC, as 2026-05-03T14:30Z.",
        };
        var wrong = new Option<bool>("--not-the-right-office")
        {
            Description = "Say that this is not the right office.",
        };
        var pointer = new Option<string?>("--pointer") { Description = "Which office is, as QN/policy." };
        var command = new Command("acknowledge", "Acknowledges receipt; no agreement with the content.")
        {
            id,
            expected,
            wrong,
            pointer,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var node = await verbs.ConnectAsync(parsed, ct);
                var body = new JsonObject
                {
                    ["message"] = parsed.GetValue(id),
                    ["answerExpectedBy"] = parsed.GetValue(expected),
                    ["form"] = parsed.GetValue(wrong) ? "not-the-right-office" : "acknowledged",
                    ["pointer"] = parsed.GetValue(pointer),
                };
                var answer = await node.PostJsonAsync("exchange/acknowledge", body, ct);
                verbs.Terminal(parsed).Result(answer, $"Acknowledged. Accepted for sending as {answer.Text("id")}.");
                return CommandLine.Done;
            }
        );
        return command;
    }
}
