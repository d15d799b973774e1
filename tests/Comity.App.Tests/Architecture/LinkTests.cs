using System.Text.RegularExpressions;

namespace Comity.App.Tests.Architecture;

/// <summary>A reader who follows a link of README or docs/ arrives.</summary>
public sealed partial class LinkTests
{
    private static SourceText Readme => new("README.md", File.ReadAllText(House.Repository.At("README.md")));

    [Fact]
    public void Every_link_of_a_document_leads_to_a_file() =>
        House.HasNone(
            from document in House.Read(["docs"], ".md").Append(Readme)
            from line in document.Lines
            from Match link in Link().Matches(line.Text)
            let target = link.Groups["path"].Value
            let path = Path.Combine(Path.GetDirectoryName(House.Repository.At(document.Name))!, target)
            where !File.Exists(path) && !System.IO.Directory.Exists(path)
            select $"{document.At(line.Number)}: nothing is at {target}"
        );

    [GeneratedRegex(@"\]\((?<path>(?!https?:)[^)#\s]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
