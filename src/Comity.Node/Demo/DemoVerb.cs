using System.CommandLine;
using Comity.Node.Commands;

namespace Comity.Node.Demo;

/// <summary><c>comity demo</c>: three nodes on this machine play the main job and show that every step was verified.</summary>
internal static class DemoVerb
{
    public static Command Make(Verbs verbs)
    {
        var once = new Option<bool>("--once")
        {
            Description = "Leave at the end; exit 0 only if every step was verified.",
        };
        var keep = new Option<string?>("--keep")
        {
            Description = "Keep data, envelopes, evidence and trust files in this folder.",
        };
        var stix = new Option<string?>("--stix")
        {
            Description = "Another STIX 2.1 bundle instead of the one that ships.",
        };
        var command = new Command(
            "demo",
            "Plays the main job on three nodes of this machine: QM notifies QN of an incident."
        )
        {
            once,
            keep,
            stix,
        };
        command.SetAction(
            (parsed, ct) =>
            {
                var wish = new DemoWish(
                    parsed.GetValue(once),
                    parsed.GetValue(keep) is { } folder ? Path.GetFullPath(folder) : null,
                    parsed.GetValue(stix) ?? Path.Combine(AppContext.BaseDirectory, "Demo", "incident.stix.json")
                );
                return PlayAsync(verbs, wish, new Narrator(parsed.GetValue(verbs.Json)), ct);
            }
        );
        return command;
    }

    private static async Task<int> PlayAsync(Verbs verbs, DemoWish wish, Narrator narrator, CancellationToken ct)
    {
        await using var stage = await Stage.SetAsync(verbs.Modules, wish, narrator, ct);
        foreach (var scene in Scenes.All)
            await narrator.PlayAsync(scene, stage, ct);
        await narrator.CloseAsync(stage, ct);
        if (!wish.Once)
            await Stage.StayUpAsync(narrator, ct);
        return narrator.EverythingVerified ? CommandLine.Done : CommandLine.Failed;
    }
}

/// <summary>How the demonstration was asked for.</summary>
/// <param name="Once">Leave at the end.</param>
/// <param name="Keep">Where to keep things; null removes them.</param>
/// <param name="Stix">The bundle.</param>
/// <param name="Databases">PostgreSQL by code of the participant; SQLite where there is none.</param>
internal sealed record DemoWish(
    bool Once,
    string? Keep,
    string Stix,
    IReadOnlyDictionary<string, string>? Databases = null
)
{
    public string? DatabaseOf(string code) => Databases?.GetValueOrDefault(code);
}
