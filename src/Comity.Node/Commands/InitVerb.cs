using System.CommandLine;
using System.Text.Json.Nodes;
using Comity.Kernel.Hosting;

namespace Comity.Node.Commands;

/// <summary><c>comity init</c>: makes an empty node with its participant, offices and keys.</summary>
internal static class InitVerb
{
    public static Command Make(Verbs verbs)
    {
        var asked = new InitOptions();
        var command = new Command("init", "Makes a node: data folder, participant, offices, keys.");
        foreach (var option in asked.All)
            command.Options.Add(option);
        command.SetAction((parsed, ct) => InitAsync(verbs, asked, parsed, ct));
        return command;
    }

    private static async Task<int> InitAsync(Verbs verbs, InitOptions asked, ParseResult parsed, CancellationToken ct)
    {
        var folder = Path.GetFullPath(parsed.GetValue(verbs.DataFolder)!);
        var offline = Path.GetFullPath(parsed.GetValue(asked.Offline) ?? Path.Combine(folder, "offline"));
        var options = asked.Node(parsed, folder);
        NodeMaking.RefuseWhatIsThere(options, offline);
        var passphrase = Passphrases.Read(parsed.GetValue(asked.PassphraseFile), confirm: true);
        var making = new NodeMaking(options, asked.Setup(parsed, passphrase), offline);
        var answer = await making.MakeAsync(verbs.Modules, ct);
        var said = answer is null ? Whole(folder, offline) : Lines(answer, folder, offline);
        verbs.Terminal(parsed).Result(Summary(answer), [.. said, .. Start(options)]);
        return CommandLine.Done;
    }

    private static JsonObject Summary(JsonNode? answer)
    {
        if (answer is null)
            return new JsonObject { ["made"] = "before" };
        var summary = (JsonObject)answer.DeepClone();
        // They are in the files.
        summary.Remove("participantKey");
        summary.Remove("revocation");
        (summary["directory"] as JsonObject)?.Remove("rootKeys");
        (summary["directory"] as JsonObject)?.Remove("rootRevocations");
        return summary;
    }

    // The attempt before was broken off when there was nothing left to do but to say so.
    private static IEnumerable<string> Whole(string folder, string offline)
    {
        yield return $"The node in {folder} was whole already; nothing was made a second time.";
        yield return "Its fingerprints: comity keys list, and comity directory show.";
        yield return $"Move {offline} to a medium that is kept offline, now.";
    }

    private static IEnumerable<string> Lines(JsonNode answer, string folder, string offline)
    {
        yield return $"The node of {answer.Text("participant")} is in {folder}.";
        yield return $"  participant key  {answer.Text("fingerprint")}";
        foreach (var office in answer["offices"]!.AsArray())
            yield return $"  {office.Text("office"), -15}  {office.Text("fingerprint")}";
        if (answer["directory"] is JsonObject directory)
            yield return $"  directory root   {directory.Text("rootFingerprint")}   (read it aloud to those who follow)";
        yield return $"Move {offline} to a medium that is kept offline, now: {string.Join(", ", Files(answer))}.";
    }

    private static IEnumerable<string?> Files(JsonNode answer) =>
        answer.Each("offline").Select(f => Path.GetFileName(f.ToString()));

    public static IEnumerable<string> Start(NodeOptions options)
    {
        using var certificate = new NodeCertificate(options, TimeProvider.System);
        if (certificate.IsMissing)
            yield return $"Before it starts: {CertificateOptions.Missing}";
        yield return $"Start the node with: comity serve --data {options.DataFolder}";
    }
}
