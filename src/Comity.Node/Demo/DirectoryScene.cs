using System.Text.Json.Nodes;
using Comity.Node.Commands;

namespace Comity.Node.Demo;

/// <summary>Step 1: the directory as root of trust.</summary>
internal static class DirectoryScene
{
    public static async Task PlayAsync(Stage stage, Narrator narrator, CancellationToken ct)
    {
        DemoNode[] states = [stage.Affected, stage.Notified];
        foreach (var node in states)
        {
            var entry = await node.Operator.GetBytesAsync("directory/own-entry", ct);
            await stage.Manager.Operator.PostJsonAsync(
                "directory/admit",
                new JsonObject { ["entry"] = Convert.ToBase64String(entry) },
                ct
            );
        }
        var published = await PublishAsync(stage, ct);
        stage.RootFingerprint = stage.Manager.Made!["directory"].Text("rootFingerprint");
        narrator.Tell($"QZ published snapshot {published.Text("number")}, the same octets for everybody.");
        narrator.Tell($"Root fingerprint, pinned by QM and QN: {stage.RootFingerprint}");
        var answers = await Task.WhenAll(states.Select(s => FollowAsync(s, stage, ct)));
        foreach (var (node, followed) in states.Zip(answers))
        foreach (var step in followed["steps"]!.AsArray())
            narrator.Check(true, $"{node.Code}: {step}");
        await ListAsync(stage, narrator, ct);
    }

    private static Task<JsonNode> FollowAsync(DemoNode node, Stage stage, CancellationToken ct) =>
        node.Operator.PostJsonAsync(
            "directory/follow",
            new JsonObject { ["url"] = stage.Manager.Url, ["root"] = stage.RootFingerprint },
            ct
        );

    // Admitting publishes by itself a moment later; who publishes at that very moment is told so, and does it again.
    private static async Task<JsonNode> PublishAsync(Stage stage, CancellationToken ct)
    {
        const int MostTries = 10;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await stage.Manager.Operator.PostJsonAsync("directory/publish", new JsonObject(), ct);
            }
            catch (CommandException problem)
                when (attempt < MostTries && problem.Code is "directory.published-meanwhile")
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), ct);
            }
        }
    }

    private static async Task ListAsync(Stage stage, Narrator narrator, CancellationToken ct)
    {
        var directory = await stage.Affected.Operator.GetJsonAsync("directory", ct);
        var offices = directory["entries"]!
            .AsArray()
            .SelectMany(e => e!["offices"]!.AsArray())
            .OfType<JsonNode>()
            .ToList();
        var usable = offices.Count(o => string.Equals(o.Text("standing"), "usable", StringComparison.Ordinal));
        narrator.Check(
            offices.Count >= 6 && usable == offices.Count,
            $"QM sees {offices.Count} offices, each with a key that is usable now."
        );
    }
}
