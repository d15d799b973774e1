using System.CommandLine;
using System.Text.Json.Nodes;

namespace Comity.Node.Commands;

/// <summary><c>comity directory delegate</c>: the holders of the root keys let a new directory key sign, for 90 days at most.</summary>
internal static class DelegateVerb
{
    public static Command Make(Verbs verbs)
    {
        var roots = new Option<string[]>("--root-key")
        {
            Description = "A protected root key from its offline medium; as many as must sign. Used in memory only.",
            Required = true,
        };
        var passphrase = Passphrases.Option();
        var command = new Command("delegate", "Manager: a new directory key, delegated by the root keys for 90 days.")
        {
            roots,
            passphrase,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                var body = new JsonObject
                {
                    ["rootKeys"] = Json.Array(parsed.GetValue(roots)!.Select(File.ReadAllText)),
                    ["passphrase"] = Passphrases.Read(parsed.GetValue(passphrase), confirm: false),
                };
                await using var node = await verbs.ConnectAsync(parsed, ct);
                var answer = await node.PostJsonAsync("directory/delegate", body, ct);
                verbs
                    .Terminal(parsed)
                    .Result(
                        answer,
                        $"The directory key {answer.Text("directoryKey")} signs until {ConversationTable.Minute(answer.Text("delegatedUntil"))} UTC. "
                            + "The next snapshot carries it: comity directory publish"
                    );
                return CommandLine.Done;
            }
        );
        return command;
    }
}
