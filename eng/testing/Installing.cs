namespace Comity.Eng;

/// <summary>Sees to it that what the tests need is there: installs it where that is ours to do, and otherwise says what to do.</summary>
internal static class Installing
{
    private const string Policy = "/usr/sbin/policy-rc.d";

    /// <summary>False when something is missing and stays missing; what to do about it has then been said.</summary>
    public static async Task<bool> SeeToAsync(IReadOnlySet<string> without, string log, CancellationToken stop)
    {
        var missing = Missing(without);
        if (missing.Count == 0)
        {
            return true;
        }

        Progress.Say($"Missing for the tests: {string.Join(", ", missing.Select(n => n.Name))}.");
        var packages = missing.Select(n => n.Package).Distinct(StringComparer.Ordinal).ToList();
        if (!Environment.IsPrivilegedProcess || !Shell.Knows("apt-get"))
        {
            Refuse(missing, $"apt-get install {string.Join(' ', packages)}");
            return false;
        }

        Progress.Say($"Installing from Debian: {string.Join(' ', packages)} (no service is started).");
        var fine = await AptAsync(packages, log, stop);
        missing = Missing(without);
        if (fine && missing.Count == 0)
        {
            return true;
        }

        Progress.Say($"The installation did not bring everything; what it said is in {log}.");
        Refuse(missing, $"apt-get install {string.Join(' ', packages)}");
        return false;
    }

    private static List<Need> Missing(IReadOnlySet<string> without) =>
        [.. Need.All.Where(n => !without.Contains(n.Group) && !n.IsThere())];

    private static void Refuse(List<Need> missing, string command)
    {
        Progress.Say($"No test has run. Install them (on Debian, as root: {command}),");
        var groups = missing.Select(n => n.Group).Distinct(StringComparer.Ordinal);
        Progress.Say(
            $"or leave their tests out, which counts them as skipped: ./comity test --without {string.Join(',', groups)}"
        );
    }

    /// <summary>Installs packages of Debian without starting what they serve.</summary>
    public static async Task<bool> AptAsync(IReadOnlyList<string> packages, string log, CancellationToken stop)
    {
        // 101 is "not allowed" to every package that would start its service once it is unpacked.
        var ours = !File.Exists(Policy);
        if (ours)
        {
            await File.WriteAllTextAsync(Policy, "#!/bin/sh\nexit 101\n", stop);
            File.SetUnixFileMode(Policy, (UnixFileMode)0b111_101_101);
        }

        try
        {
            using var progress = new Progress("installing");
            var update = await GetAsync(progress, log, ["update"], stop);
            string[] install =
            [
                "install",
                "-y",
                "--no-install-recommends",
                "-o",
                "Dpkg::Options::=--force-confold",
                .. packages,
            ];
            return update == 0 & await GetAsync(progress, log, install, stop) == 0;
        }
        finally
        {
            if (ours)
            {
                File.Delete(Policy);
            }
        }
    }

    private static async Task<int> GetAsync(Progress progress, string log, string[] arguments, CancellationToken stop)
    {
        var shell = new Shell()
            .With("DEBIAN_FRONTEND", "noninteractive")
            .With("NEEDRESTART_SUSPEND", "1")
            .Until(stop)
            .EachLine(progress.Detail);
        var code = await shell.RunAsync("apt-get", ["-q", "-o", "DPkg::Lock::Timeout=300", .. arguments]);
        await File.AppendAllLinesAsync(log, shell.Output, stop);
        return code;
    }
}
