namespace Comity.Eng;

/// <summary>Judges that are written for Node.js: packages of the npm registry, each in one version, among the artifacts.</summary>
internal static class NodeModules
{
    /// <summary>What `--without` calls them.</summary>
    public const string Group = "node";

    private const string OpenPgpJs = "openpgp";
    private const string Version = "6.3.2";

    /// <summary>Where Node.js finds them (NODE_PATH).</summary>
    public static string Folder(Repository repository) => repository.At("artifacts", "judges", "node_modules");

    /// <summary>False where something is missing and stays missing; what to do about it has then been said.</summary>
    public static async Task<bool> SeeToAsync(
        Repository repository,
        IReadOnlySet<string> without,
        CancellationToken stop
    )
    {
        if (without.Contains(Group) || IsThere(repository))
        {
            return true;
        }

        var folder = Path.GetDirectoryName(Folder(repository))!;
        Directory.CreateDirectory(folder);
        using var progress = new Progress($"installing {OpenPgpJs} {Version} from npm");
        var shell = new Shell().In(folder).Until(stop);
        string[] plain = ["--no-save", "--package-lock=false", "--ignore-scripts", "--no-audit", "--no-fund"];
        if (await shell.RunAsync("npm", ["install", "--prefix", ".", .. plain, $"{OpenPgpJs}@{Version}"]) == 0)
        {
            return true;
        }

        Progress.Say($"npm could not install it: {string.Join(" / ", shell.Output.TakeLast(3))}");
        Progress.Say($"No test has run. Leave out what it judges with: ./comity test --without {Group}");
        return false;
    }

    private static bool IsThere(Repository repository)
    {
        var package = Path.Combine(Folder(repository), OpenPgpJs, "package.json");
        return File.Exists(package)
            && File.ReadAllText(package).Contains($"\"version\": \"{Version}\"", StringComparison.Ordinal);
    }
}
