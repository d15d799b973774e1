using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Comity.Node.Commands;

/// <summary><c>comity exchange resending</c>: asks others to send again what was lost, and shows who was asked.</summary>
internal static class ResendingVerb
{
    public static Command Make(Verbs verbs)
    {
        var since = new Option<string?>("--since")
        {
            Description =
                "Ask for what came and went from then on, UTC, as 2026-05-03T14:30Z; at most thirty days ago.",
        };
        var of = new Option<string?>("--of") { Description = "Ask this participant only, as QN." };
        var command = new Command(
            "resending",
            "Shows whom this node asked to send again what it lost; with --since asks the participants of its directories."
        )
        {
            since,
            of,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var node = await verbs.ConnectAsync(parsed, ct);
                if (parsed.GetValue(since) is not { } from)
                    return await ListAsync(node, verbs.Terminal(parsed), ct);
                var body = new JsonObject { ["since"] = from, ["of"] = parsed.GetValue(of) };
                var answer = await node.PostJsonAsync("exchange/resending", body, ct);
                verbs
                    .Terminal(parsed)
                    .Result(answer, $"Asked: {answer.Text("asks")}. `comity exchange resending` shows who took it.");
                return CommandLine.Done;
            }
        );
        return command;
    }

    private static async Task<int> ListAsync(NodeConnection node, Terminal terminal, CancellationToken ct)
    {
        var asked = (await node.GetJsonAsync("exchange/resending", ct)).AsArray();
        var lines = asked.Select(a =>
            $"{a.Text("participant"), -13} asked {Minute(a.Text("asked"))}, since {Minute(a.Text("since"))}: "
            + (
                a.Text("taken") is { Length: > 0 } taken
                    ? $"taken {Minute(taken)}"
                    : "not taken yet; tried again by itself"
            )
        );
        terminal.Result(asked, asked.Count == 0 ? ["Nobody was asked."] : lines);
        return CommandLine.Done;
    }

    private static string Minute(string instant) =>
        DateTime.TryParse(instant, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at)
            ? RestoreVerb.Time(at.ToUniversalTime())
            : instant;
}
