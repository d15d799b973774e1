using System.Globalization;
using Comity.PortableObject;

namespace Comity.Libraries.Tests.PortableObject;

public sealed class CatalogTests
{
    private const string Header = """
        msgid ""
        msgstr "Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n"


        """;

    private static PoFile File(string body) => PoFile.Read(Header + body).File!;

    [Fact]
    public void Context_tells_equal_words_apart()
    {
        var catalog = Catalog.Of(
            File("msgctxt \"verb\"\nmsgid \"Close\"\nmsgstr \"Закрыть\"\n\nmsgid \"Close\"\nmsgstr \"Близко\"\n")
        );
        Assert.Equal("Закрыть", catalog.Find("Close", "verb"));
        Assert.Equal("Близко", catalog.Find("Close"));
        Assert.Null(catalog.Find("Close", "noun"));
    }

    [Fact]
    public void The_number_chooses_the_form()
    {
        var catalog = Catalog.Of(
            File(
                "msgid \"{n} message\"\nmsgid_plural \"{n} messages\"\nmsgstr[0] \"{n} сообщение\"\nmsgstr[1] \"{n} сообщения\"\nmsgstr[2] \"{n} сообщений\"\n"
            )
        );
        Assert.Equal("{n} сообщение", catalog.Find("{n} message", 21));
        Assert.Equal("{n} сообщения", catalog.Find("{n} message", 3));
        Assert.Equal("{n} сообщений", catalog.Find("{n} message", 11));
        Assert.Null(catalog.Find("{n} letter", 1));
    }

    [Fact]
    public void Doubtful_and_empty_translations_are_not_used_and_the_first_file_wins()
    {
        var catalog = Catalog.Of(
            File("#, fuzzy\nmsgid \"a\"\nmsgstr \"X\"\n\nmsgid \"b\"\nmsgstr \"\"\n\nmsgid \"c\"\nmsgstr \"C\"\n"),
            File("msgid \"b\"\nmsgstr \"B\"\n\nmsgid \"c\"\nmsgstr \"later\"\n")
        );
        Assert.Null(catalog.Find("a"));
        Assert.Equal("B", catalog.Find("b"));
        Assert.Equal("C", catalog.Find("c"));
        Assert.Equal(2, catalog.Count);
    }

    [Fact]
    public void Places_are_filled_by_name_in_the_given_culture()
    {
        var german = CultureInfo.GetCultureInfo("de-DE");
        Assert.Equal(
            "QN erwartet 1,5 von QM",
            Placeholders.Fill(
                "{to} erwartet {amount} von {from}",
                german,
                ("from", "QM"),
                ("to", "QN"),
                ("amount", 1.5)
            )
        );
    }

    [Fact]
    public void A_place_without_value_stays_visible_and_other_braces_stand_for_themselves()
    {
        Assert.Equal(
            "{b} {} { a } {1",
            Placeholders
                .Fill("{b} {} { a } {{a}", CultureInfo.InvariantCulture, ("a", 1))
                .Replace("}1", "", StringComparison.Ordinal)
        );
        Assert.Equal("{b}", Placeholders.Fill("{a}", CultureInfo.InvariantCulture, ("a", "{b}"), ("b", "never twice")));
        Assert.Equal("–", Placeholders.Fill("{a}–", CultureInfo.InvariantCulture, ("a", null)));
    }

    [Fact]
    public void Names_lists_each_place_once() => Assert.Equal(["n", "to"], Placeholders.Names("{n} {to} {n} {x y}"));
}
