using System.Text.Json.Nodes;
using Comity.Node.Commands;
using Comity.System.Tests.Demonstration;

namespace Comity.System.Tests.Faults;

/// <summary>
/// The directory manager QZ and two States that follow it, QM and QN, each a process. All that they have lies in one
/// folder, which is removed with them.
/// </summary>
internal sealed class Neighbourhood : IAsyncDisposable
{
    private readonly string _folder = global::System.IO.Directory.CreateTempSubdirectory("comity-faults-").FullName;
    private readonly FreshDatabases? _databases;

    private Neighbourhood(FreshDatabases? databases, IReadOnlyDictionary<string, int> listenAt)
    {
        _databases = databases;
        Manager = Node("QZ");
        One = Node("QM");
        Other = Node("QN");

        FaultNode Node(string code)
        {
            var node = new FaultNode(code, Path.Combine(_folder, code), databases?.ByCode[code])
            {
                ListensAt = listenAt.TryGetValue(code, out var port) ? port : null,
            };
            // What a killed process leaves in the folder of temporary files is removed with everything else.
            node.Environment["TMPDIR"] = Temporary;
            return node;
        }
    }

    public FaultNode Manager { get; }

    /// <summary>QM.</summary>
    public FaultNode One { get; }

    /// <summary>QN.</summary>
    public FaultNode Other { get; }

    public IReadOnlyList<FaultNode> Nodes => [Manager, One, Other];

    public string Temporary => Path.Combine(_folder, "tmp");

    /// <summary>
    /// Nodes that are not made yet: what their processes find in their environment may still be said, and something may be
    /// put between them, before <see cref="MakeAsync"/>.
    /// </summary>
    /// <param name="store">Where they keep their data.</param>
    /// <param name="listenAt">For a node that listens elsewhere than at its address: the port, by its code.</param>
    public static async Task<Neighbourhood> PlanAsync(Store store, IReadOnlyDictionary<string, int>? listenAt = null)
    {
        var databases = store == Store.Postgres ? await FreshDatabases.MakeAsync(Needs.Postgres()) : null;
        return new Neighbourhood(databases, listenAt ?? new Dictionary<string, int>(StringComparer.Ordinal));
    }

    /// <summary>Makes and starts all three; QM and QN are in QZ's directory and follow it.</summary>
    public async Task MakeAsync(CancellationToken ct)
    {
        global::System.IO.Directory.CreateDirectory(Temporary);
        await Task.WhenAll(Nodes.Select(n => n.MakeAsync(manager: n == Manager, ct)));
        await Task.WhenAll(Nodes.Select(n => n.StartAsync(ct)));
        foreach (var node in (FaultNode[])[One, Other])
        {
            var entry = await node.Operator.GetBytesAsync("directory/own-entry", ct);
            var admitted = new JsonObject { ["entry"] = Convert.ToBase64String(entry) };
            await Manager.Operator.PostJsonAsync("directory/admit", admitted, ct);
        }
        await PublishAsync(ct);
        var pinned = new JsonObject { ["url"] = Manager.Url, ["root"] = Manager.RootFingerprint };
        await One.Operator.PostJsonAsync("directory/follow", pinned, ct);
        await Other.Operator.PostJsonAsync("directory/follow", pinned, ct);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
            await node.DisposeAsync();
        if (_databases is not null)
            await _databases.DisposeAsync();
        global::System.IO.Directory.Delete(_folder, recursive: true);
    }

    // Admitting publishes by itself a moment later; who publishes at that very moment is told so, and does it again.
    private async Task PublishAsync(CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Manager.Operator.PostJsonAsync("directory/publish", new JsonObject(), ct);
                return;
            }
            catch (CommandException problem) when (attempt < 10 && problem.Code is "directory.published-meanwhile")
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), ct);
            }
        }
    }
}

/// <summary>Where nodes keep their data.</summary>
public enum Store
{
    Sqlite,
    Postgres,
}
