using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Comity.App.Tests.Directory;
using Comity.App.Tests.Nodes;
using Comity.Kernel.Data;
using Comity.Kernel.Hosting;
using Comity.Node.Commands;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Comity.App.Tests.Instances;

/// <summary>Instances that start: together on an empty database, after one that was killed, with the wrong key.</summary>
public sealed class StartingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Instances_that_start_at_the_same_moment_on_an_empty_database_have_one_schema_and_one_ring()
    {
        await using var two = await TwoNodes.StartAsync();
        await using var db = two.One.OpenDatabase();
        Assert.Equal(SchemaStanding.Current, await Schema.LookAsync(db, Ct));
        Assert.Equal(1, await db.Set<RingKey>().CountAsync(Ct));
    }

    [Fact]
    public async Task Whoever_is_killed_while_it_starts_keeps_nobody_out()
    {
        await using var node = await TestNode.StartAsync(Store.Postgres);
        await node.StopAsync();
        await using var killed = new NpgsqlConnection(node.Options.Database + ";Pooling=false");
        await killed.OpenAsync(Ct);
        await using var dead = await killed.BeginTransactionAsync(Ct);
        await TellAsync(killed, "SELECT pg_advisory_xact_lock(109330228147321)");

        var starting = node.RestartAsync();
        await using var watch = new NpgsqlConnection(node.Options.Database);
        await watch.OpenAsync(Ct);
        while (!starting.IsCompleted && await TellAsync(watch, Waiting) is 0L)
            await Task.Delay(10, Ct);
        Assert.False(starting.IsCompleted);
        await TellAsync(watch, "SELECT pg_terminate_backend(" + killed.ProcessID + ")");
        await starting;

        await using var db = node.OpenDatabase();
        Assert.Equal(SchemaStanding.Current, await Schema.LookAsync(db, Ct));
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task With_another_master_key_nothing_is_served(Store store)
    {
        await using var node = await TestNode.StartAsync(store);
        await node.StopAsync();
        var another = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await File.WriteAllTextAsync(node.Options.MasterKeyPath, another, Ct);
        var fault = await Assert.ThrowsAnyAsync<CryptographicException>(node.RestartAsync);
        Assert.Contains("master key", Sentences.Of(fault), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_instances_that_are_set_up_at_the_same_moment_are_one_participant()
    {
        await using var two = await TwoNodes.StartAsync();
        var said = await Meeting.AtAsync(
            two.Database,
            "directory_stamp",
            () => SetUpAsync(two.One, "QM"),
            () => SetUpAsync(two.Other, "QN")
        );
        Assert.Equal(["", "directory.already-set-up"], said.Order());
    }

    private const string Waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";

    private static async Task<string> SetUpAsync(TestNode at, string code)
    {
        try
        {
            await at.Operator.PostJsonAsync("directory/setup", Network.Request(code, manager: false), Ct);
            return "";
        }
        catch (CommandException refused)
        {
            return refused.Code;
        }
    }

    private static async Task<object?> TellAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        return await command.ExecuteScalarAsync(Ct);
    }
}
