using System.Text.Json.Nodes;
using Comity.Node.Commands;

namespace Comity.Node.Demo;

/// <summary>Step 6: what can be shown to somebody who trusts neither side.</summary>
internal static class EvidenceScene
{
    public static async Task PlayAsync(Stage stage, Narrator narrator, CancellationToken ct)
    {
        var evidence = await stage.Affected.Operator.GetBytesAsync(
            $"exchange/conversations/{stage.Conversation}/evidence",
            ct
        );
        var file = Path.Combine(stage.Place, "evidence.json");
        var trust = Path.Combine(stage.Place, "trust.json");
        await File.WriteAllBytesAsync(file, evidence, ct);
        await File.WriteAllTextAsync(trust, Trust(stage).ToJsonString(), ct);
        narrator.Tell($"evidence file: {evidence.Length} bytes; trust file: the directory root that QM pinned.");
        var (code, lines) = await VerifyAsync(file, trust, ct);
        foreach (var line in lines)
            narrator.Tell(line);
        narrator.Check(code == 0, "The separate verifier confirms it, with no network and no node.");
        await FlipAsync(evidence, stage, trust, narrator, ct);
        await KeepEnvelopesAsync(stage, ct);
    }

    private static async Task FlipAsync(
        byte[] evidence,
        Stage stage,
        string trust,
        Narrator narrator,
        CancellationToken ct
    )
    {
        // A letter in the middle of the file, which is inside something that was signed.
        var flipped = (byte[])evidence.Clone();
        var at = flipped.Length / 2;
        while (!char.IsAsciiLetterLower((char)flipped[at]))
            at++;
        flipped[at] = (byte)(flipped[at] == 'a' ? 'b' : 'a');
        var file = Path.Combine(stage.Place, "evidence-flipped.json");
        await File.WriteAllBytesAsync(file, flipped, ct);
        var (code, lines) = await VerifyAsync(file, trust, ct);
        // The line that failed, and the one below it, which says why.
        var failed = lines.SkipWhile(l => !l.StartsWith("FAILED", StringComparison.Ordinal)).Take(2).ToList();
        narrator.Check(code != 0 && failed.Count == 2, $"One byte flipped: {string.Join(" – ", failed.Select(Plain))}");
    }

    private static string Plain(string line) =>
        string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static JsonObject Trust(Stage stage) => new() { ["roots"] = Json.Array([stage.RootFingerprint]) };

    private static async Task<(int Code, IReadOnlyList<string> Lines)> VerifyAsync(
        string file,
        string trust,
        CancellationToken ct
    )
    {
        using var verifier = Programs.Verifier(["evidence", file, "--trust", trust]);
        var output = verifier.StandardOutput.ReadToEndAsync(ct);
        var errors = verifier.StandardError.ReadToEndAsync(ct);
        await verifier.WaitForExitAsync(ct);
        var lines = (await output + await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (verifier.ExitCode, lines);
    }

    private static async Task KeepEnvelopesAsync(Stage stage, CancellationToken ct)
    {
        if (stage.Kept is null)
            return;
        var conversation = await stage.Affected.Operator.GetJsonAsync(
            $"exchange/conversations/{stage.Conversation}",
            ct
        );
        foreach (var message in conversation["messages"]!.AsArray())
        foreach (var recipient in message!["recipients"]!.AsArray())
        {
            var office = recipient.Text("office");
            var node = office.StartsWith("QN/", StringComparison.Ordinal) ? stage.Affected : stage.Notified;
            var path = $"exchange/messages/{message.Text("message")}/envelope?to={Uri.EscapeDataString(office)}";
            var name = $"{message.Text("kind")}-to-{office.Replace('/', '-')}-{message.Text("message")[^6..]}.eml";
            await File.WriteAllBytesAsync(
                Path.Combine(stage.Place, name),
                await node.Operator.GetBytesAsync(path, ct),
                ct
            );
        }
    }
}
