namespace Comity.Eng;

/// <summary>Something foreign that tests use: how to see that it is there, what Debian calls it, what `--without` calls it.</summary>
internal sealed record Need(string Name, string Group, string Package, Func<bool> IsThere)
{
    private static readonly string[] FontFolders = ["/usr/share/fonts", "/usr/local/share/fonts"];

    private static readonly string[] LibraryFolders =
    [
        "/usr/lib",
        "/usr/lib64",
        "/usr/lib/x86_64-linux-gnu",
        "/usr/lib/aarch64-linux-gnu",
    ];

    private static readonly EnumerationOptions Deep = new() { RecurseSubdirectories = true, IgnoreInaccessible = true };

    public static IReadOnlyList<Need> All { get; } =
    [
        new("the PostgreSQL server", "postgres", "postgresql", () => PostgresPrograms() is not null),
        new("GnuPG", "gnupg", "gnupg", () => Shell.Knows("gpg")),
        new("Sequoia's sqop", "gnupg", "sqop", () => Shell.Knows("sqop")),
        new("Sequoia's sq", "gnupg", "sq", () => Shell.Knows("sq")),
        new("rnp", "gnupg", "rnp", () => Shell.Knows("rnp") && Shell.Knows("rnpkeys")),
        new("Python", "python", "python3", () => Shell.Knows("python3")),
        new("Chromium", "browser", "chromium", () => Shell.Knows("chromium")),
        new("a font for Arabic", "browser", "fonts-noto-core", () => HasFont("NotoSansArabic-Regular.*")),
        new("a font for Chinese", "browser", "fonts-noto-cjk", () => HasFont("NotoSansCJK-Regular.*")),
        new("pdftoppm", "browser", "poppler-utils", () => Shell.Knows("pdftoppm")),
        new("msgfmt", "gettext", "gettext", () => Shell.Knows("msgfmt")),
        new("faketime", "faketime", "faketime", () => Shell.Knows("faketime")),
        new("xmllint", "xmllint", "libxml2-utils", () => Shell.Knows("xmllint")),
        new("Node.js", NodeModules.Group, "nodejs", () => Shell.Knows("node")),
        new("npm", NodeModules.Group, "npm", () => Shell.Knows("npm")),
        new("a linker", "native", "gcc", () => Shell.Knows("gcc") || Shell.Knows("clang")),
        new("the C library to link with", "native", "libc6-dev", () => LibraryFolders.Any(Holds("crt1.o"))),
        new("zlib to link with", "native", "zlib1g-dev", () => LibraryFolders.Any(Holds("libz.so"))),
    ];

    /// <summary>`mail` is known already, so that scripts need not change when the mail servers come.</summary>
    public static IReadOnlyList<string> Groups { get; } =
    [.. All.Select(n => n.Group).Append("mail").Distinct(StringComparer.Ordinal)];

    /// <summary>The folder of initdb and postgres, which Debian keeps off the PATH; the newest version wins.</summary>
    public static string? PostgresPrograms()
    {
        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .EnumerateDirectories("/usr/lib/postgresql")
                .OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var version) ? version : 0)
                .Select(d => Path.Combine(d, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return debian
            .Concat(path)
            .FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "postgres")));
    }

    private static Func<string, bool> Holds(string file) => folder => File.Exists(Path.Combine(folder, file));

    private static bool HasFont(string pattern) =>
        FontFolders.Any(d => Directory.Exists(d) && Directory.EnumerateFiles(d, pattern, Deep).Any());
}
