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

    /// <summary>A verb on one of the kept nodes, as a process.</summary>
    public Task<Said> ComityAsync(string node, params string[] verb) =>
        Said.ByAsync([.. verb, "--data", Path.Combine(Folder, node)]);
}

/// <summary>What a verb said, and how it ended.</summary>
public sealed record Said(int Code, string Output, string Errors)
{
    public static async Task<Said> ByAsync(IReadOnlyList<string> words)
    {
        using var process = Programs.Comity(words);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await errors);
    }
}

/// <summary>The tests that look at one run of the demonstration and what it kept.</summary>
[CollectionDefinition(nameof(DemonstrationRun))]
public sealed class TestsOfOneDemonstration : ICollectionFixture<DemonstrationRun>;
