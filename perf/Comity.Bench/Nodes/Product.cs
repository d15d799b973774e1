using System.Diagnostics;

namespace Comity.Bench.Nodes;

/// <summary>The program that is measured: published ahead of time, as it is released.</summary>
internal static class Product
{
    public static string Program { get; } = Find();

    /// <summary>A process of it; its output is read by the caller.</summary>
    public static Process Start(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The settings of the launcher for what lives shortly are not for nodes.
        start.Environment.Remove("DOTNET_TieredPGO");
        start.Environment.Remove("DOTNET_TC_CallCountThreshold");
        return Process.Start(start) ?? throw new BenchException($"{Program} could not be started.");
    }

    private static string Find()
    {
        var root = Repository.Here();
        string?[] places =
        [
            Environment.GetEnvironmentVariable("COMITY_PROGRAM"),
            root.At("artifacts", "product", "comity"),
            root.At("artifacts", "release", "comity", "comity"),
        ];
        return places.FirstOrDefault(p => p is not null && File.Exists(p))
            ?? throw new BenchException("There is no published node to measure. Start it as ./comity bench.");
    }
}
