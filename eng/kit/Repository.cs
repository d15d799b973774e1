using System.Runtime.CompilerServices;

namespace Comity.Eng;

/// <summary>The working copy: where it is, and the files that people wrote in it.</summary>
internal sealed class Repository
{
    private static readonly HashSet<string> NotWritten = new(StringComparer.Ordinal)
    {
        ".git",
        "artifacts",
        "bin",
        "obj",
        "node_modules",
    };

    private Repository(string root) => Root = root;

    public string Root { get; }

    /// <summary>The repository that this source file was compiled from, or the one named by COMITY_REPOSITORY.</summary>
    public static Repository Here([CallerFilePath] string sourceFile = "")
    {
        foreach (
            var start in new[]
            {
                Environment.GetEnvironmentVariable("COMITY_REPOSITORY"),
                Environment.CurrentDirectory,
                AppContext.BaseDirectory,
                sourceFile,
            }
        )
        {
            for (var folder = start; !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
            {
                if (File.Exists(Path.Combine(folder, "Comity.slnx")))
                {
                    return new Repository(folder);
                }
            }
        }

        throw new DirectoryNotFoundException("Comity.slnx is in no folder above this one; set COMITY_REPOSITORY.");
    }

    public string At(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    /// <summary>A path as people write it: from the root, with forward slashes.</summary>
    public string Name(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>Files under <paramref name="under"/> (from the root) with one of these extensions, in ordinal order.</summary>
    public IReadOnlyList<string> Files(string under, params ReadOnlySpan<string> extensions)
    {
        var found = new List<string>();
        var start = Path.Combine(Root, under);
        if (System.IO.Directory.Exists(start))
        {
            Collect(start, extensions.ToArray(), found);
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static void Collect(string folder, string[] extensions, List<string> found)
    {
        found.AddRange(
            System
                .IO.Directory.EnumerateFiles(folder)
                .Where(f => extensions.Length == 0 || extensions.Contains(Path.GetExtension(f), StringComparer.Ordinal))
        );
        foreach (var inner in System.IO.Directory.EnumerateDirectories(folder))
        {
            if (!NotWritten.Contains(Path.GetFileName(inner)))
            {
                Collect(inner, extensions, found);
            }
        }
    }
}
