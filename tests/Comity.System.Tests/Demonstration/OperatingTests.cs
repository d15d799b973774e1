using System.Text.RegularExpressions;
using Npgsql;

namespace Comity.System.Tests.Demonstration;

/// <summary>What docs/operating.md tells an operator to do, done to the letter.</summary>
public sealed partial class OperatingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_nodes_are_set_up_by_hand_as_the_document_says()
    {
        var verified = "";
        DocumentedSteps? here = null;
        await using var steps = new DocumentedSteps
        {
            Before = block =>
                block.Contains("exchange list", StringComparison.Ordinal) ? ArrivedAsync() : Task.CompletedTask,
            After = (block, output) =>
            {
                Keep("FINGERPRINT", Root().Match(output));
                Keep("MESSAGE", Message().Match(output));
                Keep("CONVERSATION", Conversation().Match(output));
                if (block.Contains("evidence verify", StringComparison.Ordinal))
                    verified = output;
            },
        };
        here = steps;
        foreach (var port in new[] { "8801", "8802", "8803" })
            steps.FilledIn[port] = $"{TlsNode.FreePort()}";
        Assert.Contains("/sign-in/", await steps.DoAsync("Two nodes by hand"), StringComparison.Ordinal);
        Assert.Contains("Nothing failed", verified, StringComparison.Ordinal);

        void Keep(string name, Match found)
        {
            if (found.Success)
                here!.FilledIn.TryAdd(name, found.Groups["found"].Value);
        }

        // "A few seconds later it is at QN."
        async Task ArrivedAsync()
        {
            for (var attempt = 0; attempt < 60; attempt++)
            {
                if ((await here!.SayAsync("./comity exchange show MESSAGE --data try/qn")).Code == 0)
                    return;
                await Task.Delay(TimeSpan.FromMilliseconds(500), Ct);
            }
        }
    }

    [Fact]
    public async Task Further_instances_are_made_and_started_as_the_document_says()
    {
        await using var databases = await FreshDatabases.MakeAsync(Needs.Postgres(), "QM");
        await using var steps = new DocumentedSteps();
        foreach (var port in new[] { "8800", "8811", "8812" })
            steps.FilledIn[port] = $"{TlsNode.FreePort()}";
        await steps.WriteAsync("database.txt", databases.ByCode["QM"]);
        Assert.Contains("QM/technical", await steps.DoAsync("Several instances"), StringComparison.Ordinal);
        var doctor = await steps.SayAsync("./comity doctor --data try/two");
        Assert.Contains(
            "This machine and the database server have the same time",
            doctor.Output,
            StringComparison.Ordinal
        );
        NpgsqlConnection.ClearAllPools();
    }

    [GeneratedRegex(
        @"directory root\s+(?<found>sha256:[0-9a-f]{64})",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Root();

    [GeneratedRegex(@"Accepted: (?<found>[0-9a-f-]{36})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Message();

    [GeneratedRegex(
        @"in conversation (?<found>[0-9a-f-]{36})",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Conversation();
}
