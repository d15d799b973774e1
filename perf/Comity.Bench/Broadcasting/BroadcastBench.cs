using System.Security.Cryptography;
using Comity.Bench.Mail;
using Comity.Bench.Measuring;
using Comity.Bench.Nodes;

namespace Comity.Bench.Broadcasting;

/// <summary>
/// P1: one notification to many offices, each sealed and signed to its own key, durable, delivered, opened, its receipt
/// verified. With an attachment it is memory that is looked at: what the sender has at most, however many offices.
/// </summary>
internal static class BroadcastBench
{
    // A participant has at most 40 offices.
    private const int OfficesOfOne = 40;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(75);

    public static async Task<Report> RunAsync(BenchRun run, int attachment, CancellationToken stop)
    {
        var load = Machine.Load();
        int[] sizes = [.. attachment > 0 ? run.SizesOr(6, 60) : run.SizesOr(6, 60, 600)];
        var places = Math.Max(
            Math.Min(sizes.Max(), run.Quick ? 3 : 6),
            (sizes.Max() + OfficesOfOne - 1) / OfficesOfOne
        );
        var primitives = Primitives.Measure(run);
        await using var nodes = await Neighbourhood.MakeAsync(
            run.Folder,
            places,
            (sizes.Max() + places - 1) / places,
            stop
        );
        using var ours = new NodeBroadcast(nodes, run.Octets, RandomNumberGenerator.GetBytes(attachment));
        // The compiler of the platform sees a method thirty times, in each process, before it makes it fast; and a participant
        // opens at most 200 conversations a day.
        await ours.WarmUpAsync(
            run.Quick ? 1
                : attachment > 0 ? 10
                : 150,
            stop
        );
        if (attachment > 0)
            return await WithAttachmentAsync(run, ours, nodes, sizes, attachment, load, stop);
        await using var mail = run.WithMail ? await MailWay.MakeAsync(run, places, sizes.Max(), stop) : null;
        var table = new Table(
            "One message to many offices: messages per second until the last receipt is verified",
            ["offices", "way", "seconds", "per second", "spread", "runs", "of the primitives"]
        );
        var work = ProcessorTime.Table("offices");
        foreach (var size in sizes)
        {
            await AddAsync(table, "Comity", size, token => ours.ToAsync(size, token), primitives, stop);
            ours.Report(work, size);
            if (mail is not null)
                await AddAsync(table, mail.Name, size, token => mail.TogetherAsync(size, token), primitives, stop);
        }
        return new Report(
            "broadcast",
            [.. Conditions(run, places, load), .. mail?.Settings ?? []],
            [table, work, primitives.Table()],
            [Ratio(table)]
        );
    }

    private static async Task AddAsync(
        Table table,
        string way,
        int size,
        Func<CancellationToken, Task<TimeSpan>> once,
        Primitives primitives,
        CancellationToken stop
    )
    {
        using var progress = new Progress($"{way}: {size} offices");
        var times = await Repetition.WithinAsync(Budget, most: 5, () => once(stop));
        var rate = new Sample(times.Select(t => size / t.TotalSeconds));
        table.Add(
            size,
            way,
            size / rate.Median,
            rate.Median,
            rate.Spread,
            rate.Count,
            $"{Quantity.Show(100 * rate.Median / primitives.PerSecond)} %"
        );
    }

    private static async Task<Report> WithAttachmentAsync(
        BenchRun run,
        NodeBroadcast ours,
        Neighbourhood nodes,
        int[] sizes,
        int attachment,
        double load,
        CancellationToken stop
    )
    {
        var table = new Table(
            $"An attachment of {Quantity.Show(attachment / (double)(1 << 20))} MiB to many offices",
            [
                "offices",
                "seconds",
                "sender: most memory (MiB)",
                "sender: database (MB)",
                "a receiver: most memory (MiB)",
            ]
        );
        var sender = nodes.Sender;
        foreach (var size in sizes)
        {
            using var progress = new Progress($"{size} offices");
            // A fresh process, so that what it had at most is of this size alone.
            await sender.StopAsync();
            await sender.StartAsync(stop);
            var took = await ours.ToAsync(size, stop);
            table.Add(
                size,
                took.TotalSeconds,
                Memory.Peak(sender.Process),
                new FileInfo(sender.Database).Length / 1e6,
                Memory.Peak(nodes.Receivers[0].Process)
            );
        }
        return new Report("broadcast", Conditions(run, nodes.Receivers.Count, load), [table], []);
    }

    private static string Ratio(Table table) =>
        string.Join(
            ' ',
            table
                .Rows.GroupBy(r => (int)r[0])
                .Where(g => g.Count() == 2)
                .Select(g =>
                    $"To {g.Key} offices {Quantity.Show((double)g.First()[3] / (double)g.Last()[3])} times as many per second."
                )
        );

    private static IReadOnlyList<string> Conditions(BenchRun run, int places, double load) =>
        [
            .. Machine.Describe(run.Folder),
            $"load before the run {Quantity.Show(load)}",
            $"one sending node, {places} receiving ones, SQLite with synchronous=FULL, HTTP on loopback; text of {run.Octets} octets",
        ];
}
