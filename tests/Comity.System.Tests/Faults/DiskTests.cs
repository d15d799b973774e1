using System.Globalization;
using System.Text.Json.Nodes;
using Comity.Node.Commands;
using Microsoft.Data.Sqlite;

namespace Comity.System.Tests.Faults;

/// <summary>A node whose disk is full while messages arrive and while it sends, and that goes on when there is room again.</summary>
public sealed class DiskTests
{
    private const int Megabytes = 16;
    private const int MostTries = 400;
    private const string Full = "kernel.disk-full";

    private readonly Ledger _toQn = new();
    private readonly Ledger _toQm = new();
    private readonly List<string> _refused = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_takes_nothing_that_was_accepted_and_says_so_to_whoever_sends()
    {
        await using var nodes = await Neighbourhood.PlanAsync(Store.Sqlite);
        var folder = nodes.Other.Folder;
        await using var disk = await SmallDisk.MountAsync(folder, Megabytes, owner: 0, nodes.Other.StopAsync);
        await PlayAsync(nodes, disk);
        await CheckWholeAsync(nodes.Other);
    }

    [Fact]
    public async Task A_database_server_without_room_takes_nothing_that_was_accepted_and_the_node_says_so()
    {
        await using var nodes = await Neighbourhood.PlanAsync(Store.Postgres);
        var database = nodes.Other.Database!;
        await using var space = await SmallTablespace.MakeAsync(database, 2 * Megabytes, nodes.Other.StopAsync);
        await PlayAsync(nodes, space.Disk);
    }

    private async Task PlayAsync(Neighbourhood nodes, SmallDisk disk)
    {
        var (one, other) = (nodes.One, nodes.Other);
        await nodes.MakeAsync(Ct);
        await SendAsync(one, other, _toQn, 5);
        await SendAsync(other, one, _toQm, 5);

        disk.Fill();
        await SendAsync(one, other, _toQn, 20);
        await UntilFullAsync(other, one);
        await UntilPutOffAsync(one);
        if (other.Database is null)
            Assert.StartsWith("fail Only", await DoctorAsync(other), StringComparison.Ordinal);
        // What is there can still be read.
        var shown = await Books.ReadAsync(other, Ct);
        Assert.All(_toQm.Accepted.Values, id => Assert.True(shown.Sent.Contains(id)));
        disk.Empty();

        await SendAsync(other, one, _toQm, 5);
        await SendAsync(one, other, _toQn, 5);
        var tally = await CompareAsync(nodes);
        Assert.Empty(tally.Faults);
    }

    private async Task<Tally> CompareAsync(Neighbourhood nodes)
    {
        var (books, others) = await Rest.AwaitAsync(nodes, Ct);
        var tally = new Tally()
            .Add("QM to QN", _toQn, books, others)
            .Add("QN to QM", _toQm, others, books)
            .Heed([.. books.Faults, .. others.Faults])
            .Heed(
                others.Messages.Where(m => _refused.Contains(m.Mark)).Select(m => $"{m.Mark} was refused and is there")
            );
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"a disk of {Megabytes} MB, full while both send: {_refused.Count} refused by the node without room\n{tally.Table()}"
            )
        );
        return tally;
    }

    private static async Task SendAsync(FaultNode from, FaultNode to, Ledger told, int count)
    {
        for (var i = 0; i < count; i++)
            Assert.Equal(Ending.Accepted, (await TrySendAsync(from, to, told)).Ending);
    }

    private static async Task<(Ending Ending, string Mark, Answered Answer)> TrySendAsync(
        FaultNode from,
        FaultNode to,
        Ledger told
    )
    {
        var mark = $"{from.Code}-{told.Asked.Count}";
        told.Ask(mark);
        var letter = Letters.Notification(from, to, mark).With(60_000);
        var answer = await from.TryPostAsync("exchange/send", letter, Ct);
        if (answer.Said is { } said)
            told.Accept(mark, said.Text("id"), said.Text("conversation"));
        return (answer.Ending, mark, answer);
    }

    // What was freed within the database is used first; then there is no room any more.
    private async Task UntilFullAsync(FaultNode from, FaultNode to)
    {
        for (var tries = 0; tries < MostTries && _refused.Count < 10; tries++)
        {
            var (ending, mark, answer) = await TrySendAsync(from, to, _toQm);
            if (ending == Ending.Accepted)
                continue;
            Assert.Equal((Ending.Refused, Full), (answer.Ending, answer.Code));
            Assert.Contains("Nothing was accepted", answer.Words, StringComparison.Ordinal);
            _refused.Add(mark);
        }
        Assert.Equal(10, _refused.Count);
    }

    private static Task UntilPutOffAsync(FaultNode node) =>
        Patience.UntilAsync(
            "the node without room has put something off",
            async () =>
                (await node.Operator.GetJsonAsync("post/waiting", Ct))
                    .AsArray()
                    .Any(w => w.Text("lastError") is "http-503"),
            Ct
        );

    private static async Task<string> DoctorAsync(FaultNode node)
    {
        var lines = (await node.Operator.GetJsonAsync("doctor", Ct)).AsArray();
        var line = Assert.Single(lines, l => l.Text("name") is "kernel.disk");
        return $"{line.Text("state")} {line.Text("sentence")}";
    }

    private static async Task CheckWholeAsync(FaultNode node)
    {
        await node.StopAsync();
        await using var database = new SqliteConnection(
            $"Data Source={Path.Combine(node.Folder, "comity.db")};Mode=ReadOnly;Pooling=False"
        );
        await database.OpenAsync(Ct);
        await using var command = database.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", await command.ExecuteScalarAsync(Ct));
        command.CommandText = "PRAGMA foreign_key_check";
        Assert.Null(await command.ExecuteScalarAsync(Ct));
    }
}
