namespace Comity.Tests;

/// <summary>
/// What a test needs from outside. Missing, it is a reason to skip, which the report counts; but where `./comity test`
/// has seen to it and nobody left it out with `--without`, missing is a fault.
/// </summary>
internal static class Needs
{
    private static readonly string[] Without = (Environment.GetEnvironmentVariable("COMITY_WITHOUT") ?? "").Split(',');

    /// <summary>Set by `./comity test`, which installs what is missing before the first test.</summary>
    private static bool WholeRun => Environment.GetEnvironmentVariable("COMITY_WITHOUT") is not null;

    /// <summary>A connection string without a database name, of a server on which the test may create databases.</summary>
    public static string Postgres()
    {
        var server = Environment.GetEnvironmentVariable("COMITY_TEST_POSTGRES");
        return Found("postgres", server, "a PostgreSQL server, named by COMITY_TEST_POSTGRES");
    }

    /// <summary>The path of a foreign program; <paramref name="group"/> is its name for `--without`.</summary>
    public static string Program(string name, string group)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        return Found(group, path, name);
    }

    /// <summary>The verifier as a native program, which `./comity test` publishes.</summary>
    public static string NativeVerifier()
    {
        var built = Environment.GetEnvironmentVariable("COMITY_VERIFIER");
        return Found("native", File.Exists(built) ? built : null, "the native verifier, named by COMITY_VERIFIER");
    }

    /// <summary>The path of a library of Debian that something is run under; <paramref name="group"/> is its name for `--without`.</summary>
    public static string Library(string name, string group)
    {
        var path = global::System.IO.Directory.Exists("/usr/lib")
            ? global::System
                .IO.Directory.EnumerateDirectories("/usr/lib", "*-linux-*")
                .Select(folder => Path.Combine(folder, group, name))
                .FirstOrDefault(File.Exists)
            : null;
        return Found(group, path, name);
    }

    /// <summary>The folder of real reports, which cannot be shipped. Every row of the trace has a test without it too.</summary>
    public static string RealData()
    {
        var folder = Environment.GetEnvironmentVariable("COMITY_REAL_DATA");
        Assert.SkipUnless(global::System.IO.Directory.Exists(folder), "needs the reports named by COMITY_REAL_DATA");
        return folder!;
    }

    /// <summary>Something else that the group of that name brings; <paramref name="what"/> says what it is.</summary>
    public static void That(string group, bool isThere, string what) => Found(group, isThere ? "" : null, what);

    private static string Found(string group, string? thing, string what)
    {
        Assert.SkipWhen(Without.Contains(group, StringComparer.Ordinal), $"left out: --without {group}");
        if (thing is null && WholeRun)
        {
            Assert.Fail($"needs {what}, which this run was to provide");
        }

        Assert.SkipWhen(thing is null, $"needs {what}");
        return thing!;
    }
}
