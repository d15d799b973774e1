using System.Diagnostics;

namespace Comity.Node.Commands;

/// <summary>Starts this program again, and the separate verifier, as processes of their own.</summary>
internal static class Programs
{
    /// <param name="args">What it is told.</param>
    /// <param name="environment">What stands in its environment beside what stands in ours.</param>
    public static Process Comity(IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment = null) =>
        Start(Path.Combine(AppContext.BaseDirectory, "comity"), args, environment);

    /// <summary>The verifier stands beside the node where both were built, or in the same folder where both were published.</summary>
    public static Process Verifier(IEnumerable<string> args)
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var built = Path.Combine(AppContext.BaseDirectory, "..", "..", "Comity.Verify", configuration, "comity-verify");
        var beside = Path.Combine(AppContext.BaseDirectory, "comity-verify");
        return Start(File.Exists(beside + ".dll") || File.Exists(beside) ? beside : Path.GetFullPath(built), args);
    }

    private static Process Start(
        string program,
        IEnumerable<string> args,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var own = File.Exists(program + ".dll");
        if (!own && !File.Exists(program))
            throw new CommandException($"{program} is not there; build it with `./comity build`.");
        // Through `dotnet`, so that the runtime is found wherever it is installed.
        var start = new ProcessStartInfo(own ? Dotnet() : program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        if (own)
            start.ArgumentList.Add(program + ".dll");
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        // What lives for a minute is not compiled a second time to run faster for weeks.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_CallCountThreshold"] = "1000";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new CommandException($"{program} could not be started.");
    }

    private static string Dotnet()
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root
            ? Path.Combine(root, "dotnet")
            : null;
        return Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")
            ?? (host is not null && File.Exists(host) ? host : "dotnet");
    }
}
