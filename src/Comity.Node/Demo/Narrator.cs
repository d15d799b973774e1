using System.Diagnostics;
using System.Text.Json.Nodes;
using Comity.Node.Commands;

namespace Comity.Node.Demo;

/// <summary>Tells the demonstration step by step: sentences with marks for people, one JSON value for machines.</summary>
internal sealed class Narrator(bool json)
{
    private readonly JsonArray _scenes = [];
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private readonly bool _colour =
        !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;
    private JsonArray _facts = [];
    private int _number;

    public bool EverythingVerified { get; private set; } = true;

    /// <summary>Progress on the way; gone from a terminal when something is told.</summary>
    public void Progress(string sentence)
    {
        if (!json)
            Console.Error.WriteLine($"  … {sentence}");
    }

    /// <summary>Something that is so.</summary>
    public void Tell(string sentence)
    {
        _facts.Add(new JsonObject { ["told"] = sentence });
        if (!json)
            Console.Out.WriteLine("    " + sentence);
    }

    /// <summary>Something that was checked. A failed check is told, and the demonstration does not count as verified.</summary>
    public void Check(bool holds, string sentence)
    {
        EverythingVerified &= holds;
        _facts.Add(new JsonObject { ["checked"] = sentence, ["holds"] = holds });
        if (json)
            return;
        var mark = holds ? Paint("32", "✓") : Paint("31", "✗ NOT SO:");
        Console.Out.WriteLine($"  {mark} {sentence}");
    }

    public async Task PlayAsync(Scene scene, Stage stage, CancellationToken ct)
    {
        _number++;
        _facts = [];
        _scenes.Add(
            new JsonObject
            {
                ["number"] = _number,
                ["title"] = scene.Title,
                ["facts"] = _facts,
            }
        );
        if (!json)
            Console.Out.WriteLine($"\n{Paint("1", $"{_number}. {scene.Title}")}");
        try
        {
            await scene.PlayAsync(stage, this, ct);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Check(false, $"{scene.Title}: {fault.Message}");
        }
    }

    public async Task CloseAsync(Stage stage, CancellationToken ct)
    {
        var links = await stage.InviteAsync(ct);
        if (json)
        {
            var all = new JsonObject
            {
                ["verified"] = EverythingVerified,
                ["seconds"] = Math.Round(_time.Elapsed.TotalSeconds, 1),
                ["scenes"] = _scenes,
                ["links"] = new JsonArray([
                    .. links.Select(l => new JsonObject { ["who"] = l.Who, ["link"] = l.Link }),
                ]),
                ["kept"] = stage.Kept,
                ["passphrase"] = stage.Kept is null ? null : stage.Passphrase,
            };
            new Terminal(json: true).Result(all);
            return;
        }
        var verdict = EverythingVerified ? "Every step was verified" : "NOT every step was verified";
        Console.Out.WriteLine($"\n{Paint("1", verdict)} ({_time.Elapsed.TotalSeconds:0} s).");
        foreach (var (who, link) in links.Where(_ => !stage.EndsAtOnce))
            Console.Out.WriteLine($"  {who, -30} {link}");
        if (stage.Kept is { } folder)
            Console.Out.WriteLine($"  Kept: {folder}; the passphrase of its offline keys: {stage.Passphrase}");
    }

    private string Paint(string code, string text) => _colour ? $"\e[{code}m{text}\e[0m" : text;
}

/// <summary>One step of the main job.</summary>
internal sealed record Scene(string Title, Func<Stage, Narrator, CancellationToken, Task> PlayAsync);
