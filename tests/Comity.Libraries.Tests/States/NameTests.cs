using System.Text;
using Comity.States;

namespace Comity.Libraries.Tests.States;

public sealed class NameTests
{
    /// <summary>What a name may hold beside letters of its script.</summary>
    private const string Marks = " -()'—";

    public static TheoryData<string> Languages => [.. ListOfStates.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_name_is_there_in_the_script_of_its_language(string language) =>
        Assert.Empty(
            Names(language)
                .Where(n => n.Length == 0 || !n.EnumerateRunes().All(r => Belongs(r, language)))
                .Select(n => $"{language}: \"{n}\"")
        );

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_name_is_in_its_composed_form_with_single_spaces_inside_only(string language) =>
        Assert.Empty(
            Names(language)
                .Where(n =>
                    !n.IsNormalized(NormalizationForm.FormC)
                    || n != n.Trim()
                    || n.Contains("  ", StringComparison.Ordinal)
                    || n.Count(c => c == '(') != n.Count(c => c == ')')
                )
                .Select(n => $"{language}: \"{n}\"")
        );

    [Theory]
    [MemberData(nameof(Languages))]
    public void No_two_States_have_the_same_name(string language)
    {
        Assert.Equal(195, ListOfStates.All.Select(s => s.ShortName(language)).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(
            195,
            ListOfStates.All.Select(s => s.FormalName(language)).Distinct(StringComparer.Ordinal).Count()
        );
    }

    /// <summary>The article that the lists of the United Nations add is no part of a name.</summary>
    [Theory]
    [InlineData("en", "the ")]
    [InlineData("fr", "le ", "la ", "les ", "l'")]
    [InlineData("es", "el ", "la ", "los ", "las ")]
    public void No_name_begins_or_ends_with_an_article(string language, params string[] articles) =>
        Assert.DoesNotContain(
            Names(language),
            n =>
                articles.Any(a =>
                    n.StartsWith(a, StringComparison.Ordinal)
                    || n.EndsWith($"({a.Trim()})", StringComparison.OrdinalIgnoreCase)
                )
        );

    [Theory]
    [InlineData("BO", "en", "Bolivia (Plurinational State of)")]
    [InlineData("CI", "en", "Côte d'Ivoire")]
    [InlineData("CI", "es", "Côte d'Ivoire")]
    [InlineData("CZ", "fr", "Tchéquie")]
    [InlineData("GB", "en", "United Kingdom of Great Britain and Northern Ireland")]
    [InlineData("GM", "en", "Gambia")]
    [InlineData("KP", "en", "Democratic People's Republic of Korea")]
    [InlineData("KR", "zh", "大韩民国")]
    [InlineData("LA", "ru", "Лаосская Народно-Демократическая Республика")]
    [InlineData("MK", "ar", "مقدونيا الشمالية")]
    [InlineData("NL", "fr", "Pays-Bas (Royaume des)")]
    [InlineData("NR", "en", "Naoero")]
    [InlineData("PS", "es", "Estado de Palestina")]
    [InlineData("RU", "en", "Russian Federation")]
    [InlineData("SY", "ar", "الجمهورية العربية السورية")]
    [InlineData("SZ", "ru", "Эсватини")]
    [InlineData("TR", "en", "Türkiye")]
    [InlineData("US", "zh", "美利坚合众国")]
    [InlineData("VE", "es", "Venezuela (República Bolivariana de)")]
    [InlineData("VN", "fr", "Viet Nam")]
    public void A_short_name_is_the_one_of_the_United_Nations(string code, string language, string name) =>
        Assert.Equal(name, ListOfStates.Find(code)!.ShortName(language));

    [Theory]
    [InlineData("CH", "fr", "Confédération suisse")]
    [InlineData("DZ", "ar", "الجمهورية الجزائرية الديمقراطية الشعبية")]
    [InlineData("ES", "es", "Reino de España")]
    [InlineData("FR", "zh", "法兰西共和国")]
    [InlineData("GM", "en", "Republic of the Gambia")]
    [InlineData("ZA", "ru", "Южно-Африканская Республика")]
    public void A_formal_name_is_the_one_of_the_United_Nations(string code, string language, string name) =>
        Assert.Equal(name, ListOfStates.Find(code)!.FormalName(language));

    private static IEnumerable<string> Names(string language) =>
        ListOfStates
            .All.SelectMany(s => new[] { s.ShortName(language), s.FormalName(language) })
            .Concat(ListOfStates.Regions.Select(r => r.Name(language)));

    /// <summary>Neither control characters nor marks of direction belong; whoever shows a name isolates it.</summary>
    private static bool Belongs(Rune rune, string language) =>
        Marks.Contains(rune.ToString(), StringComparison.Ordinal)
        || (
            Rune.IsLetter(rune)
            && language switch
            {
                "ar" => rune.Value is >= 0x0621 and <= 0x064A,
                "zh" => rune.Value is >= 0x4E00 and <= 0x9FFF,
                "ru" => rune.Value is >= 0x0410 and <= 0x044F,
                _ => rune.Value is < 0x0250 and not 'ª' and not 'º',
            }
        );
}
