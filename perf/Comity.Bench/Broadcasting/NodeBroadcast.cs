using System.Diagnostics;
using Comity.Bench.Measuring;
using Comity.Bench.Nodes;

namespace Comity.Bench.Broadcasting;

/// <summary>One message of the sending node to offices that are spread evenly over the receiving ones.</summary>
internal sealed class NodeBroadcast(Neighbourhood nodes, int octets, byte[] attachment) : IDisposable
{
    private readonly ReceiptWatch _watch = new(nodes.Sender);
    private readonly ProcessorTime _work = new(nodes);

    /// <summary>Every node has done everything so often that it runs as it does all day.</summary>
    public async Task WarmUpAsync(int times, CancellationToken stop)
    {
        for (var i = 0; i < times; i++)
            await SendAsync(Offices(nodes.Receivers.Count), [], stop);
    }

    public Task<TimeSpan> ToAsync(int offices, CancellationToken stop) =>
        _work.OfAsync(offices, () => SendAsync(Offices(offices), attachment, stop));

    /// <summary>Adds what the nodes worked since it was last asked.</summary>
    public void Report(Table work, int size) => _work.Report(work, size);

    public void Dispose() => _watch.Dispose();

    private async Task<TimeSpan> SendAsync(List<string> to, byte[] file, CancellationToken stop)
    {
        var letter = Letter.Opening(nodes.Sender, to, octets, file.Length == 0 ? null : file);
        var clock = Stopwatch.StartNew();
        var accepted = await nodes.Sender.Operator.PostAsync("exchange/send", letter, stop);
        await _watch.UntilAsync(Guid.Parse(accepted["row"]!.ToString()), to.Count, stop);
        return clock.Elapsed;
    }

    private List<string> Offices(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => nodes.Receivers[i % nodes.Receivers.Count].Offices[i / nodes.Receivers.Count]),
        ];
}
