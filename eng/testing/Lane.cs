namespace Comity.Eng;

/// <summary>A part of the test run: one test program with a filter, and the time that it may take on two cores.</summary>
internal sealed record Lane(string Name, string Project, IReadOnlyList<string> Filter, TimeSpan Budget)
{
    /// <summary>How long it may take with `--slow`.</summary>
    public TimeSpan Slow { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>Whether its tests use a database server.</summary>
    public bool UsesPostgres => Project is not ("Comity.Libraries.Tests" or "Comity.Fuzz.Tests");

    public static IReadOnlyList<Lane> All { get; } =
    [
        new("libraries", "Comity.Libraries.Tests", [], TimeSpan.FromMinutes(2)),
        // Eleven readers of foreign octets; with `--slow` eight minutes each, one after the other, beside the other lanes.
        new("fuzz", "Comity.Fuzz.Tests", [], TimeSpan.FromMinutes(1)) { Slow = TimeSpan.FromMinutes(120) },
        new("app", "Comity.App.Tests", [], TimeSpan.FromMinutes(6)),
        new("system", "Comity.System.Tests", ["-trait-", "Lane=browser"], TimeSpan.FromMinutes(9)),
        new("browser", "Comity.System.Tests", ["-trait", "Lane=browser"], TimeSpan.FromMinutes(8)),
    ];

    /// <summary>A lane that takes four times its budget hangs; it is ended, and what was running is named.</summary>
    public TimeSpan Limit(bool slow) => slow ? Slow : Budget * 4;
}

/// <summary>A finished lane, or a step such as the build, as a row of the table at the end.</summary>
internal sealed record LaneResult(string Name, IReadOnlyList<TestOutcome> Outcomes, TimeSpan Took, TimeSpan? Budget)
{
    public int Count(Verdict result) => Outcomes.Count(o => o.Result == result);
}
