using System.Data.Common;
using Comity.App.Tests.Nodes;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.KernelTests;

public sealed class WriteGateTests
{
    private static readonly Viewer Job = Viewer.System("test");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Units_pass_one_writer_in_the_order_in_which_they_came()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, PaperRoom.Plan);
        var gate = Gate(node);
        var order = new List<int>();
        var writes = Enumerable
            .Range(0, 300)
            .Select(i =>
                gate.WriteAsync(
                    Job,
                    (db, _) =>
                    {
                        order.Add(i);
                        return Task.FromResult(db.Add(NewPaper($"{i}")).State);
                    },
                    Ct
                )
            )
            .ToList();
        await Task.WhenAll(writes);
        Assert.Equal(Enumerable.Range(0, 300), order);
        Assert.Equal(300, await CountAsync(node));
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_unit_that_ends_in_a_problem_leaves_nothing(Store store)
    {
        await using var node = await TestNode.StartAsync(store, PaperRoom.Plan);
        var told = false;
        var outcome = await Gate(node)
            .WriteAsync<Outcome<bool>>(
                Job,
                async (db, ct) =>
                {
                    db.AfterCommit(() => told = true);
                    db.Add(NewPaper("not kept"));
                    await db.SaveChangesAsync(ct);
                    return Problem.Refused("test.no", "No.");
                },
                Ct
            );
        Assert.Equal("test.no", outcome.Problem?.Code);
        Assert.Equal(0, await CountAsync(node));
        Assert.False(told);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_unit_that_throws_leaves_the_others_alone(Store store)
    {
        await using var node = await TestNode.StartAsync(store, PaperRoom.Plan);
        var gate = Gate(node);
        var writes = Enumerable
            .Range(0, 40)
            .Select(i =>
                gate.WriteAsync(
                    Job,
                    async (db, ct) =>
                    {
                        db.Add(NewPaper($"{i}"));
                        await db.SaveChangesAsync(ct);
                        if (i % 4 == 0)
                            throw new InvalidOperationException("as asked");
                    },
                    Ct
                )
            )
            .ToList();
        foreach (var (i, write) in writes.Index())
            if (i % 4 == 0)
                await Assert.ThrowsAsync<InvalidOperationException>(() => write);
            else
                await write;
        Assert.Equal(30, await CountAsync(node));
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task What_is_told_after_the_commit_is_there_for_everybody(Store store)
    {
        await using var node = await TestNode.StartAsync(store, PaperRoom.Plan);
        var seen = -1;
        await Gate(node)
            .WriteAsync(
                Job,
                (db, _) =>
                {
                    db.AfterCommit(() =>
                    {
                        using var other = node.OpenDatabase();
                        seen = other.Set<Paper>().Count();
                    });
                    return Task.FromResult(db.Add(NewPaper("kept")).State);
                },
                Ct
            );
        Assert.Equal(1, seen);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_hook_that_throws_takes_nothing_back_and_stops_nobody(Store store)
    {
        await using var node = await TestNode.StartAsync(store, PaperRoom.Plan);
        await Gate(node)
            .WriteAsync(
                Job,
                (db, _) =>
                {
                    db.AfterCommit(() => throw new InvalidOperationException("as asked"));
                    return Task.FromResult(db.Add(NewPaper("kept")).State);
                },
                Ct
            );
        await Gate(node).WriteAsync(Job, (db, _) => Task.FromResult(db.Add(NewPaper("next")).State), Ct);
        Assert.Equal(2, await CountAsync(node));
    }

    [Fact]
    public async Task Who_gave_up_before_their_turn_wrote_nothing()
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, PaperRoom.Plan);
        using var patience = new CancellationTokenSource();
        var entered = new TaskCompletionSource();
        var hold = new TaskCompletionSource();
        var first = Gate(node)
            .WriteAsync(
                Job,
                async (_, _) =>
                {
                    entered.SetResult();
                    await hold.Task;
                },
                Ct
            );
        await entered.Task;
        var second = Gate(node)
            .WriteAsync(Job, (db, _) => Task.FromResult(db.Add(NewPaper("late")).State), patience.Token);
        await patience.CancelAsync();
        hold.SetResult();
        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(0, await CountAsync(node));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nobody_is_told_of_what_could_not_be_committed(bool ownTransaction)
    {
        await using var node = await TestNode.StartAsync(Store.Sqlite, PaperRoom.Plan);
        await using (var db = node.OpenDatabase())
            await db.Database.ExecuteSqlRawAsync(
                """
                CREATE TABLE test_there (id INTEGER PRIMARY KEY);
                CREATE TABLE test_broken (id INTEGER REFERENCES test_there (id) DEFERRABLE INITIALLY DEFERRED);
                """,
                Ct
            );
        var services = node.Services;
        // The gate of PostgreSQL, which needs nothing of PostgreSQL to be wrong.
        var gate = ownTransaction
            ? new OwnTransactionGate(
                services.GetRequiredService<AppDbFactory>(),
                services.GetRequiredService<IDatabase>()
            )
            : Gate(node);
        var told = false;
        await Assert.ThrowsAnyAsync<DbException>(() =>
            gate.WriteAsync(
                Job,
                async (db, ct) =>
                {
                    db.AfterCommit(() => told = true);
                    db.Add(NewPaper("not kept"));
                    await db.Database.ExecuteSqlRawAsync("INSERT INTO test_broken VALUES (1)", ct);
                },
                Ct
            )
        );
        Assert.False(told);
        Assert.Equal(0, await CountAsync(node));
    }

    private static WriteGate Gate(TestNode node) => node.Services.GetRequiredService<WriteGate>();

    private static Paper NewPaper(string title) =>
        new()
        {
            Id = Ids.New(TimeProvider.System),
            AudienceId = 5,
            Title = title,
        };

    private static async Task<int> CountAsync(TestNode node)
    {
        await using var db = node.OpenDatabase();
        return await db.Set<Paper>().CountAsync(Ct);
    }
}
