using System.Text.Json.Nodes;
using Comity.Node.Commands;

namespace Comity.System.Tests.Demonstration;

/// <summary>One run of <c>comity demo --once</c> as a process, looked at from several sides.</summary>
public sealed class DemonstrationRun : IAsyncLifetime
{
    public string Folder { get; } =
        Path.Combine(global::System.IO.Directory.CreateTempSubdirectory("comity-demonstration-").FullName, "kept");

    public int ExitCode { get; private set; }

    public JsonNode Told { get; private set; } = new JsonObject();

    public async ValueTask InitializeAsync()
    {
        using var demo = Programs.Comity(["demo", "--once", "--json", "--keep", Folder]);
        var output = demo.StandardOutput.ReadToEndAsync();
        var errors = demo.StandardError.ReadToEndAsync();
        await demo.WaitForExitAsync();
        ExitCode = demo.ExitCode;
        var text = await output;
        Assert.True(text.Length > 0, $"The demonstration said nothing: {await errors}");
        Told = JsonNode.Parse(text)!;
    }

    public ValueTask DisposeAsync()
    {
        global::System.IO.Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);
        return ValueTask.CompletedTask;
    }

    public IReadOnlyList<JsonNode> Facts(int scene) =>
        [.. Told["scenes"]!.AsArray().Single(s => (int)s!["number"]! == scene)!["facts"]!.AsArray().OfType<JsonNode>()];
}

public sealed class DemonstrationTests(DemonstrationRun run) : IClassFixture<DemonstrationRun>
{
    [Fact]
    public void Every_step_of_the_main_job_is_verified()
    {
        var broken = run.Told["scenes"]!
            .AsArray()
            .SelectMany(s => s!["facts"]!.AsArray())
            .Where(f => f!["holds"] is { } holds && !(bool)holds)
            .Select(f => f.Text("checked"));
        Assert.Empty(broken);
        Assert.Equal(7, run.Told["scenes"]!.AsArray().Count);
        Assert.True((bool)run.Told["verified"]!);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void Names_in_the_bundle_are_listed_and_left_out() =>
        Assert.Contains(
            run.Facts(2),
            f => f.Text("told").StartsWith("left out, not confirmed", StringComparison.Ordinal)
        );

    [Fact]
    public void An_update_sent_while_the_other_node_is_away_arrives_once() =>
        Assert.Contains(
            run.Facts(5),
            f => f.Text("checked").Equals("QN has it 1 time.", StringComparison.Ordinal) && (bool)f["holds"]!
        );

    [Fact]
    public void Four_hostile_envelopes_are_refused_with_four_reasons_inside_and_one_answer_outside()
    {
        var checks = run.Facts(7).Select(f => f.Text("checked")).ToList();
        string[] reasons = ["wrong-signer", "replay-with-other-content", "signed-for-another-recipient", "to-differs"];
        Assert.All(
            reasons,
            reason => Assert.Contains(checks, c => c.EndsWith($"\"{reason}\"", StringComparison.Ordinal))
        );
        Assert.Contains(checks, c => c.Contains("403", StringComparison.Ordinal));
    }

    [Fact]
    public void Data_envelopes_evidence_and_trust_are_kept_where_they_were_asked_for()
    {
        Assert.All(["QM", "QN", "QZ"], node => Assert.True(File.Exists(Path.Combine(run.Folder, node, "comity.db"))));
        Assert.True(File.Exists(Path.Combine(run.Folder, "evidence.json")));
        Assert.True(File.Exists(Path.Combine(run.Folder, "trust.json")));
        Assert.Equal(3, global::System.IO.Directory.EnumerateFiles(run.Folder, "*.eml").Count());
    }

    [Fact]
    public void Three_people_get_a_sign_in_link_each() =>
        Assert.Equal(
            3,
            run.Told["links"]!
                .AsArray()
                .Select(l => l.Text("link"))
                .Count(l =>
                    l.StartsWith("http://q", StringComparison.Ordinal)
                    && l.Contains("/sign-in/", StringComparison.Ordinal)
                )
        );
}
