using System.Globalization;
using System.Runtime.InteropServices;

namespace Comity.Bench.Measuring;

/// <summary>Where the figures come from.</summary>
internal static class Machine
{
    public static IReadOnlyList<string> Describe(string folder)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30);
        return
        [
            $"{Processor()}, {Environment.ProcessorCount} cores, {memory:0} GiB, {Disk(folder)}",
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}",
        ];
    }

    /// <summary>How many processes wanted to run in the last minute, before the benchmark began: above one half, figures lie.</summary>
    public static double Load() =>
        File.Exists("/proc/loadavg")
            ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
            : 0;

    private static string Processor()
    {
        const string Name = "model name";
        return
            File.Exists("/proc/cpuinfo")
            && File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith(Name, StringComparison.Ordinal))
                is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();
    }

    // The longest mount point that the folder lies under.
    private static string Disk(string folder) =>
        DriveInfo
            .GetDrives()
            .Where(d => folder.StartsWith(d.Name, StringComparison.Ordinal))
            .OrderByDescending(d => d.Name.Length)
            .Select(d => d.DriveFormat)
            .FirstOrDefault("a disk");
}
