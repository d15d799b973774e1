using System.Text.Json.Nodes;
using Comity.Kernel.Hosting;
using Comity.Kernel.Modules;
using Comity.Kernel.Sealing;
using Folder = System.IO.Directory;

namespace Comity.Node.Commands;

/// <summary>Lays a node's folder, makes its keys, and hands out those that are kept offline.</summary>
/// <param name="Options">Folder, address, database.</param>
/// <param name="Setup">Participant, offices, passphrase, as the directory's setup takes them.</param>
/// <param name="Offline">Where the participant key and the root keys are written.</param>
internal sealed record NodeMaking(NodeOptions Options, JsonObject Setup, string Offline)
{
    /// <summary>What the setup answered, and the files of the offline keys.</summary>
    public async Task<(JsonNode Answer, List<string> Written)> MakeAsync(ModuleCatalog modules, CancellationToken ct)
    {
        Lay();
        await using var node = await NodeConnection.OpenAsync(Options, modules, ct);
        return await SetUpAsync(node, ct);
    }

    /// <summary>The folder with its master key and settings: enough for a node to start in.</summary>
    public void Lay()
    {
        RefuseWhatIsThere(Options, Offline);
        PrivateFile.Folder(Options.DataFolder);
        if (!File.Exists(Options.MasterKeyPath))
            MasterKey.Create(Options.MasterKeyPath).Dispose();
        Options.Save();
    }

    /// <summary>Makes the keys of a node that was laid; what it answered, and the files of the offline keys.</summary>
    public async Task<(JsonNode Answer, List<string> Written)> SetUpAsync(NodeConnection node, CancellationToken ct)
    {
        var answer = await node.PostJsonAsync("directory/setup", Setup, ct);
        return (answer, WriteOffline(answer));
    }

    /// <summary>A node is never overwritten, and a stick used twice does not lose the first keys.</summary>
    public static void RefuseWhatIsThere(NodeOptions options, string offline)
    {
        if (NodeOptions.Exists(options.DataFolder))
            throw new CommandException(
                $"{options.DataFolder} already holds a node. Nothing was changed; choose another folder."
            );
        if (Folder.Exists(offline) && Folder.EnumerateFileSystemEntries(offline).Any())
            throw new CommandException(
                $"{offline} holds keys already. Nothing was done; name an empty folder with --offline."
            );
    }

    // The participant key and the root keys leave the node here and are kept nowhere in it; their revocations with them.
    internal List<string> WriteOffline(JsonNode answer)
    {
        var code = answer.Text("participant");
        var keys = new List<(string Name, string Armoured)>
        {
            ($"participant-{code}.asc", answer.Text("participantKey")),
            ($"participant-{code}-revocation.base64", answer.Text("revocation")),
        };
        keys.AddRange(Numbered(answer["directory"]?["rootKeys"], "directory-root-{0}.asc"));
        keys.AddRange(Numbered(answer["directory"]?["rootRevocations"], "directory-root-{0}-revocation.base64"));
        PrivateFile.Folder(Offline);
        foreach (var (name, armoured) in keys)
            PrivateFile.Create(Path.Combine(Offline, name), armoured);
        return keys.ConvertAll(k => Path.Combine(Offline, k.Name));
    }

    private static IEnumerable<(string Name, string Armoured)> Numbered(JsonNode? keys, string name) =>
        (keys as JsonArray ?? []).Select(
            (key, i) => (name.Replace("{0}", $"{i + 1}", StringComparison.Ordinal), key!.ToString())
        );
}
