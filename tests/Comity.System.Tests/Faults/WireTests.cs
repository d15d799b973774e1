using System.Diagnostics;
using System.Globalization;

namespace Comity.System.Tests.Faults;

/// <summary>Nodes with something between them that repeats, reorders, delays, cuts and replays what passes.</summary>
public sealed class WireTests
{
    private const int Few = 200;
    private const int Many = 2_000;

    /// <summary>Sent in both directions between one look at the marks and the next.</summary>
    private const int Burst = 50;

    [Fact]
    public Task Over_a_hostile_wire_nothing_is_lost_and_nothing_is_said_twice() => PlayAsync(Store.Sqlite, Few);

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    [Trait("Lane", "slow")]
    public Task Over_a_hostile_wire_two_thousand_messages_arrive_once(Store store) => PlayAsync(store, Many);

    private static async Task PlayAsync(Store store, int messages)
    {
        var (ct, seed, clock) = (TestContext.Current.CancellationToken, Chance.Seed, Stopwatch.StartNew());
        var behind = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["QM"] = Ports.Free(),
            ["QN"] = Ports.Free(),
        };
        await using var nodes = await Neighbourhood.PlanAsync(store, behind);
        await using var toQm = new HostileProxy(nodes.One.Port, behind["QM"], new Chance(seed, 3));
        await using var toQn = new HostileProxy(nodes.Other.Port, behind["QN"], new Chance(seed, 4));
        await nodes.MakeAsync(ct);
        (toQm.IsHostile, toQn.IsHostile) = (true, true);
        var (one, other) = Correspondent.Pair(nodes, seed);
        var wrong = new List<string>();
        for (var sent = 0; sent < messages; sent += Burst)
        {
            await Task.WhenAll(one.SendAsync(Burst / 2, ct), other.SendAsync(Burst / 2, ct));
            wrong.AddRange(await WatchAsync(one, other, ct));
            wrong.AddRange(await WatchAsync(other, one, ct));
        }
        (toQm.IsHostile, toQn.IsHostile) = (false, false);
        var hostile = clock.Elapsed;
        var (books, others) = await Rest.AwaitAsync(nodes, ct);
        var tally = new Tally()
            .Add("QM to QN", one.Told, books, others)
            .Add("QN to QM", other.Told, others, books)
            .HeedMarks(wrong)
            .Heed([.. books.Faults, .. others.Faults]);
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {messages} messages on {store}, seed {seed}
                {tally.Table()}

                {Misdeeds(toQm, toQn)}
                {hostile.TotalSeconds:0} s of it, {(clock.Elapsed - hostile).TotalSeconds:0} s until all had arrived
                """
            )
        );
        Assert.True(tally.Faults.Count == 0, string.Join('\n', tally.Faults.Take(20).Prepend($"seed {seed}")));
        Assert.Equal(messages, one.Told.Asked.Count + other.Told.Asked.Count);
        Assert.All(HostileProxy.Kinds, kind => Assert.NotEqual(0, toQm.Did(kind) + toQn.Did(kind)));
    }

    // What was refused once is shown as that, until it is taken.
    private static async Task<IEnumerable<string>> WatchAsync(
        Correspondent from,
        Correspondent to,
        CancellationToken ct
    )
    {
        var conversations = from.Told.TakeNew();
        var shown = await Books.ReadAsync(from.Here, conversations, ct);
        var there = await Books.ReadAsync(to.Here, conversations, ct);
        return MarkCheck.TooMuch($"{from.Here.Code} to {to.Here.Code}", shown, there, mayWait: true);
    }

    private static string Misdeeds(HostileProxy toQm, HostileProxy toQn) =>
        string.Join(
            '\n',
            Enum.GetValues<Misdeed>()
                .Select(m => string.Create(CultureInfo.InvariantCulture, $"{m, -22}{toQn.Did(m), 12}{toQm.Did(m), 12}"))
        );
}
