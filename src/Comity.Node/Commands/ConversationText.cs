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

    // The same at our office, of what others sent.
    private static readonly Dictionary<string, string> OwnMarks = new(Marks, StringComparer.Ordinal)
    {
        ["stored"] = "stored here",
        ["opened"] = "opened and checked here",
        ["acknowledged"] = "acknowledged by our office",
        ["not-the-right-office"] = "our office has it and said that it is not the right one",
        ["answered"] = "answered by our office",
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
        if (whole.Is("closed"))
            yield return "CLOSED by the office that opened it";
        foreach (var gap in whole.Each("gaps"))
            yield return $"MISSING: number {gap.Text("sequence")} of what {gap.Text("from")} sent to {gap.Text("to")}{Asked(gap["asked"])}";
        foreach (var fork in whole.Each("forks"))
            yield return $"CONTRADICTION: {fork.Text("from")} sent {fork.Text("to")} two different messages under number {fork.Text("sequence")}; ask them over another channel";
        yield return $"next, {whole.Text("home")} may say: {Json.Joined(whole["next"])}";
    }

    private static IEnumerable<string> Message(JsonNode message)
    {
        var copies = Json.Joined(message["cc"]);
        yield return "";
        yield return $"{message.Text("kind").ToUpperInvariant()}  {message.Text("from")} to {Json.Joined(message["to"])}"
            + $"{(copies.Length > 0 ? $", copy to {copies}" : "")}  TLP:{message.Text("tlp")}  {(message.Is("sent") ? "sent" : "came")} {At(message, "at")}";
        yield return $"  message {message.Text("message")}  {message.Text("digest")}";
        if (message.Each("recipients").Skip(1).Any())
            yield return $"  to compare with the other recipients: {message.Text("digestInGroups")}";
        if (message.Is("withdrawn"))
            yield return "  WITHDRAWN by its author";
        if (message.Text("noEffect") is { Length: > 0 } none)
            yield return $"  shown, and changes nothing: {(message.Text("why") is { Length: > 0 } why ? why : none)}";
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
        var ours = message.Is("sent");
        foreach (var recipient in message.Each("recipients").Where(r => ours || r.Each("marks").Any()))
        foreach (var line in Recipient(recipient, ours ? Marks : OwnMarks))
            yield return line;
        if (message.Each("next").Any())
            yield return $"  may be said about it: {Json.Joined(message["next"])}";
    }

    private static IEnumerable<string> Proof(JsonNode? verified)
    {
        if (verified is null)
            yield break;
        yield return $"  signed {At(verified, "signedAt")} by the office's key {verified.Text("signer")}, which was {Standing(verified.Text("signerStanding"))} when it was opened here";
        if (verified.Is("textDiffers"))
            yield return "  NOTE: the text that came with it differs from what was signed; what was signed is shown";
    }

    private static IEnumerable<string> Recipient(JsonNode recipient, Dictionary<string, string> words)
    {
        yield return $"  {recipient.Text("office")}:";
        foreach (var mark in recipient.Each("marks"))
        {
            var said = words.GetValueOrDefault(mark.Text("name"), mark.Text("name"));
            var theirs = mark.Text("theirs").Length > 0 ? $", by their clock {At(mark, "theirs")}" : "";
            var cause = mark.Text("why") is { Length: > 0 } why ? $": {why}" : "";
            var expected =
                mark.Text("answerExpectedBy").Length > 0
                    ? $"; an answer is expected by {At(mark, "answerExpectedBy")}"
                    : "";
            var right = mark.Text("rightOffice") is { Length: > 0 } office ? $"; the right one is {office}" : "";
            yield return $"    {At(mark, "ours")}  {said}{cause}{theirs}{expected}{right}";
        }
    }

    private static string Standing(string code) =>
        code switch
        {
            "usable" => "usable",
            "expired" => "past its end",
            "revoked" => "taken out of use",
            "revoked-compromised" => "revoked as compromised",
            _ => "no more usable",
        };

    private static string Asked(JsonNode? asked) =>
        asked is null
            ? ""
            : $"; their node was asked for it at {At(asked, "latest")} and {(asked.Text("taken").Length > 0 ? "took the request" : "has not been reached yet")}";

    private static string At(JsonNode node, string name)
    {
        var instant = node.Text(name);
        return instant.Length < 19 ? instant : instant[..19].Replace('T', ' ');
    }
}
