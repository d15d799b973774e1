using System.Data;
using Comity.App.Tests.Nodes;
using Comity.Data.Sqlite;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.KernelTests;

public sealed class KeptConnectionTests
{
    private static readonly Viewer Job = Viewer.System("test");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_reader_gives_back_is_lent_to_the_next_and_to_one_only()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, PaperRoom.Plan);
        var (factory, database) = Parts(node);
        var db = factory.Open(Job);
        var connection = db.Database.GetDbConnection();
        await db.Set<Paper>().Where(p => p.Title == "none").ToListAsync(Ct);
        await db.Set<Paper>().CountAsync(Ct);
        Assert.True(Assert.IsType<KeptConnection>(connection).IsAtRest);
        await db.DisposeAsync();
        await db.DisposeAsync();
        await connection.DisposeAsync();

        await using var first = database.Connect();
        await using var second = database.Connect();
        Assert.Same(connection, first);
        Assert.NotSame(connection, second);
        Assert.Equal(ConnectionState.Open, first.State);
    }

    [Fact]
    public async Task What_is_given_back_in_the_middle_of_something_is_closed()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, PaperRoom.Plan);
        var (_, database) = Parts(node);
        var writing = database.Connect();
        await writing.BeginTransactionAsync(Ct);
        var reading = database.Connect();
        await using var command = reading.CreateCommand();
        command.CommandText = "SELECT 1 UNION SELECT 2";
        await using var reader = await command.ExecuteReaderAsync(Ct);
        await writing.DisposeAsync();
        await reading.DisposeAsync();
        Assert.Equal(ConnectionState.Closed, writing.State);
        Assert.Equal(ConnectionState.Closed, reading.State);
    }

    [Fact]
    public async Task The_same_statement_runs_twice_at_a_time_and_with_other_values_each_time()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, PaperRoom.Plan);
        await using var connection = Parts(node).Database.Connect();
        Assert.IsType<KeptConnection>(connection);
        foreach (var value in new[] { "a", "b" })
        {
            await using var outer = Ask(connection, value);
            await using var reader = await outer.ExecuteReaderAsync(Ct);
            Assert.True(await reader.ReadAsync(Ct));
            await using (var inner = Ask(connection, "c"))
                Assert.Equal("c", await inner.ExecuteScalarAsync(Ct));
            Assert.Equal(value, reader.GetString(0));
        }
    }

    private static System.Data.Common.DbCommand Ask(System.Data.Common.DbConnection connection, string value)
    {
        var command = connection.CreateCommand();
        command.CommandText = "SELECT $value";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("$value", value);
        command.Parameters.Add(parameter);
        return command;
    }

    private static (AppDbFactory Factory, IDatabase Database) Parts(TestNode node) =>
        (node.Services.GetRequiredService<AppDbFactory>(), node.Services.GetRequiredService<IDatabase>());
}
