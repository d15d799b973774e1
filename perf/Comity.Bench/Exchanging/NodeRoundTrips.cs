using System.Diagnostics;
using Comity.Bench.Measuring;
using Comity.Bench.Nodes;

namespace Comity.Bench.Exchanging;

/// <summary>Through two nodes: accepted, sealed, delivered, opened, and the receipt verified and kept by the sender.</summary>
internal sealed class NodeRoundTrips(Neighbourhood nodes, int octets) : IRoundTrips, IDisposable
{
    private const int AtOnce = 16;

    // A conversation of several hundred messages is a long one already.
    private const int MostInOne = 300;
    private readonly ReceiptWatch _watch = new(nodes.Sender);
    private readonly ProcessorTime _work = new(nodes);
    private readonly BenchNode _from = nodes.Sender;
    private readonly string[] _to = [nodes.Receivers[0].Offices[0]];

    public string Name => "Comity";

    public async Task WarmUpAsync(int count, CancellationToken stop)
    {
        await AloneAsync(count, stop);
        await TogetherAsync(count * 2, stop);
        _work.Forget();
    }

    public async Task<IReadOnlyList<double>> AloneAsync(int count, CancellationToken stop)
    {
        var times = new List<double>();
        var conversation = await OpenAsync(stop);
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var letter = Letter.Next(_from, _to, octets, conversation);
            var accepted = await _from.Operator.PostAsync("exchange/send", letter, stop);
            await _watch.UntilAsync(Guid.Parse(accepted["row"]!.ToString()), 1, stop);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return times;
    }

    public async Task<TimeSpan> TogetherAsync(int count, CancellationToken stop)
    {
        var conversations = new List<string>();
        for (var i = 0; i < count; i += MostInOne)
            conversations.Add(await OpenAsync(stop));
        return await _work.OfAsync(count, () => SendAsync(count, conversations, stop));
    }

    /// <summary>Adds what the nodes worked since it was last asked.</summary>
    public void Report(Table work, int size) => _work.Report(work, size);

    private async Task<TimeSpan> SendAsync(int count, List<string> conversations, CancellationToken stop)
    {
        var before = _watch.Count();
        var clock = Stopwatch.StartNew();
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop };
        await Parallel.ForAsync(
            0,
            count,
            atOnce,
            async (i, token) =>
            {
                var letter = Letter.Next(_from, _to, octets, conversations[i % conversations.Count]);
                await _from.Operator.PostAsync("exchange/send", letter, token);
            }
        );
        await _watch.UntilAsync(before + count, stop);
        return clock.Elapsed;
    }

    public void Dispose() => _watch.Dispose();

    private async Task<string> OpenAsync(CancellationToken stop)
    {
        var before = _watch.Count();
        var accepted = await _from.Operator.PostAsync("exchange/send", Letter.Opening(_from, _to, octets), stop);
        await _watch.UntilAsync(before + 1, stop);
        return accepted["conversation"]!.ToString();
    }
}
