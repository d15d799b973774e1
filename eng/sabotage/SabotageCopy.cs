namespace Comity.Eng;

/// <summary>A working copy beside the real one, in which things may be broken.</summary>
internal sealed class SabotageCopy(Repository repository, string folder) : IAsyncDisposable
{
    private readonly HashSet<string> built = new(StringComparer.Ordinal);

    // What the tests say without a patch, by project and filter: asked once.
    private readonly Dictionary<string, int> healthy = new(StringComparer.Ordinal);

    public static async Task<SabotageCopy> MakeAsync(Repository repository)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"comity-saboteur-{Environment.ProcessId}");
        await GitAsync(repository.Root, "worktree", "add", "--detach", "--quiet", folder, "HEAD");
        return new SabotageCopy(repository, folder);
    }

    public async ValueTask DisposeAsync() => await GitAsync(repository.Root, "worktree", "remove", "--force", folder);

    /// <summary>What is wrong before anything is broken; empty when the named tests are there and green.</summary>
    public async Task<string> LookAsync(SabotagePatch patch) =>
        patch.Fault.Length > 0
            ? patch.Fault
            : await HealthyAsync(patch) switch
            {
                0 => "",
                BuildFault => "does not build even without it",
                _ => "its tests are red without it, or there are none",
            };

    /// <summary>Empty when a named test turned red; otherwise what is wrong with the patch or with the tests.</summary>
    public async Task<string> BreakAsync(SabotagePatch patch)
    {
        try
        {
            var applied = await new Shell().In(folder).RunAsync("git", "apply", "--whitespace=nowarn", patch.Path);
            if (applied != 0)
            {
                return "it applies no more";
            }

            return await TestAsync(patch) switch
            {
                BuildFault => "it does not compile or its tests do not run, so it shows nothing",
                0 => "every named test stayed green",
                _ => "",
            };
        }
        finally
        {
            await GitAsync(folder, "checkout", "--quiet", "--force", "HEAD", "--", ".");
            await GitAsync(folder, "clean", "--quiet", "--force", "-d", "--", "src", "tests");
        }
    }

    private const int BuildFault = -1;

    private async Task<int> HealthyAsync(SabotagePatch patch)
    {
        if (built.Add(patch.Project) && !await BuildAsync(patch.Project))
        {
            return BuildFault;
        }

        var key = $"{patch.Project} {string.Join(' ', patch.Expects)}";
        if (!healthy.TryGetValue(key, out var code))
        {
            code = await RunAsync(patch, mustHaveTests: true);
            healthy[key] = code;
        }

        return code;
    }

    private async Task<int> TestAsync(SabotagePatch patch) =>
        await BuildAsync(patch.Project) ? await RunAsync(patch) : BuildFault;

    // A sabotage may leave a parameter unused; that it compiles is enough.
    private async Task<bool> BuildAsync(string project)
    {
        string[] quiet = ["-c", "Release", "-nologo", "-v", "q", "-nodeReuse:false"];
        string[] lenient = ["-p:TreatWarningsAsErrors=false", "-p:RunAnalyzers=false"];
        return await new Shell().In(folder).RunAsync("dotnet", ["build", $"tests/{project}", .. quiet, .. lenient])
            == 0;
    }

    private async Task<int> RunAsync(SabotagePatch patch, bool mustHaveTests = false)
    {
        var run = new Shell()
            .In(folder)
            .With("COMITY_REPOSITORY", folder)
            .With("COMITY_PROGRAM", Path.Combine(folder, "artifacts", "bin", "Comity.Node", "release", "comity"));
        var executable = Path.Combine(folder, "artifacts", "bin", patch.Project, "release", patch.Project);
        var filters = patch.Expects.SelectMany(e => new[] { "-method", e });
        var code = await run.RunAsync(
            executable,
            ["-noColor", "-noLogo", "-noAutoReporters", "-reporter", "json", .. filters]
        );
        if (mustHaveTests)
        {
            return code == 0 && Ended(run, "passed") == 0 ? 1 : code;
        }

        // A program that fell over shows nothing; a test that failed does.
        return code != 0 && Ended(run, "failed") == 0 ? BuildFault : code;
    }

    private static int Ended(Shell run, string how) =>
        run.Output.Count(l => l.StartsWith($"{{\"$type\":\"test-{how}\"", StringComparison.Ordinal));

    private static async Task GitAsync(string where, params string[] arguments)
    {
        var git = new Shell().In(where);
        if (await git.RunAsync("git", arguments) != 0)
        {
            throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {string.Join(' ', git.Output)}");
        }
    }
}
