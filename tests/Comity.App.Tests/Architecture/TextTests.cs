using Comity.Eng;
using Comity.Tests;

namespace Comity.App.Tests.Architecture;

public sealed class TextTests
{
    private static readonly IReadOnlyList<Catalogue> Catalogues = Catalogue.All(House.Repository);
    private static readonly IReadOnlyList<Wording> Everywhere = [.. Catalogues.SelectMany(c => c.Wordings)];

    [Theory]
    [InlineData("ar")]
    [InlineData("es")]
    [InlineData("fr")]
    [InlineData("ru")]
    [InlineData("zh")]
    public void Every_text_is_said_in_the_language_and_nothing_else_is(string language) =>
        House.HasNone(
            Catalogues.SelectMany(c =>
                c.Faults(House.Repository, language, Catalogue.Shared(House.Repository, language), Everywhere)
            )
        );

    [Fact]
    public async Task Msgfmt_finds_no_fault_in_any_catalogue()
    {
        var msgfmt = Needs.Program("msgfmt", "gettext");
        var faults = new List<string>();
        foreach (var file in House.Repository.Files("src", ".po"))
        {
            var (code, said) = await Foreign.RunAsync(msgfmt, "-c", "-o", "/dev/null", file);
            if (code != 0 || said.Length > 0)
            {
                faults.Add(said);
            }
        }

        House.HasNone(faults);
    }

    [Fact]
    public void The_harvest_finds_each_way_of_saying_a_text()
    {
        const string source = """
            @Texts.T("A {place}", ("place", 1)) @T("in " + "pieces") @TC("key", "usable")
            @N("{n} day", "{n} days", 3) Problem.Refused("a.code", "Refused.") new Problem(ProblemKind.NotNow, "a.b", "Later.")
            new Place("Desk", "/desk") [Required(ErrorMessage = "Needed.")] const string Old = /* T */ "Said \"elsewhere\".";
            /// <c>T("not this")</c>
            Text("nor this") GET("nor that")
            """;

        var found = Harvest.In("a.razor", source).Select(w => (w.Context, w.Id, w.Plural));

        Assert.Equal(
            [
                (null, "A {place}", null),
                (null, "in pieces", null),
                ("key", "usable", null),
                (null, "{n} day", "{n} days"),
                (null, "Refused.", null),
                (null, "Later.", null),
                (null, "Desk", null),
                (null, "Needed.", null),
                (null, "Said \"elsewhere\".", null),
            ],
            found
        );
    }
}
