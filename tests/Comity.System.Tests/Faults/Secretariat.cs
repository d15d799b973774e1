using Comity.Node.Commands;
using Npgsql;

namespace Comity.System.Tests.Faults;

/// <summary>
/// QM, QN and QZ on PostgreSQL, QM and QN each behind a load balancer. One of the two has a second instance, which joined
/// as an operator has one join.
/// </summary>
internal sealed class Secretariat : IAsyncDisposable
{
    private const int MessagesPerMinute = 1_000_000;

    private readonly Neighbourhood _nodes;

    private Secretariat(Neighbourhood nodes, FaultNode first, FaultNode second, Balancer toOne, Balancer toOther)
    {
        _nodes = nodes;
        (First, Second, ToQm, ToQn) = (first, second, toOne, toOther);
        Peer = first == nodes.One ? nodes.Other : nodes.One;
    }

    /// <summary>The instance that is killed.</summary>
    public FaultNode First { get; }

    /// <summary>The one that joined, and stays.</summary>
    public FaultNode Second { get; }

    /// <summary>The other State.</summary>
    public FaultNode Peer { get; }

    public Balancer ToQm { get; }

    public Balancer ToQn { get; }

    /// <param name="code">Who has two instances: QM or QN.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<Secretariat> MakeAsync(string code, CancellationToken ct)
    {
        var listenAt = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["QM"] = Ports.Free(),
            ["QN"] = Ports.Free(),
        };
        var nodes = await Neighbourhood.PlanAsync(Store.Postgres, listenAt);
        var first = nodes.Nodes.Single(n => n.Code == code);
        var second = new FaultNode(code, first.Folder + "-2", first.Database) { ListensAt = Ports.Free() };
        second.Environment["TMPDIR"] = nodes.Temporary;
        int[] InstancesOf(FaultNode node) =>
            node == first ? [node.ListensAt!.Value, second.ListensAt!.Value] : [node.ListensAt!.Value];
        var made = new Secretariat(
            nodes,
            first,
            second,
            new Balancer(nodes.One.Port, InstancesOf(nodes.One)),
            new Balancer(nodes.Other.Port, InstancesOf(nodes.Other))
        );
        try
        {
            await nodes.MakeAsync(ct);
            await made.JoinAsync(ct);
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    /// <summary>The one number that a query of the shared database gives.</summary>
    public async Task<long> CountAsync(string query, CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    public async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        var connection = new NpgsqlConnection(First.Database);
        await connection.OpenAsync(ct);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await Second.DisposeAsync();
        // What is still held would keep the others from ending by themselves.
        ToQm.Release();
        ToQn.Release();
        await _nodes.DisposeAsync();
        await ToQm.DisposeAsync();
        await ToQn.DisposeAsync();
    }

    private async Task JoinAsync(CancellationToken ct)
    {
        string[] words = ["join", "--data", Second.Folder, "--database", Second.Database!, "--json"];
        string[] key = ["--master-key", Path.Combine(First.Folder, "master.key")];
        string[] listen = ["--listen", $"http://127.0.0.1:{Second.ListensAt}"];
        using var join = NodeProcess.Start([.. words, .. key, .. listen], Second.Environment);
        var said = await join.EndAsync(ct);
        Assert.True(join.ExitCode == 0, $"{Second.Code} could not be joined: {said.Output}\n{said.Errors}");
        Assert.Equal($"{First.Url}/", global::System.Text.Json.Nodes.JsonNode.Parse(said.Output).Text("node"));
        Second.Set("messagesPerMinute", MessagesPerMinute);
        await Second.StartAsync(ct);
    }
}
