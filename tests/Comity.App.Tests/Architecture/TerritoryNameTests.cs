using System.Buffers;
using System.Text.RegularExpressions;
using Comity.States;

namespace Comity.App.Tests.Architecture;

/// <summary>
/// Names of States come from the reviewed list of Comity.States (docs/states.md) and from nowhere else: not from the
/// runtime, not from the browser, not from a package, not from a second list.
/// </summary>
public sealed partial class TerritoryNameTests
{
    /// <summary>Real text may name a State or two in passing; whoever names more keeps a list.</summary>
    private const int InPassing = 5;

    private static readonly string[] Lists = ["src/Libraries/Comity.States/states.json"];

    private static readonly string[] Banned =
    [
        "T:System.Globalization.RegionInfo",
        "P:System.Globalization.CultureInfo.DisplayName",
        "P:System.Globalization.CultureInfo.EnglishName",
        "P:System.Globalization.CultureInfo.NativeName",
        "P:System.TimeZoneInfo.DisplayName",
        "M:System.TimeZoneInfo.GetSystemTimeZones",
    ];

    /// <summary>It looks for the names of a code in the text of a report, in order to leave them out; it shows none.</summary>
    private static readonly string[] Excused = ["src/Libraries/Comity.Stix/Names/Naming.cs"];

    [Fact]
    public void The_runtime_is_not_asked_for_names_of_territories()
    {
        var lines = File.ReadAllLines(House.Repository.At("BannedSymbols.txt"));
        House.HasNone([
            .. Banned
                .Where(b => !lines.Any(l => l.StartsWith($"{b};", StringComparison.Ordinal)))
                .Select(b => $"BannedSymbols.txt lacks {b}"),
            .. House
                .Read(["src"], ".cs", ".razor")
                .Where(f => f.Text.Contains("RegionInfo", StringComparison.Ordinal))
                .Select(f => f.Name)
                .Except(Excused, StringComparer.Ordinal)
                .Select(n => $"{n} asks RegionInfo"),
        ]);
    }

    [Fact]
    public void No_file_but_the_reviewed_one_holds_a_list_of_States() =>
        House.HasNone(
            from file in House.Read(
                ["src"],
                ".cs",
                ".razor",
                ".js",
                ".json",
                ".po",
                ".csv",
                ".tsv",
                ".txt",
                ".xml",
                ".resx",
                ".yaml",
                ".yml"
            )
            where !Lists.Contains(file.Name, StringComparer.Ordinal)
            let named = Named(file.Text)
            where named.Count > InPassing
            select $"{file.Name} names {named.Count} States: {string.Join(", ", named.Order(StringComparer.Ordinal))}"
        );

    [Fact]
    public void A_list_of_States_in_any_language_is_found()
    {
        Assert.All(
            ListOfStates.Languages,
            l =>
                Assert.True(Named(string.Join(';', ListOfStates.All.Take(9).Select(s => s.ShortName(l)))).Count == 9, l)
        );
        Assert.Empty(Named("Nigeriana; Omanisch; superCuban"));
    }

    [Fact]
    public void No_page_asks_the_browser_for_names_and_nothing_shows_a_flag() =>
        House.HasNone(
            from file in House.Read(["src"], ".cs", ".razor", ".js", ".json", ".po", ".css")
            from line in file.Lines
            where NameOrFlag().IsMatch(line.Text)
            select $"{file.At(line.Number)}: {line.Text.Trim()}"
        );

    [Fact]
    public void No_package_brings_names_of_territories() =>
        House.HasNone(
            from project in Project.All
            from package in project.Packages
            where Geography().IsMatch(package)
            select $"{project.Name} refers to {package}"
        );

    /// <summary>The States whose short names stand in a text in any of the six languages, as words of their own.</summary>
    private static HashSet<string> Named(string text)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; text.AsSpan(at).IndexOfAny(Names.Any) is var next and >= 0; at++)
        {
            at += next;
            foreach (var (name, code) in Names.ByFirst[text[at]])
            {
                if (text.AsSpan(at).StartsWith(name, StringComparison.Ordinal) && IsWord(text, at, name))
                    found.Add(code);
            }
        }

        return found;
    }

    /// <summary>Chinese has no gaps between words.</summary>
    private static bool IsWord(string text, int at, string name) =>
        name[0] >= '\u4E00'
        || (
            (at == 0 || !char.IsLetter(text[at - 1]))
            && (at + name.Length == text.Length || !char.IsLetter(text[at + name.Length]))
        );

    [GeneratedRegex(@"Intl\.DisplayNames|\uD83C[\uDDE6-\uDDFF]", RegexOptions.None, 1000)]
    private static partial Regex NameOrFlag();

    [GeneratedRegex(
        @"countr(y|ies)|iso\W?3166|territor|geonames|geolite|maxmind|\bcldr|nodatime|\bicu4",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Geography();

    private static class Names
    {
        private static readonly (string Name, string Code)[] All =
        [
            .. ListOfStates
                .All.SelectMany(s => ListOfStates.Languages.Select(l => (s.ShortName(l), s.Alpha2)))
                .Distinct(),
        ];

        public static readonly SearchValues<string> Any = SearchValues.Create(
            [.. All.Select(n => n.Name)],
            StringComparison.Ordinal
        );

        public static readonly ILookup<char, (string Name, string Code)> ByFirst = All.ToLookup(n => n.Name[0]);
    }
}
