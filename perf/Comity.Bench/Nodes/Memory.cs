using System.Diagnostics;
using System.Globalization;

namespace Comity.Bench.Nodes;

/// <summary>Memory of a process in MiB, as Linux counts it.</summary>
internal static class Memory
{
    public static double Resident(Process process) => Read(process, "VmRSS:");

    /// <summary>The most that it ever had.</summary>
    public static double Peak(Process process) => Read(process, "VmHWM:");

    private static double Read(Process process, string name) =>
        double.Parse(
            File.ReadLines($"/proc/{process.Id}/status")
                .First(l => l.StartsWith(name, StringComparison.Ordinal))
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture
        ) / 1024;
}
