using Comity.Bench.Mail;
using Comity.Bench.Measuring;
using Comity.Bench.Nodes;

namespace Comity.Bench.Exchanging;

/// <summary>
/// P2: a message from one node to another and its receipt back, alone (how long one waits) and many at once (how many in a
/// second). The three sizes are numbers of messages: what a node that keeps everything could lose is speed with what it
/// has kept, while the octets of a message only add what cipher and disk take for them.
/// </summary>
internal static class ExchangeBench
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(60);

    public static async Task<Report> RunAsync(BenchRun run, CancellationToken stop)
    {
        var load = Machine.Load();
        var sizes = run.SizesOr(30, 300, 3000);
        var primitives = Primitives.Measure(run);
        await using var nodes = await Neighbourhood.MakeAsync(run.Folder, receivers: 1, officesEach: 1, stop);
        using var ours = new NodeRoundTrips(nodes, run.Octets);
        await using var mail = run.WithMail ? await MailWay.MakeAsync(run, places: 1, offices: 1, stop) : null;
        List<IRoundTrips> ways = [ours];
        if (mail is not null)
            ways.Add(mail);
        await ours.WarmUpAsync(run.Quick ? 10 : 300, stop);

        var latency = new Table(
            "Round trip, one at a time (ms)",
            ["messages", "way", "median", "p95", "p99", "spread", "measured"]
        );
        var throughput = new Table(
            "Messages per second, many at once",
            ["messages", "way", "per second", "spread", "runs", "of the primitives"]
        );
        var work = ProcessorTime.Table("messages");
        foreach (var size in sizes)
        {
            foreach (var way in ways)
                Add(latency, throughput, size, way.Name, await MeasureAsync(way, size, stop), primitives);
            ours.Report(work, size);
        }
        return new Report(
            "exchange",
            Conditions(run, load, mail?.Settings ?? []),
            [latency, throughput, work, primitives.Table()],
            []
        );
    }

    private static async Task<RoundTripFigures> MeasureAsync(IRoundTrips way, int size, CancellationToken stop)
    {
        using var progress = new Progress($"{way.Name}: {size} messages");
        var alone = await way.AloneAsync(Math.Min(size, 200), stop);
        var together = await Repetition.WithinAsync(Budget, most: 5, () => way.TogetherAsync(size, stop));
        return new RoundTripFigures(new Sample(alone), new Sample(together.Select(t => size / t.TotalSeconds)));
    }

    private static void Add(
        Table latency,
        Table throughput,
        int size,
        string way,
        RoundTripFigures found,
        Primitives primitives
    )
    {
        var (alone, rate) = found;
        latency.Add(size, way, alone.Median, alone.At(0.95), alone.At(0.99), alone.Spread, alone.Count);
        throughput.Add(
            size,
            way,
            rate.Median,
            rate.Spread,
            rate.Count,
            $"{Quantity.Show(100 * rate.Median / primitives.PerSecond)} %"
        );
    }

    private static IReadOnlyList<string> Conditions(BenchRun run, double load, IReadOnlyList<string> mail) =>
        [
            .. Machine.Describe(run.Folder),
            $"load before the run {Quantity.Show(load)}",
            $"two nodes, SQLite with synchronous=FULL, HTTP on loopback; text of {run.Octets} octets; "
                + $"messagesPerMinute {BenchNode.MessagesPerMinute} at both",
            .. mail,
        ];
}
