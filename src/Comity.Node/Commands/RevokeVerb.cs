using System.CommandLine;
using System.Text.Json.Nodes;

namespace Comity.Node.Commands;

/// <summary><c>comity keys revoke</c>: takes a key back for good, and says whether anybody else knows.</summary>
internal static class RevokeVerb
{
    public static Command Make(Verbs verbs)
    {
        var fingerprint = new Argument<string>("fingerprint") { Description = "Which key." };
        var reason = new Option<string>("--reason")
        {
            Description = "superseded, retired or compromised.",
            DefaultValueFactory = _ => "superseded",
        };
        var yes = new Option<bool>("--yes") { Description = "Do it without asking; it cannot be undone." };
        var participant = new Option<string?>("--participant-key")
        {
            Description = "The protected participant key, from its offline medium; with it the entry says so at once.",
        };
        var whole = new Option<bool>("--whole-participant")
        {
            Description = "Ends the participant key itself, and with it the participant for everybody.",
        };
        var passphrase = Passphrases.Option();
        var command = new Command("revoke", "Revokes a key for good.")
        {
            fingerprint,
            reason,
            participant,
            passphrase,
            whole,
            yes,
        };
        command.SetAction(
            (parsed, ct) =>
            {
                if (!parsed.GetValue(yes))
                    throw new CommandException(
                        Warning(parsed.GetValue(fingerprint)!, parsed.GetValue(whole))
                            + " Nothing was done yet; say --yes to do it."
                    );
                var body = new JsonObject
                {
                    ["fingerprint"] = parsed.GetValue(fingerprint),
                    ["reason"] = parsed.GetValue(reason),
                };
                if (parsed.GetValue(whole))
                    body["wholeParticipant"] = true;
                if (parsed.GetValue(participant) is { } file)
                {
                    body["participantKey"] = File.ReadAllText(file);
                    body["passphrase"] = Passphrases.Read(parsed.GetValue(passphrase), confirm: false);
                }
                return KeysVerbs.SendAsync(verbs, parsed, "keys/revoke", body, RevokedLines, ct);
            }
        );
        return command;
    }

    public static string Warning(string fingerprint, bool whole) =>
        whole
            ? $"Revoking {fingerprint} ends the participant as a whole and cannot be undone: nobody seals to its offices or "
                + "believes what they sign, until every follower has compared the fingerprint of a new participant key. "
                + "Where only an entry key was stolen, make a new one: keys create --purpose entry --compromised."
            : $"Revoking {fingerprint} cannot be undone: this node uses it no more.";

    // Only the participant key can put the revocation into the entry; until then the others go on sealing to the key.
    public static IEnumerable<string> RevokedLines(JsonNode answer)
    {
        yield return $"Revoked on this node: {answer.Text("fingerprint")}.";
        if ((bool?)answer["published"] is true)
            yield return $"The entry says so. {KeysVerbs.WhenOthersSee}";
        else if ((bool?)answer["named"] is false)
            yield return "The entry names another key of the office: nobody seals to this one any more. What was signed with it before is not marked for others.";
        else
            yield return "OTHERS DO NOT KNOW YET: give --participant-key, or make a new key with `keys create`, so that the entry says so.";
    }
}
