using System.CommandLine;

namespace Comity.Node.Commands;

/// <summary><c>comity doctor</c>: says in plain words what is wrong.</summary>
internal static class DoctorVerb
{
    public static Command Make(Verbs verbs)
    {
        var command = new Command("doctor", "Checks the node and says in plain words what is wrong and what to do.");
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var node = await verbs.ConnectAsync(parsed, ct);
                var checks = (await node.GetJsonAsync("doctor", ct)).AsArray();
                var lines = checks.SelectMany(c =>
                {
                    var what = $"{Mark(c.Text("state"))} {c.Text("name")}: {c.Text("sentence")}";
                    return c.Text("advice") is { Length: > 0 } advice ? [what, "    " + advice] : new[] { what };
                });
                verbs.Terminal(parsed).Result(checks, lines);
                return checks.Any(c => string.Equals(c.Text("state"), "fail", StringComparison.Ordinal))
                    ? CommandLine.Failed
                    : CommandLine.Done;
            }
        );
        return command;
    }

    private static string Mark(string state) =>
        state switch
        {
            "ok" => "ok   ",
            "warn" => "watch",
            _ => "WRONG",
        };
}
