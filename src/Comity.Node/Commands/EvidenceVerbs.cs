using System.CommandLine;
using System.Text.Json.Nodes;

namespace Comity.Node.Commands;

/// <summary><c>comity evidence</c>: export what can be shown later, verify what somebody shows.</summary>
internal static class EvidenceVerbs
{
    public static Command Make(Verbs verbs) =>
        new("evidence", "Evidence of a conversation: export, verify.")
        {
            Export(verbs),
            EvidenceVerifyVerb.Make(verbs),
        };

    private static Command Export(Verbs verbs)
    {
        var id = new Argument<string>("id") { Description = "The conversation." };
        var output = new Option<string?>("--out") { Description = "Where to write it; without it standard output." };
        var command = new Command("export", "Writes the evidence file of a conversation.") { id, output };
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var node = await verbs.ConnectAsync(parsed, ct);
                var file = await node.GetBytesAsync(
                    $"exchange/conversations/{Uri.EscapeDataString(parsed.GetValue(id)!)}/evidence",
                    ct
                );
                if (parsed.GetValue(output) is not { } path)
                {
                    await using var standard = Console.OpenStandardOutput();
                    await standard.WriteAsync(file, ct);
                    return CommandLine.Done;
                }
                await File.WriteAllBytesAsync(path, file, ct);
                verbs
                    .Terminal(parsed)
                    .Result(
                        new JsonObject { ["file"] = path, ["bytes"] = file.Length },
                        $"{path}: {file.Length} bytes."
                    );
                return CommandLine.Done;
            }
        );
        return command;
    }
}
