using Comity.Bench.Measuring;

namespace Comity.Bench.Nodes;

/// <summary>
/// What the nodes work for a message, whatever else the machine does meanwhile: of all figures the one that a busy machine
/// changes least.
/// </summary>
internal sealed class ProcessorTime(Neighbourhood nodes)
{
    private readonly List<(double Sender, double Receivers)> _measured = [];

    /// <summary>Does it and keeps how much processor time it took for each of so many messages.</summary>
    public async Task<TimeSpan> OfAsync(int messages, Func<Task<TimeSpan>> act)
    {
        var (sender, receivers) = Spent();
        var took = await act();
        var (later, laterReceivers) = Spent();
        _measured.Add(((later - sender) / messages, (laterReceivers - receivers) / messages));
        return took;
    }

    /// <summary>Adds a row of medians to a table made by <see cref="Table"/>, and begins anew.</summary>
    public void Report(Table table, int size)
    {
        var sender = new Sample(_measured.Select(m => m.Sender)).Median;
        var receivers = new Sample(_measured.Select(m => m.Receivers)).Median;
        table.Add(size, sender, receivers, sender + receivers);
        Forget();
    }

    public void Forget() => _measured.Clear();

    public static Table Table(string size) =>
        new("Processor time of the nodes for one message (ms)", [size, "sender", "receiver", "both"]);

    private (double Sender, double Receivers) Spent() =>
        (Milliseconds(nodes.Sender), nodes.Receivers.Sum(Milliseconds));

    private static double Milliseconds(BenchNode node)
    {
        node.Process.Refresh();
        return node.Process.TotalProcessorTime.TotalMilliseconds;
    }
}
