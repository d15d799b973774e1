using System.Text.RegularExpressions;

namespace Comity.App.Tests.Architecture;

public sealed partial class SourceTests
{
    // Put together, so that this file does not find itself.
    private const string Suppression = "Suppress" + "Message(";
    private const string Pragma = "#pragma warning" + " disable";

    private static readonly string[] Code = ["src", "tests", "eng", "perf"];

    [Fact]
    public void No_name_is_a_catch_all() =>
        House.HasNone(
            from file in House.Read(Code, ".cs", ".razor", ".js", ".css")
            from name in file
                .Name.Split('/', '.')
                .Concat(TypeName().Matches(file.Text).Select(m => m.Groups["name"].Value))
            where CatchAll().IsMatch(name) && name != "DirectoryManager"
            select $"{file.Name}: \"{name}\" says nothing of what it holds"
        );

    [Fact]
    public void Every_suppression_has_its_reason() =>
        House.HasNone(
            from file in House.Read(Code, ".cs", ".razor")
            from line in file.Lines
            where line.Text.Contains(Pragma, StringComparison.Ordinal) || IsBareSuppression(file, line.Number)
            select $"{file.At(line.Number)}: suppress by the attribute, with its Justification"
        );

    [Theory]
    [InlineData(".editorconfig", "severity = none", "#")]
    [InlineData("Directory.Build.props", "<NoWarn>", "<!--")]
    public void Every_rule_that_is_switched_off_says_why(string name, string mark, string comment)
    {
        var lines = File.ReadAllLines(House.Repository.At(name));
        House.HasNone(
            from number in Enumerable.Range(1, lines.Length - 1)
            where lines[number].Contains(mark, StringComparison.Ordinal)
            // A run of such lines shares the comment above it; a section of the tests says why in its name.
            let above = lines.Take(number).Reverse().First(l => !l.Contains(mark, StringComparison.Ordinal)).Trim()
            where
                !above.StartsWith(comment, StringComparison.Ordinal)
                && !above.StartsWith("[tests/", StringComparison.Ordinal)
            select new SourceText(name, "").At(number + 1) + ": " + lines[number].Trim()
        );
    }

    [Fact]
    public void Partial_is_for_generators_only() =>
        House.HasNone(
            from file in House.Read(["src", "eng", "perf"], ".cs")
            where PartialType().IsMatch(file.Text) && !Generator().IsMatch(file.Text)
            select $"{file.Name} is partial without a generator that asks for it"
        );

    [Fact]
    public void Nothing_is_left_for_later()
    {
        // Put together here, so that this file does not find itself.
        var marks = new[] { "TO" + "DO", "FIX" + "ME", "HA" + "CK", "NotImplemented" + "Exception" };
        House.HasNone(
            from file in House.Read(
                [.. Code, "docs"],
                ".cs",
                ".razor",
                ".css",
                ".js",
                ".md",
                ".sh",
                ".csproj",
                ".props"
            )
            from line in file.Lines
            from mark in marks
            where Regex.IsMatch(line.Text, $@"\b{mark}\b", RegexOptions.None, TimeSpan.FromSeconds(1))
            select $"{file.At(line.Number)}: {mark}; file an issue"
        );
    }

    [Fact]
    public void The_filter_on_what_a_viewer_may_see_is_not_walked_around() =>
        House.HasNone(
            from file in House.Read(["src/Modules", "src/Comity.Node", "src/Comity.Ui"], ".cs", ".razor")
            from line in file.Lines
            where PastTheFilter().IsMatch(line.Text)
            select $"{file.At(line.Number)}: {line.Text.Trim()}"
        );

    [Fact]
    public async Task Sources_are_laid_out_by_the_formatter()
    {
        await Foreign.RunAsync("dotnet", "tool", "restore");
        var (code, said) = await Foreign.RunAsync("dotnet", "csharpier", "check", ".");
        Assert.True(code == 0, $"`./comity fmt` mends this:\n{said}");
    }

    /// <summary>The attribute may go over several lines; its reason then stands on one of the next.</summary>
    private static bool IsBareSuppression(SourceText file, int number)
    {
        var lines = file.Text.Split('\n');
        if (!lines[number - 1].Contains(Suppression, StringComparison.Ordinal))
        {
            return false;
        }

        return !JustificationWithWords().IsMatch(string.Join('\n', lines.Skip(number - 1).Take(8)));
    }

    [GeneratedRegex(@"\b(class|record|struct|interface|enum) (?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TypeName();

    [GeneratedRegex(
        "^(?:Helpers?|Utils?|Utility|Utilities|Common|Misc|.*Manager|.*Helpers?|.*Utils|.*Utilities)$",
        RegexOptions.None,
        1000
    )]
    private static partial Regex CatchAll();

    [GeneratedRegex(
        @"^\s*(\w+ )*partial (class|record|struct|interface)\b",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex PartialType();

    [GeneratedRegex(
        @"\[GeneratedRegex\(|\[LoggerMessage\(|JsonSerializerContext|\[LibraryImport\(",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Generator();

    [GeneratedRegex(
        @"IgnoreQueryFilters|FromSql|ExecuteSql|SqlQuery|AddDbContextPool|AddPooledDbContext|\b[dD]b\.(Attach|Update)(Range)?\(|\.Set<\w+>\(\)\.(Attach|Update)(Range)?\(",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex PastTheFilter();

    [GeneratedRegex("Justification\\s*=\\s*\"[^\"]{10,}", RegexOptions.None, 1000)]
    private static partial Regex JustificationWithWords();
}
