using System.Diagnostics;
using Comity.Bench.Exchanging;
using Comity.Bench.Measuring;
using Comity.Bench.Nodes;

namespace Comity.Bench.Starting;

/// <summary>
/// P8: from exec to the first page, and memory at rest, of the published node: empty, and with so many messages kept.
/// </summary>
internal static class StartBench
{
    private const int Starts = 7;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    public static async Task<Report> RunAsync(BenchRun run, CancellationToken stop)
    {
        var load = Machine.Load();
        int[] sizes = [.. run.Sizes ?? (run.Quick ? [0, 100] : [0, 1000, 10000])];
        var table = new Table(
            "Start of a node",
            ["messages", "database (MB)", "first page (ms)", "spread", "ready (ms)", "at rest (MiB)", "processes"]
        );
        await using var nodes = await Neighbourhood.MakeAsync(run.Folder, receivers: 1, officesEach: 1, stop);
        using (var letters = new NodeRoundTrips(nodes, run.Octets))
        {
            var held = 0;
            foreach (var size in sizes)
            {
                if (size > held)
                    await FillAsync(letters, size - held, stop);
                held = size;
                await nodes.Sender.StopAsync();
                await MeasureAsync(nodes.Sender, size, table, run, stop);
                await nodes.Sender.StartAsync(stop);
            }
        }
        return new Report("start", Conditions(run, load), [table], []);
    }

    private static async Task FillAsync(NodeRoundTrips letters, int count, CancellationToken stop)
    {
        using var progress = new Progress($"exchanging {count} messages");
        await letters.TogetherAsync(count, stop);
    }

    private static async Task MeasureAsync(BenchNode node, int size, Table table, BenchRun run, CancellationToken stop)
    {
        using var progress = new Progress($"starting a node that keeps {size} messages");
        var pages = new List<double>();
        var ready = new List<double>();
        var rest = new List<double>();
        // The first start brings program and database into the memory of the machine and is not counted.
        for (var i = 0; i <= (run.Quick ? 2 : Starts); i++)
        {
            var (page, answered) = await OnceAsync(node, stop);
            await Task.Delay(run.Quick ? TimeSpan.FromSeconds(1) : Rest, stop);
            rest.Add(Memory.Resident(node.Process));
            await node.StopAsync();
            if (i == 0)
                continue;
            pages.Add(page);
            ready.Add(answered);
        }
        var first = new Sample(pages);
        table.Add(
            size,
            new FileInfo(node.Database).Length / 1e6,
            first.Median,
            first.Spread,
            new Sample(ready).Median,
            new Sample(rest).Median,
            1
        );
    }

    // The page is asked for again and again from the moment of exec, as an impatient browser would.
    private static async Task<(double Page, double Connected)> OnceAsync(BenchNode node, CancellationToken stop)
    {
        var start = Stopwatch.GetTimestamp();
        node.Launch();
        using var visitor = new Visitor(node.Port);
        await visitor.ConnectAsync(stop);
        var connected = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        await visitor.PageAsync("/sign-in", stop);
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, connected);
    }

    private static IReadOnlyList<string> Conditions(BenchRun run, double load) =>
        [
            .. Machine.Describe(run.Folder),
            $"load before the run {Quantity.Show(load)}",
            "published ReadyToRun, framework-dependent; program and database warm in the machine's memory",
            $"first page: GET /sign-in, answered 200; at rest: VmRSS {Rest.TotalSeconds} s after it",
        ];
}
