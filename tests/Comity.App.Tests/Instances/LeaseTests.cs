using Comity.App.Tests.Exchange;
using Comity.App.Tests.KernelTests;
using Comity.App.Tests.Nodes;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Hosting;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Kernel.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Comity.App.Tests.Instances;

/// <summary>Work that instances share: who has an item, how long, and what becomes of whoever loses it.</summary>
public sealed class LeaseTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);
    private static readonly DateTimeOffset Begin = new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_piece_of_work_is_begun_by_one_of_two_instances()
    {
        await using var two = await TwoNodes.StartAsync(PaperRoom.Plan);
        var keys = Enumerable.Range(0, 300).Select(i => $"{i}").ToList();
        await EnqueueAsync(two.One.Services, TimeProvider.System, keys);
        await UntilAsync(async () => await LeftAsync(two.One) == 0);
        var begun = new[] { two.One, two.Other }.SelectMany(n => n.Services.GetRequiredService<PaperWork>().Begun);
        Assert.Equal(keys.Order(), begun.Order());
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Work_that_takes_longer_than_its_lease_is_renewed_and_begun_once(Store store)
    {
        var clock = new FakeTimeProvider(Begin);
        await using var node = await TestNode.StartAsync(
            store,
            PaperRoom.Plan with
            {
                Clock = clock,
                Instead = Shorter,
            }
        );
        var work = node.Services.GetRequiredService<PaperWork>();
        await EnqueueAsync(node.Services, clock, ["hangs"]);
        await UntilAsync(() => Task.FromResult(work.Begun.Count == 1));
        // Four times as long as one lasts.
        for (var i = 0; i < 8; i++)
        {
            clock.Advance(Short / 2);
            var unrenewed = clock.Utc() + (Short / 2);
            await UntilAsync(async () => await LeasedUntilAsync(node) > unrenewed);
        }
        work.Release.SetResult();
        await UntilAsync(async () => await LeftAsync(node) == 0);
        Assert.Equal(["hangs"], work.Begun);
    }

    [Fact]
    public async Task Whoever_lost_a_lease_is_told_to_stop_and_settles_nothing()
    {
        await using var twins = await Twins.MakeAsync();
        await EnqueueAsync(twins.One.Get<WriteGate>(), twins.One.Clock, ["item"]);
        await twins.One.WriteAsync(db => db.Set<WorkItem>().Where(w => w.Key != "item").ExecuteDeleteAsync(Ct));
        var (slow, quick) = (Leases(twins.One), Leases(twins.Other));
        var lost = Assert.Single(await slow.ClaimAsync(16, Ct));
        Assert.Empty(await quick.ClaimAsync(16, Ct));
        twins.One.Clock.Advance(Short * 2);
        var taken = Assert.Single(await quick.ClaimAsync(16, Ct));

        using var hold = new CancellationTokenSource();
        var keeping = slow.KeepAsync(lost, Task.Delay(Timeout.Infinite, hold.Token), hold);
        twins.One.Clock.Advance(Short);
        await keeping.WaitAsync(TimeSpan.FromSeconds(60), Ct);
        Assert.True(hold.IsCancellationRequested);
        await slow.SettleAsync(lost, WorkResult.Done, Ct);
        await using var db = twins.One.Open();
        Assert.Equal(taken.Attempts, (await db.Set<WorkItem>().AsNoTracking().SingleAsync(Ct)).Attempts);
        await quick.SettleAsync(taken, WorkResult.Done, Ct);
        Assert.Equal(0, await db.Set<WorkItem>().CountAsync(Ct));
    }

    [Fact]
    public async Task An_instance_that_is_stopped_gives_its_work_back_and_the_other_does_it_at_once()
    {
        var clock = new FakeTimeProvider(Begin);
        await using var two = await TwoNodes.StartAsync(PaperRoom.Plan with { Clock = clock });
        await EnqueueAsync(two.One.Services, clock, ["hangs"]);
        PaperWork Of(TestNode node) => node.Services.GetRequiredService<PaperWork>();
        await UntilAsync(() => Task.FromResult(Of(two.One).Begun.Count + Of(two.Other).Begun.Count == 1));
        var (busy, idle) = Of(two.One).Begun.IsEmpty ? (two.Other, two.One) : (two.One, two.Other);
        Of(idle).Release.SetResult();
        // The clock that judges leases stands still: what is not given back, nobody takes.
        await busy.StopAsync();
        await UntilAsync(async () => await LeftAsync(idle) == 0);
        Assert.Equal(["hangs"], Of(idle).Begun);
    }

    [Fact]
    public async Task A_machine_whose_clock_is_not_that_of_the_database_server_is_told_so()
    {
        await using var node = await TestNode.StartAsync(
            Store.Postgres,
            new NodePlan { Clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(2)) }
        );
        await using var db = node.OpenDatabase();
        var check = node.Services.GetServices<ICheck>().OfType<DatabaseClockCheck>().Single();
        var line = Assert.Single(await check.LookAsync(db, Ct));
        Assert.Equal(CheckState.Warn, line.State);
        Assert.Matches("1(1|2)[0-9] seconds apart", line.Sentence);
    }

    private static void Shorter(IServiceCollection services) =>
        services.Replace(
            ServiceDescriptor.Singleton(s => new Leases(
                s.GetRequiredService<WriteGate>(),
                s.GetRequiredService<IDatabase>(),
                s.GetRequiredService<TimeProvider>(),
                NullLogger<Leases>.Instance
            )
            {
                Length = Short,
            })
        );

    private static Leases Leases(ExchangeNode at) =>
        new(at.Get<WriteGate>(), at.Get<IDatabase>(), at.Clock, NullLogger<Leases>.Instance) { Length = Short };

    private static Task EnqueueAsync(IServiceProvider services, TimeProvider clock, IEnumerable<string> keys) =>
        EnqueueAsync(services.GetRequiredService<WriteGate>(), clock, keys);

    private static Task EnqueueAsync(WriteGate gate, TimeProvider clock, IEnumerable<string> keys) =>
        gate.WriteAsync(
            Viewer.System("test"),
            async (db, ct) =>
            {
                foreach (var key in keys)
                    await db.EnqueueAsync(PaperWork.Word, key, clock.Utc(), clock, ct);
            },
            Ct
        );

    private static async Task<int> LeftAsync(TestNode node)
    {
        await using var db = node.OpenDatabase();
        return await db.Set<WorkItem>().CountAsync(Ct);
    }

    private static async Task<DateTime?> LeasedUntilAsync(TestNode node)
    {
        await using var db = node.OpenDatabase();
        return await db.Set<WorkItem>().Select(w => w.LeasedUntil).SingleAsync(Ct);
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await isSo())
            await Task.Delay(20, patience.Token);
    }
}
