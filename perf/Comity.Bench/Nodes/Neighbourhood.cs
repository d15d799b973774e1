using System.Globalization;
using System.Text.Json.Nodes;

namespace Comity.Bench.Nodes;

/// <summary>
/// Nodes that know one another: the first one also signs the directory that all follow. Each is a process of its own, with
/// SQLite, and they meet over HTTP on loopback.
/// </summary>
internal sealed class Neighbourhood : IAsyncDisposable
{
    private const int FirstReceiver = 0;

    private Neighbourhood(IReadOnlyList<BenchNode> all) => All = all;

    public IReadOnlyList<BenchNode> All { get; }

    public BenchNode Sender => All[0];

    public IReadOnlyList<BenchNode> Receivers => [.. All.Skip(1)];

    /// <summary>Makes and starts a sender and some receivers with so many offices each.</summary>
    public static async Task<Neighbourhood> MakeAsync(
        string folder,
        int receivers,
        int officesEach,
        CancellationToken stop
    )
    {
        using var progress = new Progress($"making {receivers + 1} nodes");
        string[] offices = [.. Enumerable.Range(1, officesEach).Select(Office)];
        var sender = new BenchNode("QM", folder, ["technical"]);
        var others = Enumerable.Range(FirstReceiver, receivers).Select(i => new BenchNode(Code(i), folder, offices));
        var made = new Neighbourhood([sender, .. others]);
        try
        {
            var atOnce = new ParallelOptions
            {
                MaxDegreeOfParallelism = Environment.ProcessorCount,
                CancellationToken = stop,
            };
            await Parallel.ForEachAsync(
                made.All,
                atOnce,
                async (node, token) =>
                {
                    await node.MakeAsync(manager: node == sender, token);
                    await node.StartAsync(token);
                }
            );
            await made.IntroduceAsync(stop);
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in All)
            await node.DisposeAsync();
    }

    private async Task IntroduceAsync(CancellationToken stop)
    {
        foreach (var node in Receivers)
        {
            var entry = Convert.ToBase64String(await node.Operator.OctetsAsync("directory/own-entry", stop));
            await Sender.Operator.PostAsync("directory/admit", new JsonObject { ["entry"] = entry }, stop);
        }
        await PublishAsync(stop);
        foreach (var node in All)
        {
            var pinned = new JsonObject { ["url"] = Sender.Url, ["root"] = Sender.RootFingerprint };
            await node.Operator.PostAsync("directory/follow", pinned, stop);
        }
    }

    // Admitting publishes by itself a moment later; who publishes at that very moment is told so, and does it again.
    private async Task PublishAsync(CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Sender.Operator.PostAsync("directory/publish", new JsonObject(), stop);
                return;
            }
            catch (BenchException) when (attempt < 10)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
            }
        }
    }

    private static string Office(int number) => "office-" + number.ToString(CultureInfo.InvariantCulture);

    // Codes that no State has: QN to QZ, then with a number behind.
    private static string Code(int index) => index < 13 ? "Q" + (char)('N' + index) : $"QZ{index - 12}";
}
