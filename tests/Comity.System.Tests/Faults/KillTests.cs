using System.Diagnostics;
using System.Globalization;

namespace Comity.System.Tests.Faults;

/// <summary>Nodes that are killed at random moments, and what is left of what they promised.</summary>
public sealed class KillTests
{
    private const int Few = 300;
    private const int Many = 3_000;

    /// <summary>Sent in both directions between one kill and the next.</summary>
    private const int Burst = 30;

    /// <summary>Whatever happens, a test ends.</summary>
    private const int MostMinutes = 60;

    [Fact(Timeout = MostMinutes * 60_000)]
    public Task Nodes_killed_at_random_moments_lose_nothing_and_say_nothing_twice_on_SQLite() =>
        PlayAsync(Store.Sqlite, Few, TestContext.Current.CancellationToken);

    [Fact(Timeout = MostMinutes * 60_000)]
    public Task Nodes_killed_at_random_moments_lose_nothing_and_say_nothing_twice_on_PostgreSQL() =>
        PlayAsync(Store.Postgres, Few, TestContext.Current.CancellationToken);

    [Fact(Timeout = MostMinutes * 60_000)]
    [Trait("Lane", "slow")]
    public Task Nodes_killed_through_three_thousand_messages_lose_nothing_and_say_nothing_twice_on_SQLite() =>
        PlayAsync(Store.Sqlite, Many, TestContext.Current.CancellationToken);

    [Fact(Timeout = MostMinutes * 60_000)]
    [Trait("Lane", "slow")]
    public Task Nodes_killed_through_three_thousand_messages_lose_nothing_and_say_nothing_twice_on_PostgreSQL() =>
        PlayAsync(Store.Postgres, Many, TestContext.Current.CancellationToken);

    private static async Task PlayAsync(Store store, int messages, CancellationToken ct)
    {
        var (seed, clock) = (Chance.Seed, Stopwatch.StartNew());
        await using var nodes = await Neighbourhood.PlanAsync(store);
        await nodes.MakeAsync(ct);
        var reaper = new Reaper(new Chance(seed, 0));
        var (one, other) = Correspondent.Pair(nodes, seed);
        var wrong = new List<string>();
        for (var sent = 0; sent < messages; sent += Burst)
        {
            var bursts = Task.WhenAll(one.SendAsync(Burst / 2, ct), other.SendAsync(Burst / 2, ct));
            await reaper.StrikeAsync(nodes.One, nodes.Other, ct);
            await bursts;
            wrong.AddRange(await WatchAsync(one, other, ct));
            wrong.AddRange(await WatchAsync(other, one, ct));
        }
        var killing = clock.Elapsed;
        var (books, others) = await Rest.AwaitAsync(nodes, ct);
        var tally = new Tally()
            .Add("QM to QN", one.Told, books, others)
            .Add("QN to QM", other.Told, others, books)
            .HeedMarks(wrong)
            .Heed([.. books.Faults, .. others.Faults]);
        Tell(
            $"""
            {messages} messages on {store}, seed {seed}: {reaper.Kills} kills, {reaper.BeforeReady} of them before the node was ready
            {tally.Table()}
            {one.Told.Repeated + other.Told.Repeated} were asked for again, of which {one.Told.RepeatedInVain
                + other.Told.RepeatedInVain} had been accepted the first time
            {killing.TotalSeconds:0} s with kills, {(clock.Elapsed - killing).TotalSeconds:0} s until all had arrived
            """
        );
        Assert.True(tally.Faults.Count == 0, string.Join('\n', tally.Faults.Take(20).Prepend($"seed {seed}")));
        Assert.Equal(messages, one.Told.Asked.Count + other.Told.Asked.Count);
    }

    // What the sender shows is read first: the recipient, which may have been killed since, must have it now.
    private static async Task<IEnumerable<string>> WatchAsync(
        Correspondent from,
        Correspondent to,
        CancellationToken ct
    )
    {
        var conversations = from.Told.TakeNew();
        var shown = await Books.ReadAsync(from.Here, conversations, ct);
        var there = await Books.ReadAsync(to.Here, conversations, ct);
        return MarkCheck.TooMuch($"{from.Here.Code} to {to.Here.Code}", shown, there);
    }

    private static void Tell(FormattableString text) =>
        TestContext.Current.AddAttachment("told", text.ToString(CultureInfo.InvariantCulture));
}
