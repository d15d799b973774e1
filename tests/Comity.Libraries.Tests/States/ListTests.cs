using Comity.States;

namespace Comity.Libraries.Tests.States;

public sealed class ListTests
{
    private static readonly string[] Continents = ["002", "009", "019", "142", "150"];

    [Fact]
    public void There_are_193_Member_States_and_two_observer_States()
    {
        Assert.Equal(193, ListOfStates.All.Count(s => s.Membership == Membership.Member));
        Assert.Equal(
            ["PS", "VA"],
            ListOfStates.All.Where(s => s.Membership == Membership.Observer).Select(s => s.Alpha2)
        );
        Assert.Equal(195, ListOfStates.All.Count);
    }

    [Fact]
    public void Every_code_and_number_is_well_formed_and_of_one_State()
    {
        Assert.All(ListOfStates.All, s => Assert.Matches("^[A-Z]{2}$", s.Alpha2));
        Assert.All(ListOfStates.All, s => Assert.Matches("^[A-Z]{3}$", s.Alpha3));
        Assert.All(ListOfStates.All, s => Assert.Matches("^[0-9]{3}$", s.Number));
        Assert.Equal(195, ListOfStates.All.Select(s => s.Alpha2).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(195, ListOfStates.All.Select(s => s.Alpha3).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(195, ListOfStates.All.Select(s => s.Number).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("CH", "756")]
    [InlineData("che", "756")]
    [InlineData("Bo", "068")]
    [InlineData("PSE", "275")]
    public void A_State_is_found_by_either_code(string code, string number) =>
        Assert.Equal(number, ListOfStates.Find(code)?.Number);

    /// <summary>Codes of no State: what is invented here, what has ceased to exist, what is no State, and no code.</summary>
    [Theory]
    [InlineData("QM")]
    [InlineData("SU")]
    [InlineData("AQ")]
    [InlineData("EU")]
    [InlineData("756")]
    [InlineData("")]
    [InlineData(null)]
    public void Whatever_no_State_has_as_its_code_finds_none(string? code) => Assert.Null(ListOfStates.Find(code));

    [Fact]
    public void Every_State_has_a_region_and_a_sub_region_within_it()
    {
        Assert.Equal(Continents, ListOfStates.Regions.Where(r => r.Within is null).Select(r => r.Number).Order());
        foreach (var state in ListOfStates.All)
        {
            Assert.Contains(state.Region.Number, Continents);
            Assert.Same(state.Region, state.SubRegion.Within);
            if (state.IntermediateRegion is { } between)
                Assert.Same(state.SubRegion, between.Within);
        }
    }

    [Theory]
    [InlineData("KE", "002", "202", "014")]
    [InlineData("EG", "002", "015", null)]
    [InlineData("UY", "019", "419", "005")]
    [InlineData("CA", "019", "021", null)]
    [InlineData("JP", "142", "030", null)]
    [InlineData("VA", "150", "039", null)]
    [InlineData("TV", "009", "061", null)]
    public void A_State_stands_in_the_regions_of_the_standard(string code, string region, string sub, string? between)
    {
        var state = ListOfStates.Find(code)!;
        Assert.Equal(
            (region, sub, between),
            (state.Region.Number, state.SubRegion.Number, state.IntermediateRegion?.Number)
        );
    }

    [Fact]
    public void A_language_that_is_none_of_the_six_is_refused()
    {
        Assert.Equal(["ar", "zh", "en", "fr", "ru", "es"], ListOfStates.Languages);
        Assert.Throws<ArgumentException>(() => ListOfStates.InOrderOf("de"));
        Assert.Throws<ArgumentException>(() => ListOfStates.Find("DE")!.ShortName("de"));
        Assert.Throws<ArgumentException>(() => ListOfStates.Regions[0].Name("EN"));
    }
}
