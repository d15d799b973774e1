using Comity.States;

namespace Comity.Libraries.Tests.States;

public sealed class SearchTests
{
    [Theory]
    [InlineData("cote d'ivoire", "CI")]
    [InlineData("CÔTE D’IVOIRE", "CI")]
    [InlineData("ivoire", "CI")]
    [InlineData("turkiye", "TR")]
    [InlineData("mexico", "MX")]
    [InlineData("espana", "ES")]
    [InlineData("Испания", "ES")]
    [InlineData("西班牙", "ES")]
    [InlineData("بوركينا فاسو", "BF")]
    [InlineData("روسي", "RU")]
    [InlineData("اثيوبيا", "ET")]
    [InlineData("che", "CH")]
    [InlineData("756", "CH")]
    [InlineData("  oman ", "OM")]
    [InlineData("ｅｓｔｏｎｉａ", "EE")]
    [InlineData("republic korea democratic", "KP")]
    public void A_State_is_found_by_what_people_type(string text, string code) =>
        Assert.Contains(code, ListOfStates.Search(text).Select(s => s.Alpha2));

    [Theory]
    [InlineData("oman", "OM")]
    [InlineData("mali", "ML")]
    [InlineData("Нигер", "NE", "NG")]
    [InlineData("冰岛", "IS")]
    [InlineData("kor", "KP", "KR")]
    public void Only_the_beginning_of_a_word_counts(string text, params string[] codes) =>
        Assert.Equal(codes, ListOfStates.Search(text).Select(s => s.Alpha2));

    [Theory]
    [InlineData("")]
    [InlineData("  -- ' ")]
    [InlineData("QM")]
    [InlineData("Atlantis")]
    [InlineData("\uD800")]
    [InlineData("\uFFFE\uFFFF")]
    [InlineData("\u0301")]
    public void What_no_State_is_called_finds_none(string text) => Assert.Empty(ListOfStates.Search(text));

    [Fact]
    public void Every_State_is_found_by_each_of_its_names_and_codes() =>
        Assert.Empty(
            from state in ListOfStates.All
            from text in ListOfStates
                .Languages.SelectMany(l => new[] { state.ShortName(l), state.FormalName(l) })
                .Append(state.Alpha2)
                .Append(state.Alpha3)
                .Append(state.Number)
            where !ListOfStates.Search(text).Contains(state)
            select $"{state}: {text}"
        );

    [Fact]
    public void What_is_longer_than_every_name_finds_none() =>
        Assert.Empty(ListOfStates.Search("Chad" + new string(' ', 100)));
}
