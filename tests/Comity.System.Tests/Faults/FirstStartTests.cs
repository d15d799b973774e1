using System.Diagnostics;
using System.Text.Json.Nodes;
using Comity.Kernel.Hosting;
using Comity.Node.Commands;
using Comity.System.Tests.Demonstration;
using Microsoft.Data.Sqlite;

namespace Comity.System.Tests.Faults;

/// <summary>Nodes that are killed while they are made, and while they start for the first time.</summary>
public sealed class FirstStartTests : IDisposable
{
    private const int Few = 4;
    private const int Many = 40;

    private readonly string _folder = global::System.IO.Directory.CreateTempSubdirectory("comity-first-").FullName;
    private readonly Chance _chance = new(Chance.Seed, 3);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public Task Making_a_node_that_was_killed_at_any_moment_is_done_by_the_same_words_again(Store store) =>
        KilledWhileMadeAsync(store, Few);

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    [Trait("Lane", "slow")]
    public Task Making_a_node_that_was_killed_at_forty_moments_is_done_by_the_same_words_again(Store store) =>
        KilledWhileMadeAsync(store, Many);

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_node_that_was_killed_while_it_brought_up_its_database_starts_again(Store store)
    {
        await using var databases =
            store == Store.Postgres ? await FreshDatabases.MakeAsync(Needs.Postgres(), "QM") : null;
        await using var node = new FaultNode("QM", Path.Combine(_folder, "QM"), databases?.ByCode["QM"]);
        var making = Lay(node);
        for (var i = 0; i < Few; i++)
        {
            node.Launch();
            await Task.Delay(_chance.Moment(1200), Ct);
            await node.KillAsync();
        }
        await node.StartAsync(Ct);
        await making.SetUpAsync(node.Operator, anew: false, Ct);
        await AssertWholeAsync(node);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_lock_of_a_migration_that_was_killed_holds_nobody_up()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var node = new FaultNode("QM", Path.Combine(_folder, "QM"), database: null);
        var making = Lay(node);
        await using (
            var connection = new SqliteConnection($"Data Source={Path.Combine(node.Folder, "comity.db")};Pooling=False")
        )
        {
            await connection.OpenAsync(ct);
            await using var command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Fewtamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00+00:00');
                """;
            await command.ExecuteNonQueryAsync(ct);
        }
        await node.StartAsync(ct);
        await making.SetUpAsync(node.Operator, anew: false, ct);
        await AssertWholeAsync(node);
    }

    [Fact]
    public async Task A_node_comes_up_however_often_it_is_killed_while_it_starts()
    {
        await using var node = new FaultNode("QM", Path.Combine(_folder, "QM"), database: null);
        await node.MakeAsync(manager: false, Ct);
        // What commands left that were killed, one of them with a number that comes again.
        await File.WriteAllTextAsync(Path.Combine(node.Folder, "c12345.sock"), "", Ct);
        for (var i = 0; i < Few; i++)
        {
            node.Launch();
            await Task.Delay(_chance.Moment(1500), Ct);
            await node.KillAsync();
        }
        var listed = await Said.ByAsync(["keys", "list", "--json", "--data", node.Folder]);
        Assert.True(listed.Code == 0, listed.Errors);
        Assert.False(File.Exists(Path.Combine(node.Folder, "c12345.sock")));
        await node.StartAsync(Ct);
        await AssertWholeAsync(node);
    }

    public void Dispose() => global::System.IO.Directory.Delete(_folder, recursive: true);

    private async Task KilledWhileMadeAsync(Store store, int times)
    {
        string[] names = [.. Enumerable.Range(0, times + 1).Select(i => $"N{i}")];
        await using var databases =
            store == Store.Postgres ? await FreshDatabases.MakeAsync(Needs.Postgres(), names) : null;
        FaultNode Node(int i) => new("QM", Path.Combine(_folder, names[i]), databases?.ByCode[names[i]]);
        await using (var undisturbed = Node(times))
        {
            var clock = Stopwatch.StartNew();
            await undisturbed.MakeAsync(manager: true, Ct);
            // The moments lie over the whole of it, on a slow machine as on a fast one, and a little beyond.
            var step = clock.ElapsedMilliseconds * 1.1 / times;
            for (var i = 0; i < times; i++)
            {
                await using var node = Node(i);
                await KilledAndMadeAgainAsync(node, TimeSpan.FromMilliseconds(step * i) + _chance.Moment((int)step));
            }
        }
    }

    private static async Task KilledAndMadeAgainAsync(FaultNode node, TimeSpan after)
    {
        using (var init = node.Init(manager: true))
        {
            await Task.Delay(after, Ct);
            await init.KillAsync();
        }
        // Whoever starts it at once is told what to do, or has a whole node.
        node.Launch();
        if (await node.ComesUpAsync(Ct))
            await AssertKeysAsync(node);
        else
            Assert.Matches(@"(?m)^comity: .*comity init", node.Said);
        await node.StopAsync();

        using (var again = node.Init(manager: true))
        {
            var said = await again.EndAsync(Ct);
            if (said.Code != 0)
                Assert.Contains("already holds a node", said.Output, StringComparison.Ordinal);
        }
        await node.StartAsync(Ct);
        await AssertWholeAsync(node);
    }

    private static NodeMaking Lay(FaultNode node)
    {
        var options = new NodeOptions
        {
            DataFolder = node.Folder,
            BaseUrl = new Uri(node.Url),
            Listen = [node.Url],
            Database = node.Database,
        };
        var setup = new JsonObject
        {
            ["participant"] = node.Code,
            ["names"] = new JsonObject { ["en"] = "State QM" },
            ["offices"] = new JsonArray(
                new JsonObject
                {
                    ["slug"] = "technical",
                    ["kind"] = "technical",
                    ["mail"] = "technical@qm.example",
                }
            ),
            ["passphrase"] = FaultNode.Passphrase,
        };
        var making = new NodeMaking(options, setup, Path.Combine(node.Folder, "offline"));
        making.Lay();
        return making;
    }

    private static async Task AssertKeysAsync(FaultNode node)
    {
        var keys = (await node.Operator.GetJsonAsync("keys", Ct)).AsArray();
        Assert.Contains(keys, k => k.Text("subject") == node.Office);
    }

    // Its keys are there, and the participant key on the offline medium is the one that they hang on: it makes another.
    private static async Task AssertWholeAsync(FaultNode node)
    {
        await AssertKeysAsync(node);
        var offline = Path.Combine(node.Folder, "offline", $"participant-{node.Code}.asc");
        var body = new JsonObject
        {
            ["office"] = node.Office,
            ["purpose"] = "office",
            ["participantKey"] = await File.ReadAllTextAsync(offline, Ct),
            ["passphrase"] = FaultNode.Passphrase,
        };
        var made = await node.Operator.PostJsonAsync("keys", body, Ct);
        Assert.Equal(node.Office, made.Text("office"));
        Assert.NotEmpty(await node.Operator.GetBytesAsync("directory/own-entry", Ct));
        Assert.Empty(global::System.IO.Directory.EnumerateFiles(node.Folder, "unfinished*"));
        await node.StopAsync();
    }
}
