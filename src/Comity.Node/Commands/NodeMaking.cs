using System.Text.Json.Nodes;
using Comity.Kernel.Hosting;
using Comity.Kernel.Modules;
using Comity.Kernel.Sealing;
using Folder = System.IO.Directory;

namespace Comity.Node.Commands;

/// <summary>
/// Lays a node's folder, makes its keys, and hands out those that are kept offline. Broken off at any moment, it is begun
/// again by the same words: the keys are on the offline medium before the node depends on them.
/// </summary>
/// <param name="Options">Folder, address, database.</param>
/// <param name="Setup">Participant, offices, passphrase, as the directory's setup takes them.</param>
/// <param name="Offline">Where the participant key and the root keys are written.</param>
internal sealed record NodeMaking(NodeOptions Options, JsonObject Setup, string Offline)
{
    private const string AlreadySetUp = "directory.already-set-up";

    /// <summary>What the setup answered; null where an attempt before had done everything but say so.</summary>
    public async Task<JsonNode?> MakeAsync(ModuleCatalog modules, CancellationToken ct)
    {
        RefuseWhatIsThere(Options, Offline);
        var before = Unfinished.In(Options.DataFolder)?.Note;
        PrivateFile.Folder(Options.DataFolder);
        Unfinished.Begin(Options.DataFolder, Unfinished.Init, Offline);
        Lay();
        var answer = await SetUpAsync(modules, before, ct);
        Unfinished.End(Options.DataFolder);
        return answer;
    }

    /// <summary>The folder with its master key and settings: enough for a node to start in.</summary>
    public void Lay()
    {
        PrivateFile.Folder(Options.DataFolder);
        if (!File.Exists(Options.MasterKeyPath))
            MasterKey.Create(Options.MasterKeyPath).Dispose();
        Options.Save();
    }

    /// <summary>Makes the keys of a node that was laid, and writes those that are kept offline.</summary>
    /// <param name="node">The node.</param>
    /// <param name="anew">What an attempt that was broken off left among the offline keys is replaced.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<JsonNode> SetUpAsync(NodeConnection node, bool anew, CancellationToken ct)
    {
        var setup = (JsonObject)Setup.DeepClone();
        setup["offline"] = new JsonObject { ["folder"] = Offline, ["anew"] = anew };
        return node.PostJsonAsync("directory/setup", setup, ct);
    }

    /// <summary>A node is never overwritten, and a stick used twice does not lose the first keys.</summary>
    public static void RefuseWhatIsThere(NodeOptions options, string offline)
    {
        var open = Unfinished.In(options.DataFolder);
        if (open is { What: not Unfinished.Init })
            Unfinished.Refuse(options.DataFolder);
        if (NodeOptions.Exists(options.DataFolder) && open is null)
            throw new CommandException(
                $"{options.DataFolder} already holds a node. Nothing was changed; choose another folder."
            );
        if (Holds(offline) && open?.Note != offline)
            throw new CommandException(
                $"{offline} holds keys already. Nothing was done; name an empty folder with --offline."
            );
    }

    private static bool Holds(string offline) =>
        Folder.Exists(offline) && Folder.EnumerateFileSystemEntries(offline).Any();

    private async Task<JsonNode?> SetUpAsync(ModuleCatalog modules, string? before, CancellationToken ct)
    {
        try
        {
            await using var node = await NodeConnection.OpenAsync(Options, modules, ct);
            return await SetUpAsync(node, anew: before == Offline, ct);
        }
        catch (CommandException problem) when (problem.Code == AlreadySetUp)
        {
            // The keys were written before anything was committed, so they are there and belong to it.
            if (before is not null && Holds(before))
                return null;
            File.Delete(Path.Combine(Options.DataFolder, NodeOptions.FileName));
            Unfinished.End(Options.DataFolder);
            throw new CommandException(
                "The database holds a node already. Nothing was changed in it; name an empty one."
            );
        }
    }
}
