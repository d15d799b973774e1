using System.Text.RegularExpressions;

namespace Comity.App.Tests.Architecture;

public sealed partial class WordTests
{
    private static readonly IReadOnlyList<SourceText> Written =
    [
        .. House
            .Read(
                ["src", "tests", "eng", "docs", "perf", ".ci"],
                ".cs",
                ".razor",
                ".css",
                ".js",
                ".md",
                ".po",
                ".json",
                ".props",
                ".csproj",
                ".patch",
                ""
            )
            .Where(f => f.FileName != "packages.lock.json"),
        .. new[] { "README.md", "comity", "CONTRIBUTING.md" }
            .Select(n => House.Repository.At(n))
            .Where(File.Exists)
            .Select(p => new SourceText(House.Repository.Name(p), File.ReadAllText(p))),
    ];

    [Fact]
    public void No_file_names_a_place_on_somebodys_machine() =>
        House.HasNone(
            from file in Written
            from line in file.Lines
            where MachinePath().IsMatch(line.Text)
            select $"{file.At(line.Number)}: {line.Text.Trim()}"
        );

    /// <summary>All of it is voluntary; the field's words say so.</summary>
    [Fact]
    public void No_file_uses_a_word_that_the_field_does_not_use()
    {
        var words = new[] { "compli" + "ance", "act of " + "State" };
        House.HasNone(
            from file in Written
            from line in file.Lines
            from word in words
            // In whole words: what a foreign library calls its own things is not ours to change.
            where Regex.IsMatch(line.Text, $@"\b{word}\b", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1))
            select $"{file.At(line.Number)}: \"{word}\""
        );
    }

    [Fact]
    public void Links_between_the_documents_lead_somewhere() =>
        House.HasNone(
            from file in Written
            where file.Name.EndsWith(".md", StringComparison.Ordinal)
            from Match link in MarkdownLink().Matches(file.Text)
            let target = link.Groups["target"].Value
            let path = House.Repository.At(Path.GetDirectoryName(file.Name) ?? "", target)
            where !File.Exists(path) && !System.IO.Directory.Exists(path)
            select $"{file.Name}: {target}"
        );

    [GeneratedRegex(
        @"(?<![\w.~])/(w[o]rk|r[o]ot|h[o]me|t[m]p|Us[e]rs)/|[A-Z]:\\Us[e]rs",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\]\((?!https?:|mailto:|#)(?<target>[^)#\s]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MarkdownLink();
}
