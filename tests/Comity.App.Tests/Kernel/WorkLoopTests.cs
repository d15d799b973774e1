using Comity.App.Tests.Nodes;
using Comity.Kernel;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Kernel.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Comity.App.Tests.KernelTests;

public sealed class WorkLoopTests
{
    private static readonly DateTimeOffset Begin = new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Work_is_done_once_and_then_it_is_gone(Store store)
    {
        await using var node = await TestNode.StartAsync(store, PaperRoom.Plan);
        var work = node.Services.GetRequiredService<PaperWork>();
        await EnqueueAsync(node, TimeProvider.System, "one", "two", "three");
        await UntilAsync(async () => await LeftAsync(node) == 0);
        Assert.Equal(["one", "three", "two"], work.Begun.Order());
    }

    [Fact]
    public async Task The_same_cause_twice_before_it_is_due_is_one_piece_of_work()
    {
        var clock = new FakeTimeProvider(Begin);
        await using var node = await TestNode.StartAsync(Store.Sqlite, PaperRoom.Plan with { Clock = clock });
        await EnqueueAsync(node, clock, TimeSpan.FromHours(2), "one", "one");
        await EnqueueAsync(node, clock, TimeSpan.FromHours(1), "one");
        await EnqueueAsync(node, clock, TimeSpan.FromHours(3), "one");
        Assert.Equal(Begin.UtcDateTime.AddHours(1), (await ReadAsync(node))?.Due);
        clock.Advance(TimeSpan.FromHours(1));
        await UntilAsync(async () => await LeftAsync(node) == 0);
        Assert.Equal(["one"], node.Services.GetRequiredService<PaperWork>().Begun);
    }

    [Fact]
    public async Task Work_waits_until_it_is_due()
    {
        var clock = new FakeTimeProvider(Begin);
        await using var node = await TestNode.StartAsync(Store.Sqlite, PaperRoom.Plan with { Clock = clock });
        var work = node.Services.GetRequiredService<PaperWork>();
        await EnqueueAsync(node, clock, TimeSpan.FromHours(1), "later");
        await EnqueueAsync(node, clock, "now");
        await UntilAsync(async () => await LeftAsync(node) == 1);
        Assert.Equal(["now"], work.Begun);
        clock.Advance(TimeSpan.FromHours(1));
        await UntilAsync(async () => await LeftAsync(node) == 0);
        Assert.Equal(["now", "later"], work.Begun);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Work_that_throws_is_tried_again(Store store)
    {
        var clock = new FakeTimeProvider(Begin);
        await using var node = await TestNode.StartAsync(store, PaperRoom.Plan with { Clock = clock });
        var work = node.Services.GetRequiredService<PaperWork>();
        await EnqueueAsync(node, clock, "throws");
        await UntilAsync(async () => await ReadAsync(node) is { LeasedUntil: null, Attempts: 1 });
        clock.Advance(TimeSpan.FromMinutes(1));
        await UntilAsync(async () => await LeftAsync(node) == 0);
        Assert.Equal(["throws", "throws"], work.Begun);
        Assert.Contains("paper.work throws failed at attempt 1", node.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Work_whose_lease_ran_out_is_taken_up_by_whoever_comes(Store store)
    {
        var clock = new FakeTimeProvider(Begin);
        await using var node = await TestNode.StartAsync(store, PaperRoom.Plan with { Clock = clock });
        var work = node.Services.GetRequiredService<PaperWork>();
        await EnqueueAsync(node, clock, "hangs");
        await UntilAsync(() => Task.FromResult(work.Begun.Count == 1));
        clock.Advance(TimeSpan.FromSeconds(61));
        await UntilAsync(async () => await LeftAsync(node) == 0);
        Assert.Equal(["hangs", "hangs"], work.Begun);
        // The first attempt comes to itself late, and changes nothing of what is there under the same key by then.
        await EnqueueAsync(node, clock, TimeSpan.FromHours(1), "hangs");
        work.Release.SetResult();
        await EnqueueAsync(node, clock, "another");
        await UntilAsync(() => Task.FromResult(work.Begun.Contains("another")));
        Assert.Equal("hangs", (await ReadAsync(node))?.Key);
    }

    [Fact]
    public async Task What_the_process_before_was_at_is_taken_up_at_the_start_where_only_one_writes()
    {
        var clock = new FakeTimeProvider(Begin);
        await using var node = await TestNode.StartAsync(Store.Sqlite, PaperRoom.Plan with { Clock = clock });
        await EnqueueAsync(node, clock, TimeSpan.FromHours(1), "left");
        await using (var db = node.OpenDatabase())
            await db.Set<WorkItem>()
                .ExecuteUpdateAsync(
                    s =>
                        s.SetProperty(w => w.Due, Begin.UtcDateTime)
                            .SetProperty(w => w.LeasedUntil, Begin.UtcDateTime.AddMinutes(5)),
                    Ct
                );
        await node.RestartAsync();
        await UntilAsync(async () => await LeftAsync(node) == 0);
        Assert.Equal(["left"], node.Services.GetRequiredService<PaperWork>().Begun);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_cause_that_comes_while_its_work_is_being_done_is_not_lost(Store store)
    {
        await using var node = await TestNode.StartAsync(store, PaperRoom.Plan);
        var work = node.Services.GetRequiredService<PaperWork>();
        await EnqueueAsync(node, TimeProvider.System, "hangs");
        await UntilAsync(() => Task.FromResult(work.Begun.Count == 1));
        await EnqueueAsync(node, TimeProvider.System, "hangs");
        work.Release.SetResult();
        await UntilAsync(async () => await LeftAsync(node) == 0);
        Assert.Equal(["hangs", "hangs"], work.Begun);
    }

    [Theory]
    [InlineData(Store.Sqlite, true)]
    [InlineData(Store.Sqlite, false)]
    [InlineData(Store.Postgres, true)]
    [InlineData(Store.Postgres, false)]
    public async Task What_a_clock_that_ran_ahead_put_off_is_begun_when_the_clock_is_right(Store store, bool restarted)
    {
        var clock = new FakeTimeProvider(Begin.AddDays(1));
        await using var node = await TestNode.StartAsync(store, PaperRoom.Plan with { Clock = clock });
        await EnqueueAsync(node, clock, TimeSpan.FromMinutes(30), "put off");
        await EnqueueAsync(node, clock, "hangs");
        await UntilAsync(async () => await ReadAsync(node, "hangs") is { LeasedUntil: not null });
        if (restarted)
            await node.StopAsync();
        clock.AdjustTime(Begin);
        if (restarted)
            await node.RestartAsync();

        var work = node.Services.GetRequiredService<PaperWork>();
        await UntilAsync(() => Task.FromResult(work.Begun.Contains("put off")));
        // And whoever held a lease does not hold it for a day more.
        work.Release.SetResult();
        clock.Advance(TimeSpan.FromMinutes(2));
        await UntilAsync(async () => await LeftAsync(node) == 0);
    }

    [Fact]
    public async Task What_was_put_off_for_no_longer_than_it_may_be_waits_after_a_start_as_before()
    {
        var clock = new FakeTimeProvider(Begin);
        await using var node = await TestNode.StartAsync(Store.Sqlite, PaperRoom.Plan with { Clock = clock });
        await EnqueueAsync(node, clock, TimeSpan.FromMinutes(59), "later");
        await node.RestartAsync();
        await EnqueueAsync(node, clock, "now");
        await UntilAsync(async () => await LeftAsync(node) == 1);
        Assert.Equal(["now"], node.Services.GetRequiredService<PaperWork>().Begun);
    }

    [Fact]
    public async Task Without_room_for_it_what_was_done_is_settled_when_there_is_some_and_is_not_begun_twice()
    {
        var (gate, clock) = (new NarrowGate { IsFull = true }, new FakeTimeProvider(Begin));
        await using var node = await TestNode.StartAsync(Store.Sqlite, gate.Of(PaperRoom.Plan with { Clock = clock }));
        var work = node.Services.GetRequiredService<PaperWork>();
        // A start without room ends nothing; the work is claimed when it can be written down.
        await UntilAsync(() =>
            Task.FromResult(node.Log.Contains("Work could not be claimed", StringComparison.Ordinal))
        );
        gate.IsFull = false;
        await EnqueueAsync(node, clock, "hangs");
        await UntilAsync(() => Task.FromResult(work.Begun.Count == 1));
        gate.IsFull = true;
        work.Release.SetResult();
        await UntilAsync(() =>
            Task.FromResult(node.Log.Contains("hangs could not be settled", StringComparison.Ordinal))
        );
        gate.IsFull = false;
        await UntilAsync(async () => await LeftAsync(node) == 0);
        Assert.Equal(["hangs"], work.Begun);
    }

    private static Task EnqueueAsync(TestNode node, TimeProvider clock, params string[] keys) =>
        EnqueueAsync(node, clock, TimeSpan.Zero, keys);

    private static async Task EnqueueAsync(TestNode node, TimeProvider clock, TimeSpan later, params string[] keys)
    {
        foreach (var key in keys)
            await node
                .Services.GetRequiredService<WriteGate>()
                .WriteAsync(
                    Viewer.System("test"),
                    (db, ct) => db.EnqueueAsync(PaperWork.Word, key, clock.Utc() + later, clock, ct),
                    Ct
                );
    }

    private static async Task<int> LeftAsync(TestNode node)
    {
        await using var db = node.OpenDatabase();
        return await db.Set<WorkItem>().CountAsync(Ct);
    }

    private static async Task<WorkItem?> ReadAsync(TestNode node, string key)
    {
        await using var db = node.OpenDatabase();
        return await db.Set<WorkItem>().AsNoTracking().SingleOrDefaultAsync(w => w.Key == key, Ct);
    }

    private static async Task<WorkItem?> ReadAsync(TestNode node)
    {
        await using var db = node.OpenDatabase();
        return await db.Set<WorkItem>().AsNoTracking().Where(w => w.Key != "another").SingleOrDefaultAsync(Ct);
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await isSo())
            await Task.Delay(20, patience.Token);
    }
}
