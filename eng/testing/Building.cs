using System.Runtime.InteropServices;

namespace Comity.Eng;

/// <summary>What is built before the first test: the solution, and the verifier as a native program.</summary>
internal sealed class Building(Repository repository, CancellationToken stop)
{
    private static readonly string[] Quiet = ["-c", "Release", "-nologo", "-v", "q", "-nodeReuse:false"];

    /// <summary>Where the native verifier stands.</summary>
    public static string Verifier(Repository repository) => repository.At("artifacts", "native", "comity-verify");

    public Task<LaneResult> SolutionAsync() =>
        RunAsync(
            "build",
            "restoring packages and building the solution",
            ["build", "Comity.slnx", .. Quiet],
            TimeSpan.FromMinutes(3)
        );

    public Task<LaneResult> VerifierAsync() =>
        RunAsync(
            "native",
            "publishing the verifier as a native program",
            [
                "publish",
                "src/Tools/Comity.Verify",
                "-r",
                RuntimeInformation.RuntimeIdentifier,
                "-o",
                Path.GetDirectoryName(Verifier(repository))!,
                "-p:PublishAot=true",
                "-p:ComityRelease=true",
                .. Quiet,
            ],
            TimeSpan.FromMinutes(1)
        );

    private async Task<LaneResult> RunAsync(string name, string what, string[] arguments, TimeSpan budget)
    {
        using var progress = new Progress(what);
        var shell = new Shell().In(repository.Root).Until(stop);
        if (await shell.RunAsync("dotnet", arguments) == 0)
        {
            return new LaneResult(name, [], progress.Elapsed, budget);
        }

        var errors = shell
            .Output.Where(l => l.Contains("error", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .Take(30)
            .ToList();
        var words = string.Join('\n', errors.Count > 0 ? errors : shell.Output.TakeLast(30));
        Progress.Say(words);
        return new LaneResult(name, [TestOutcome.Failure(what, words)], progress.Elapsed, budget);
    }
}
