using System.Diagnostics;

namespace Comity.Eng;

/// <summary>The steps of `./comity test`: build once, a database of its own, the lanes one after the other, the promises of the trace.</summary>
internal sealed class TestRun(Repository repository, TestOptions options, CancellationToken stop)
{
    private readonly List<LaneResult> results = [];
    private readonly string kept = repository.At("artifacts", "test");

    public async Task<int> RunAsync()
    {
        Directory.CreateDirectory(kept);
        if (
            !await Installing.SeeToAsync(options.Without, Path.Combine(kept, "apt.log"), stop)
            || !await NodeModules.SeeToAsync(repository, options.Without, stop)
        )
        {
            return 3;
        }

        if (!options.NoBuild && !await BuildAsync())
        {
            return Report.Print(results);
        }

        // An hour on one core; the other core does the rest meanwhile.
        var beside = options.Slow ? Lane.All.FirstOrDefault(l => l.Name == "fuzz" && Wants(l.Name)) : null;
        var fuzzing = beside is null ? null : LaneAsync(beside, null);
        await LanesAsync(beside);
        if (options.Slow && Wants("saboteur") || options.Lanes.Contains("saboteur"))
        {
            results.Add(await SaboteurAsync());
        }

        if (fuzzing is not null)
        {
            results.Add(await fuzzing);
        }

        if (options.Whole)
        {
            results.Add(await TraceAsync());
        }

        await Report.KeepAsync(results, Path.Combine(kept, "results.tsv"));
        return Report.Print(results);
    }

    private bool Wants(string lane) => options.Lanes.Count == 0 || options.Lanes.Contains(lane);

    private async Task<bool> BuildAsync()
    {
        var building = new Building(repository, stop);
        results.Add(await building.SolutionAsync());
        if (results[^1].Count(Verdict.Failed) == 0 && Wants("system") && !options.Without.Contains("native"))
        {
            results.Add(await building.VerifierAsync());
        }

        return results.TrueForAll(r => r.Count(Verdict.Failed) == 0);
    }

    private async Task LanesAsync(Lane? beside)
    {
        var lanes = Lane.All.Where(l => Wants(l.Name) && l != beside).ToList();
        if (lanes.Count == 0)
        {
            return;
        }

        PrivatePostgres? postgres = null;
        try
        {
            if (!options.Without.Contains("postgres") && lanes.Any(l => l.UsesPostgres))
            {
                using var progress = new Progress("starting a private PostgreSQL");
                postgres = await PrivatePostgres.StartAsync(Need.PostgresPrograms()!, stop);
            }

            foreach (var lane in lanes)
            {
                results.Add(await LaneAsync(lane, postgres));
            }
        }
        catch (InvalidOperationException e)
        {
            results.Add(
                new LaneResult("database", [TestOutcome.Failure("a private PostgreSQL", e.Message)], default, null)
            );
        }
        finally
        {
            if (postgres is not null)
            {
                await postgres.DisposeAsync();
            }
        }
    }

    private async Task<LaneResult> LaneAsync(Lane lane, PrivatePostgres? postgres)
    {
        var clock = Stopwatch.StartNew();
        var executable = repository.At("artifacts", "bin", lane.Project, "release", lane.Project);
        using var progress = new Progress(lane.Name);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(lane.Limit(options.Slow));
        var program = new TestProgram(executable, progress);
        await program.RunAsync(Surroundings(postgres), Arguments(lane), limit.Token);
        stop.ThrowIfCancellationRequested();
        return new LaneResult(lane.Name, program.Outcomes, clock.Elapsed, options.Slow ? null : lane.Budget);
    }

    private IEnumerable<string> Arguments(Lane lane)
    {
        string[] slow = options.Slow ? [] : ["-trait-", "Lane=slow"];
        string[] filter = options.Filter is { } text ? ["-method", $"*{text}*"] : [];
        string[] seed = options.Seed is { } number ? [$":{number}"] : [];
        return [.. seed, .. slow, .. lane.Filter, .. filter];
    }

    /// <summary>What tests may rely on; docs/architecture.md lists it for those who write them.</summary>
    private Shell Surroundings(PrivatePostgres? postgres)
    {
        var real = Environment.GetEnvironmentVariable("COMITY_REAL_DATA") ?? repository.At("..", "shared", "real");
        return new Shell()
            .In(repository.Root)
            .With("COMITY_REPOSITORY", repository.Root)
            .With("COMITY_PROGRAM", repository.At("artifacts", "bin", "Comity.Node", "release", "comity"))
            .With("COMITY_VERIFIER", options.Without.Contains("native") ? null : Building.Verifier(repository))
            .With("NODE_PATH", options.Without.Contains(NodeModules.Group) ? null : NodeModules.Folder(repository))
            .With("COMITY_REAL_DATA", Directory.Exists(real) ? Path.GetFullPath(real) : null)
            .With("COMITY_TEST_POSTGRES", postgres?.ConnectionString)
            .With("COMITY_FUZZ_SEED", options.Seed)
            .With("COMITY_SEED", options.Seed ?? Environment.GetEnvironmentVariable("COMITY_SEED"))
            .With("COMITY_WITHOUT", string.Join(',', options.Without.Order(StringComparer.Ordinal)));
    }

    private async Task<LaneResult> SaboteurAsync()
    {
        var clock = Stopwatch.StartNew();
        using var progress = new Progress("saboteur");
        var shell = new Shell().In(repository.Root).Until(stop).EachLine(Progress.Say);
        var code = await shell.RunAsync("dotnet", ["run", "eng/saboteur.cs"]);
        var verdict = new TestOutcome(
            "saboteur",
            "saboteur",
            code == 0 ? Verdict.Passed : Verdict.Failed,
            clock.Elapsed,
            "a patch that breaks the product turned no test red"
        );
        return new LaneResult("saboteur", [verdict], clock.Elapsed, null);
    }

    private async Task<LaneResult> TraceAsync()
    {
        var clock = Stopwatch.StartNew();
        var run = results.SelectMany(r => r.Outcomes).ToLookup(o => o.Method, StringComparer.Ordinal);
        var rows = TraceTable.Read(await File.ReadAllTextAsync(repository.At("docs", "trace.md"), stop));
        var broken = TraceTable.Broken(rows, run, IsExcused).ToList();
        broken.ForEach(b => Progress.Say($"  FAILED  {b}"));
        var named = rows.SelectMany(r => r.Tests).Distinct(StringComparer.Ordinal).Count();
        TestOutcome[] kept =
            broken.Count > 0 || named == 0
                ? []
                : [new TestOutcome("trace", "docs/trace.md", Verdict.Passed, clock.Elapsed, "")];
        return new LaneResult(
            "trace",
            [.. kept, .. broken.Select(b => TestOutcome.Failure(b, b))],
            clock.Elapsed,
            null
        );
    }

    /// <summary>Left out on purpose, or resting on data that this machine does not have.</summary>
    private bool IsExcused(TestOutcome skipped) =>
        options.Without.Count > 0 || skipped.Message.Contains("COMITY_REAL_DATA", StringComparison.Ordinal);
}
