namespace Comity.Eng;

internal enum Verdict
{
    Passed,
    Failed,
    Skipped,
}

/// <summary>What became of one test (a theory has one per row of data).</summary>
/// <param name="Method">Fully qualified name of the method, without data.</param>
/// <param name="Name">What people read, data included.</param>
/// <param name="Message">Why it was skipped, or what failed; empty when it passed.</param>
internal sealed record TestOutcome(string Method, string Name, Verdict Result, TimeSpan Took, string Message)
{
    /// <summary>Something beside the tests that failed: a build, a promise.</summary>
    public static TestOutcome Failure(string name, string words) => new(name, name, Verdict.Failed, default, words);

    /// <summary>What the test attached as "told": a table that belongs into the report of the run, also where it passed.</summary>
    public string Told { get; init; } = "";
}
