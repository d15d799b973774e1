using System.Text.Json.Nodes;
using Comity.Protocol.Messages;

namespace Comity.Node.Commands;

/// <summary>A conversation or a message for people at a terminal; all times are UTC.</summary>
internal static class ConversationText
{
    private static readonly Dictionary<string, string> Marks = new(StringComparer.Ordinal)
    {
        ["accepted"] = "accepted here",
        ["handed-over"] = "handed over to the other node",
        ["stored"] = "stored there",
        ["opened"] = "opened and checked there",
        ["acknowledged"] = "acknowledged by a person there",
        ["not-the-right-office"] = "a person there has it; it is not the right office",
        ["answered"] = "answered",
        ["closed"] = "closed by its owner",
        ["withdrawn"] = "withdrawn by its author",
        ["not-delivered"] = "NOT DELIVERED",
    };

    public static IEnumerable<string> Lines(JsonNode shown) =>
        shown["messages"] is JsonArray messages
            ? Head(shown).Concat(messages.OfType<JsonNode>().SelectMany(Message))
            : Message(shown);

    private static IEnumerable<string> Head(JsonNode whole)
    {
        yield return $"Conversation {whole.Text("conversation")}, {whole.Text("record")}, opened {At(whole, "opened")} by {whole.Text("opener")}; as {whole.Text("home")} has it";
        if (whole.Is("exercise"))
            yield return "EXERCISE EXERCISE EXERCISE";
    }

    private static IEnumerable<string> Message(JsonNode message)
    {
        var copies = Json.Joined(message["cc"]);
        yield return "";
        yield return $"{message.Text("kind").ToUpperInvariant()}  {message.Text("from")} to {Json.Joined(message["to"])}"
            + $"{(copies.Length > 0 ? $", copy to {copies}" : "")}  TLP:{message.Text("tlp")}  {(message.Is("sent") ? "sent" : "came")} {At(message, "at")}";
        yield return $"  message {message.Text("message")}  {message.Text("digest")}";
        if (message.Text("inReplyTo") is { Length: > 0 } answered)
            yield return $"  refers to {answered}";
        if (message.Text("replyBy").Length > 0)
            yield return $"  an answer is asked for by {At(message, "replyBy")}";
        if (message.Text("pap").Length > 0 || message.Text("handling").Length > 0)
            yield return $"  handling: {ShownText.OneLine($"{message.Text("handling")} {(message.Text("pap") is { Length: > 0 } pap ? $"PAP:{pap}" : "")}".Trim())}";
        foreach (var line in ShownText.Lines(message["fields"], depth: 1))
            yield return line;
        foreach (var file in message.Each("attachments"))
            yield return $"  attachment {file.Text("number")}: {ShownText.OneLine(file.Text("name"))}, {file.Text("size")} bytes, {file.Text("digest")}";
        foreach (var statement in message.Each("statements"))
            yield return $"  \"{FixedStatements.All.FirstOrDefault(s => s.Id == statement.ToString())?.English ?? statement.ToString()}\"";
        foreach (var line in Proof(message["verification"]))
            yield return line;
        if (message.Is("sent"))
            foreach (var line in message.Each("recipients").SelectMany(Recipient))
                yield return line;
    }

    private static IEnumerable<string> Proof(JsonNode? verified)
    {
        if (verified is null)
            yield break;
        yield return $"  signed {At(verified, "signedAt")} by the office's key {verified.Text("signer")}, which is {verified.Text("signerStanding")} now";
        if (verified.Is("textDiffers"))
            yield return "  NOTE: the text that came with it differs from what was signed; what was signed is shown";
    }

    private static IEnumerable<string> Recipient(JsonNode recipient)
    {
        yield return $"  {recipient.Text("office")}:";
        foreach (var mark in recipient.Each("marks"))
        {
            var said = Marks.GetValueOrDefault(mark.Text("name"), mark.Text("name"));
            var theirs = mark.Text("theirs").Length > 0 ? $", by their clock {At(mark, "theirs")}" : "";
            var cause = mark.Text("cause") is { Length: > 0 } why ? $": {why}" : "";
            var expected =
                mark.Text("answerExpectedBy").Length > 0
                    ? $"; an answer is expected by {At(mark, "answerExpectedBy")}"
                    : "";
            var right = mark.Text("rightOffice") is { Length: > 0 } office ? $"; the right one is {office}" : "";
            yield return $"    {At(mark, "ours")}  {said}{cause}{theirs}{expected}{right}";
        }
    }

    private static string At(JsonNode node, string name)
    {
        var instant = node.Text(name);
        return instant.Length < 19 ? instant : instant[..19].Replace('T', ' ');
    }
}
