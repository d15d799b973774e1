using System.Text.Json.Nodes;
using Comity.Node.Commands;

namespace Comity.Node.Demo;

/// <summary>The seven steps of the main job.</summary>
internal static class Scenes
{
    public static IReadOnlyList<Scene> All { get; } =
    [
        new(
            "QM and QN fetch the signed directory of QZ and verify it down to the pinned root",
            DirectoryScene.PlayAsync
        ),
        new("QM's technical office notifies QN's technical office of an incident", NotificationScene.PlayAsync),
        new("QN opens it strictly, stores it, and answers with a signed receipt", ReceiptScene.PlayAsync),
        new("QN's duty officer acknowledges: receipt only", AcknowledgementScene.PlayAsync),
        new("QN is stopped, QM sends an update, QN comes back: it arrives once", OutageScene.PlayAsync),
        new("QM exports the evidence; a separate verifier confirms it, offline", EvidenceScene.PlayAsync),
        new("Four hostile envelopes are posted and refused", HostileScene.PlayAsync),
    ];
}

/// <summary>Asking a node again until something is so.</summary>
internal static class Patience
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(150);

    /// <summary>The first answer for which it holds; the last one where the time runs out.</summary>
    public static async Task<JsonNode> UntilAsync(
        this DemoNode node,
        string path,
        Func<JsonNode, bool> holds,
        TimeSpan longest,
        CancellationToken ct
    )
    {
        var clock = TimeProvider.System;
        var end = clock.GetUtcNow().UtcDateTime + longest;
        while (true)
        {
            var answer = await node.Operator.GetJsonAsync(path, ct);
            if (holds(answer) || clock.GetUtcNow().UtcDateTime > end)
                return answer;
            await Task.Delay(Between, ct);
        }
    }

    /// <summary>The marks of a message at one of its recipients.</summary>
    public static IEnumerable<JsonNode> Marks(this JsonNode message, string office) =>
        message["recipients"]!
            .AsArray()
            .Where(r => string.Equals(r.Text("office"), office, StringComparison.Ordinal))
            .SelectMany(r => r!["marks"]!.AsArray())
            .OfType<JsonNode>();

    public static JsonNode? Mark(this JsonNode message, string office, string name) =>
        message.Marks(office).FirstOrDefault(m => string.Equals(m.Text("name"), name, StringComparison.Ordinal));
}
