using System.Globalization;
using System.Text.Json;
using Comity.States;

namespace Comity.Libraries.Tests.States;

/// <summary>What people reviewed, what the program reads and what the document says are the same.</summary>
public sealed class ReviewTests
{
    private static readonly string Overrides = Read("eng/states/overrides.json");
    private static readonly string Document = Read("docs/states.md");

    [Fact]
    public void Every_reviewed_name_stands_in_the_list_and_in_the_document_with_what_is_known_of_it()
    {
        using var review = JsonDocument.Parse(Overrides);
        var names = review.RootElement.GetProperty("names").EnumerateArray().ToList();
        Assert.NotEmpty(names);
        foreach (var name in names)
        {
            var (code, language, form) = (Text(name, "state"), Text(name, "language"), Text(name, "form"));
            var state = ListOfStates.Find(code)!;
            var listed = form == "short" ? state.ShortName(language) : state.FormalName(language);
            Assert.Equal(Text(name, "name"), listed);
            var verified = name.GetProperty("verified").GetBoolean();
            Assert.Contains(
                $"| {form} | {listed} | `{Text(name, "source")}` | {(verified ? "yes" : "**no**")} |",
                Document,
                StringComparison.Ordinal
            );
            if (!verified)
                Assert.Contains(Text(name, "note"), Document, StringComparison.Ordinal);
        }
    }

    /// <summary>Verified means that it was read somewhere, and the document says where.</summary>
    [Fact]
    public void What_is_verified_names_a_record()
    {
        using var review = JsonDocument.Parse(Overrides);
        var sources = review.RootElement.GetProperty("sources");
        foreach (var name in review.RootElement.GetProperty("names").EnumerateArray())
        {
            var source = Text(name, "source");
            Assert.True(sources.TryGetProperty(source, out _), source);
            Assert.False(name.GetProperty("verified").GetBoolean() && source == "none", name.ToString());
        }
    }

    /// <summary>Whoever shows a name can say what the document says of it.</summary>
    [Fact]
    public void What_is_not_verified_is_known_as_that_with_its_note()
    {
        using var review = JsonDocument.Parse(Overrides);
        var open = review
            .RootElement.GetProperty("names")
            .EnumerateArray()
            .Where(n => !n.GetProperty("verified").GetBoolean())
            .Select(n => $"{Text(n, "state")} {Text(n, "language")} {Text(n, "form")} {Text(n, "note")}")
            .Order(StringComparer.Ordinal);
        var listed = ListOfStates
            .All.SelectMany(s => s.Unverified, (s, n) => $"{s} {n.Language} {Word(n.Form)} {n.Known}")
            .Order(StringComparer.Ordinal);
        Assert.Equal(open, listed);
        Assert.False(ListOfStates.Find("IS")!.IsVerified("en", NameForm.FormalName));
        Assert.True(ListOfStates.Find("IS")!.IsVerified("en", NameForm.ShortName));
    }

    [Fact]
    public void The_list_says_as_of_when_it_was_reviewed()
    {
        using var review = JsonDocument.Parse(Overrides);
        Assert.Equal(
            Text(review.RootElement, "asOf"),
            ListOfStates.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        );
        Assert.Contains($"As of **{ListOfStates.AsOf:yyyy-MM-dd}**", Document, StringComparison.Ordinal);
    }

    private static string Word(NameForm form) => form == NameForm.ShortName ? "short" : "formal";

    private static string Text(JsonElement item, string member) => item.GetProperty(member).GetString()!;

    private static string Read(string name) => File.ReadAllText(Path.Combine(Stix.Bundles.Root(), name));
}
