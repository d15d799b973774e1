using System.CommandLine;
using System.Text.Json.Nodes;
using Comity.Kernel.Hosting;
using Comity.Kernel.Sealing;
using Folder = System.IO.Directory;

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
        if (NodeOptions.Exists(folder))
            throw new CommandException($"{folder} already holds a node. Nothing was changed; choose another folder.");
        var offline = Offline(folder, parsed.GetValue(asked.Offline));
        var passphrase = Passphrases.Read(parsed.GetValue(asked.PassphraseFile), confirm: true);
        var options = Lay(asked, parsed, folder);
        await using var node = await NodeConnection.OpenAsync(options, verbs.Modules, ct);
        var answer = await node.PostJsonAsync("directory/setup", asked.Setup(parsed, passphrase), ct);
        var written = WriteOffline(answer, offline);
        verbs.Terminal(parsed).Result(Summary(answer, written), Lines(answer, folder, offline, written));
        return CommandLine.Done;
    }

    private static NodeOptions Lay(InitOptions asked, ParseResult parsed, string folder)
    {
        PrivateFile.Folder(folder);
        var url = new Uri(parsed.GetValue(asked.Url)!);
        var listen = parsed.GetValue(asked.Listen) is { Length: > 0 } given
            ? given
            : [url.GetLeftPart(UriPartial.Authority)];
        var options = new NodeOptions
        {
            DataFolder = folder,
            BaseUrl = url,
            Listen = listen,
            Database = parsed.GetValue(asked.Database),
            MasterKeyFile = parsed.GetValue(asked.MasterKey),
        };
        if (!File.Exists(options.MasterKeyPath))
            MasterKey.Create(options.MasterKeyPath).Dispose();
        options.Save();
        return options;
    }

    // The participant key and the root keys leave the node here and are kept nowhere in it; their revocations with them.
    private static List<string> WriteOffline(JsonNode answer, string folder)
    {
        var code = answer.Text("participant");
        var keys = new List<(string Name, string Armoured)>
        {
            ($"participant-{code}.asc", answer.Text("participantKey")),
            ($"participant-{code}-revocation.base64", answer.Text("revocation")),
        };
        keys.AddRange(Numbered(answer["directory"]?["rootKeys"], "directory-root-{0}.asc"));
        keys.AddRange(Numbered(answer["directory"]?["rootRevocations"], "directory-root-{0}-revocation.base64"));
        PrivateFile.Folder(folder);
        foreach (var (name, armoured) in keys)
            PrivateFile.Create(Path.Combine(folder, name), armoured);
        return keys.ConvertAll(k => Path.Combine(folder, k.Name));
    }

    private static IEnumerable<(string Name, string Armoured)> Numbered(JsonNode? keys, string name) =>
        (keys as JsonArray ?? []).Select(
            (key, i) => (name.Replace("{0}", $"{i + 1}", StringComparison.Ordinal), key!.ToString())
        );

    // Refused before any key is made: a stick used twice must not lose the first keys.
    private static string Offline(string folder, string? asked)
    {
        var offline = asked ?? Path.Combine(folder, "offline");
        if (Folder.Exists(offline) && Folder.EnumerateFileSystemEntries(offline).Any())
            throw new CommandException(
                $"{offline} holds keys already. Nothing was done; name an empty folder with --offline."
            );
        return offline;
    }

    private static JsonObject Summary(JsonNode answer, List<string> written)
    {
        var summary = (JsonObject)answer.DeepClone();
        summary.Remove("participantKey");
        summary.Remove("revocation");
        (summary["directory"] as JsonObject)?.Remove("rootKeys");
        (summary["directory"] as JsonObject)?.Remove("rootRevocations");
        summary["offline"] = Json.Array(written);
        return summary;
    }

    private static IEnumerable<string> Lines(JsonNode answer, string folder, string offline, List<string> written)
    {
        yield return $"The node of {answer.Text("participant")} is in {folder}.";
        yield return $"  participant key  {answer.Text("fingerprint")}";
        foreach (var office in answer["offices"]!.AsArray())
            yield return $"  {office.Text("office"), -15}  {office.Text("fingerprint")}";
        if (answer["directory"] is JsonObject directory)
            yield return $"  directory root   {directory.Text("rootFingerprint")}   (read it aloud to those who follow)";
        yield return $"Move {offline} to a medium that is kept offline, now: {string.Join(", ", written.Select(Path.GetFileName))}.";
        yield return $"Start the node with: comity serve --data {folder}";
    }
}
