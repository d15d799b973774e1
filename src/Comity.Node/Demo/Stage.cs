using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Comity.Kernel.Modules;
using Comity.Node.Commands;
using Folder = System.IO.Directory;

namespace Comity.Node.Demo;

/// <summary>The three nodes, and what the scenes have to remember of one another.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly string _folder;
    private readonly DemoWish _wish;

    private Stage(ModuleCatalog modules, DemoWish wish)
    {
        _wish = wish;
        _folder = wish.Keep ?? Folder.CreateTempSubdirectory("comity-demo-").FullName;
        Folder.CreateDirectory(_folder);
        var ports = FreePorts(3);
        Manager = Node("QZ", "Directory manager QZ", ports[0]);
        Affected = Node("QM", "State QM", ports[1]);
        Notified = Node("QN", "State QN", ports[2]);

        DemoNode Node(string code, string name, int port) =>
            new(code, name, Path.Combine(_folder, code), port, modules, wish.DatabaseOf(code));
    }

    public DemoNode Manager { get; }

    public DemoNode Affected { get; }

    public DemoNode Notified { get; }

    public string Passphrase { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public string Stix => _wish.Stix;

    /// <summary>Whether the nodes end with the last scene, so that nobody can sign in any more.</summary>
    public bool EndsAtOnce => _wish.Once;

    /// <summary>Where things are kept; null where everything is removed at the end.</summary>
    public string? Kept => _wish.Keep;

    public string Place => _folder;

    // What one scene leaves for the next.
    public string RootFingerprint { get; set; } = "";
    public string Conversation { get; set; } = "";
    public string Notification { get; set; } = "";

    public static async Task<Stage> SetAsync(
        ModuleCatalog modules,
        DemoWish wish,
        Narrator narrator,
        CancellationToken ct
    )
    {
        if (wish.Keep is { } kept && Folder.Exists(kept) && Folder.EnumerateFileSystemEntries(kept).Any())
            throw new CommandException($"{kept} is not empty. Nothing was done; name a new folder.");
        var stage = new Stage(modules, wish);
        try
        {
            narrator.Progress("starting three processes on loopback: the directory manager QZ, the States QM and QN");
            narrator.Progress("making their keys");
            await Task.WhenAll(stage.Nodes.Select(n => n.MakeAsync(n == stage.Manager, stage.Passphrase, ct)));
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    public IEnumerable<DemoNode> Nodes => [Manager, Affected, Notified];

    /// <summary>One-time sign-in links for the three people of the demonstration.</summary>
    public async Task<IReadOnlyList<(string Who, string Link)>> InviteAsync(CancellationToken ct) =>
        await Task.WhenAll(
            LinkAsync(Affected, "Analyst", "analyst", ct),
            LinkAsync(Notified, "Duty officer", "duty-officer", ct),
            LinkAsync(Manager, "Directory manager", "directory-manager", ct)
        );

    public static async Task StayUpAsync(Narrator narrator, CancellationToken ct)
    {
        narrator.Progress("the three nodes stay up; Ctrl-C ends them");
        try
        {
            await Task.Delay(Timeout.Infinite, ct);
        }
        catch (OperationCanceledException)
        {
            narrator.Progress("ending");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
            await node.DisposeAsync();
        if (Kept is null)
            Folder.Delete(_folder, recursive: true);
    }

    private static async Task<(string Who, string Link)> LinkAsync(
        DemoNode node,
        string name,
        string role,
        CancellationToken ct
    ) => ($"{name} of {node.Code}", node.IsRunning ? await node.InviteAsync(name, role, ct) : "(not running)");

    private static List<int> FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(l => l.Start());
        var ports = listeners.ConvertAll(l => ((IPEndPoint)l.LocalEndpoint).Port);
        listeners.ForEach(l => l.Dispose());
        return ports;
    }
}
