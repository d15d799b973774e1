using Comity.Eng;

namespace Comity.App.Tests.Architecture;

/// <summary>A document that names a test claims that something holds; so the test must be there.</summary>
public sealed class NamedTestTests
{
    private const string Security = "docs/security.md";

    [Fact]
    public void Every_threat_names_what_is_done_and_a_test_that_exists()
    {
        var rows = Threats(File.ReadAllText(House.Repository.At(Security))).ToList();
        Assert.NotEmpty(rows);
        House.HasNone(
            from row in rows
            let fault = row is not [_, { Length: > 0 }, var tests] ? "needs a threat, what is done, and a test"
            : TraceTable.Names(tests) is not { Count: > 0 } named ? "names no test"
            : Unknown(named)
            where fault.Length > 0
            select $"{Security}, \"{row[0]}\": {fault}"
        );
    }

    [Fact]
    public void Every_row_of_the_report_names_tests_that_exist() =>
        House.HasNone(
            from row in TraceTable.Read(File.ReadAllText(House.Repository.At("docs", "trace.md")))
            from name in row.Tests
            where !WrittenTests.Names.Contains(name)
            select $"docs/trace.md, {row.Id}: there is no test {name}"
        );

    [Fact]
    public void Every_saboteur_expects_tests_that_exist() =>
        House.HasNone(
            from patch in House.Read(["tests/saboteur"], ".patch")
            from line in patch.Lines
            where line.Text.StartsWith("# expects:", StringComparison.Ordinal)
            let name = line.Text["# expects:".Length..].Trim()
            where !name.Contains('*', StringComparison.Ordinal) && !WrittenTests.Names.Contains(name)
            select $"{patch.At(line.Number)}: there is no test {name}"
        );

    [Fact]
    public void A_test_is_found_by_its_class_and_by_its_whole_name_and_only_where_it_is_one()
    {
        var source = new SourceText(
            "a.cs",
            "namespace N.M;\n\npublic sealed class CTests\n{\n    [Theory]\n    [InlineData(1)]\n"
                + "    public async Task It_holds(int a)\n    {\n    }\n\n    public void Not_a_test() { }\n"
        );
        Assert.Equal(["N.M.CTests.It_holds"], WrittenTests.In(source));
        var self = $"{nameof(NamedTestTests)}.{nameof(Every_saboteur_expects_tests_that_exist)}";
        Assert.Equal([$"{typeof(NamedTestTests).Namespace}.{self}"], WrittenTests.Meant(self));
        Assert.Empty(WrittenTests.Meant("NamedTestTests.Every_saboteur"));
    }

    private static string Unknown(IEnumerable<string> named) =>
        string.Join(
            "; ",
            from name in named
            let count = WrittenTests.Meant(name).Count
            where count != 1
            select count == 0 ? $"there is no test {name}" : $"{count} tests are called {name}"
        );

    private static IEnumerable<string[]> Threats(string markdown) =>
        markdown
            .Split("\n## ")
            .Single(s => s.StartsWith("Threats and their tests", StringComparison.Ordinal))
            .Split('\n')
            .Where(l => l.StartsWith('|') && !l.StartsWith("| threat |", StringComparison.Ordinal) && l[1] != '-')
            .Select(l => l.Trim().Trim('|').Split('|').Select(c => c.Trim()).ToArray());
}
