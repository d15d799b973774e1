namespace Comity.Eng;

/// <summary>One way to break the product, and the tests that must see it.</summary>
internal sealed record SabotagePatch(string Path, string Breaks, string Project, IReadOnlyList<string> Expects)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>What the head lacks; empty when it is complete.</summary>
    public string Fault =>
        Breaks.Length == 0 ? "its head says not what it breaks"
        : Project.Length == 0 ? "its head names no test project"
        : Expects.Count == 0 ? "its head names no test"
        : "";

    public static SabotagePatch Read(string path)
    {
        var head = File.ReadLines(path).TakeWhile(l => !l.StartsWith("diff --git", StringComparison.Ordinal)).ToList();
        return new SabotagePatch(
            path,
            Said(head, "# Breaks:").FirstOrDefault() ?? "",
            Said(head, "# project:").FirstOrDefault() ?? "",
            [.. Said(head, "# expects:")]
        );
    }

    private static IEnumerable<string> Said(IEnumerable<string> head, string mark) =>
        head.Where(l => l.StartsWith(mark, StringComparison.OrdinalIgnoreCase)).Select(l => l[mark.Length..].Trim());
}
