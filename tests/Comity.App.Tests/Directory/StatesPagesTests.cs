using Comity.States;
using Comity.Ui.Languages;
using static Comity.App.Tests.Directory.StatesNode;

namespace Comity.App.Tests.Directory;

public sealed class StatesPagesTests(StatesNode states) : IClassFixture<StatesNode>
{
    /// <summary>Neighbours that another language, or no collation at all, would put elsewhere.</summary>
    [Theory]
    [InlineData("ar", "rtl", "إثيوبيا", "أذربيجان", "الأرجنتين", "الأردن", "أرمينيا", "الكونغو", "الكويت", "اليونان")]
    [InlineData("zh", "ltr", "阿尔巴尼亚", "丹麦", "德国", "东帝汶", "印度", "约旦", "越南", "中国")]
    [InlineData("en", "ltr", "Afghanistan", "Costa Rica", "Côte d'Ivoire", "Croatia", "Türkiye", "Turkmenistan")]
    [InlineData("fr", "ltr", "Égypte", "El Salvador", "Émirats arabes unis", "Équateur", "Érythrée", "Espagne", "Inde")]
    [InlineData("ru", "ltr", "Австралия", "Ирак", "Италия", "Йемен", "Кабо-Верде", "Япония")]
    [InlineData("es", "ltr", "Eslovenia", "España", "Estado de Palestina", "Malí", "Malta", "México", "Panamá")]
    public async Task The_list_stands_in_the_order_of_the_readers_language(
        string language,
        string direction,
        params string[] names
    )
    {
        var page = await states.PageAsync($"/{language}/states");
        var shown = Words(page, "table.states th[scope=row] a:not(.unverified)");
        var places = names.Select(n => shown.IndexOf(n)).ToList();

        Assert.Equal(direction, page.DocumentElement.GetAttribute("dir"));
        Assert.Equal(195, Codes(page).Distinct().Count());
        Assert.Equal(195, shown.Count);
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Theory]
    [InlineData("ar", 22)]
    [InlineData("zh", 0)]
    [InlineData("en", 24)]
    [InlineData("ru", 27)]
    public async Task Each_letter_leads_to_the_States_that_stand_under_it(string language, int letters)
    {
        var page = await states.PageAsync($"/{language}/states");
        var links = page.QuerySelectorAll(".letters a");

        Assert.Equal(letters, links.Length);
        Assert.Equal(letters, page.QuerySelectorAll("tr.group").Length);
        Assert.All(
            links,
            l => Assert.Equal(l.TextContent, page.GetElementById(l.GetAttribute("href")![1..])!.TextContent)
        );
    }

    [Theory]
    [InlineData("/en/states", "guinea", "GQ,GN,GW,PG")]
    [InlineData("/en/states", "西班牙", "ES")]
    [InlineData("/zh/states", "cote+d%27ivoire", "CI")]
    [InlineData("/ar/states", "756", "CH")]
    [InlineData("/en/states/by-region", "КЕНИЯ", "KE")]
    public async Task A_State_is_found_without_script_by_any_of_its_names(string path, string asked, string codes)
    {
        var page = await states.PageAsync($"{path}?q={asked}");
        var form = page.QuerySelector("main form[method=get]")!;

        Assert.Equal(codes.Split(','), Codes(page));
        Assert.Equal(path, form.GetAttribute("action"));
        Assert.Equal(Uri.UnescapeDataString(asked.Replace('+', ' ')), page.QuerySelector("#q")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("Atlantis")]
    [InlineData("\uFFFE")]
    public async Task What_no_State_is_called_is_said_and_stays_as_it_was_typed(string asked)
    {
        var page = await states.PageAsync($"/en/states?q={Uri.EscapeDataString(asked)}");

        Assert.Empty(Codes(page));
        Assert.Empty(page.QuerySelectorAll("main script"));
        Assert.Equal("No State of the list has such a name or code.", page.QuerySelector(".empty-title")!.TextContent);
        Assert.Equal(asked, page.QuerySelector("#q")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Nobody_makes_a_page_larger_than_the_list_by_asking()
    {
        var page = await states.PageAsync($"/en/states?q={new string('x', 8000)}");

        Assert.Equal(100, page.QuerySelector("#q")!.GetAttribute("value")!.Length);
    }

    [Theory]
    [MemberData(nameof(Languages), MemberType = typeof(StatesNode))]
    public async Task Whatever_is_not_verified_is_marked_and_nothing_else_is(string language)
    {
        var page = await states.PageAsync($"/{language}/states");
        var marked = page.QuerySelectorAll("table.states tbody tr:not(.group)")
            .SelectMany(row =>
                row.QuerySelectorAll(".unverified")
                    .Select(m =>
                        (
                            row.QuerySelector(".code")!.TextContent[..2],
                            m.ParentElement!.LocalName == "th" ? NameForm.ShortName : NameForm.FormalName
                        )
                    )
            );
        var open = ListOfStates
            .All.SelectMany(s => s.Unverified, (s, n) => (s.Alpha2, n))
            .Where(n => n.n.Language == language)
            .Select(n => (n.Alpha2, n.n.Form))
            .ToList();

        Assert.NotEmpty(open);
        Assert.Equal(open.Order(), marked.Order());
        var about = page.GetElementById("about")!.TextContent;
        var date = ListOfStates.AsOf.ToDateTime(TimeOnly.MinValue);
        Assert.Contains(new PeopleFormat(Language.Find(language)!).Date(date), about, StringComparison.Ordinal);
        Assert.Contains("UNTERM", about, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Languages), MemberType = typeof(StatesNode))]
    public async Task By_region_every_State_stands_once_and_under_its_own_region(string language)
    {
        var page = await states.PageAsync($"/{language}/states/by-region");
        var tables = page.QuerySelectorAll("table.states");

        Assert.Equal(ListOfStates.All.Select(s => s.Alpha2), Codes(page).Order(StringComparer.Ordinal));
        Assert.Equal(5, tables.Length);
        foreach (var table in tables)
        foreach (var part in table.QuerySelectorAll("tbody"))
        foreach (var state in Codes(part).Select(c => ListOfStates.Find(c)!))
        {
            Assert.Equal(state.Region.Name(language), table.QuerySelector("caption")!.TextContent);
            Assert.EndsWith(
                (state.IntermediateRegion ?? state.SubRegion).Name(language),
                part.QuerySelector(".group th")!.TextContent,
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData("/en/states/tiles", 1)]
    [InlineData("/ar/states/tiles/by-region", 22)]
    public async Task Every_State_has_one_tile_and_no_tile_says_more_than_another(string path, int grids)
    {
        var page = await states.PageAsync(path);
        var tiles = page.QuerySelectorAll(".tiles > li");

        Assert.Equal(grids, page.QuerySelectorAll(".tiles").Length);
        Assert.Equal(
            ListOfStates.All.Select(s => s.Alpha2),
            tiles.Select(t => t.QuerySelector(".code")!.TextContent).Order(StringComparer.Ordinal)
        );
        Assert.All(tiles, t => Assert.Null(t.GetAttribute("class")));
        Assert.Empty(page.QuerySelectorAll(".tile-says"));
        Assert.All(
            tiles,
            t =>
                Assert.EndsWith(
                    $"/states/{t.QuerySelector(".code")!.TextContent}",
                    t.QuerySelector("a")!.GetAttribute("href"),
                    StringComparison.Ordinal
                )
        );
    }

    [Theory]
    [InlineData("/en/states/IS", "Iceland")]
    [InlineData("/fr/states/isl", "Islande")]
    public async Task One_State_is_shown_in_six_languages_with_what_is_known_of_its_names(string path, string heading)
    {
        var page = await states.PageAsync(path);
        var state = ListOfStates.Find("IS")!;

        Assert.Equal(heading, page.QuerySelector("h1")!.TextContent.Trim());
        Assert.Equal(
            Language.All.Select(l => (l.Tag, state.FormalName(l.Code))),
            page.QuerySelectorAll("main table td:last-child bdi").Select(n => (n.GetAttribute("lang")!, n.TextContent))
        );
        Assert.Equal(6, page.QuerySelectorAll("main table .unverified").Length);
        Assert.Equal(state.Unverified[0].Known, Assert.Single(page.QuerySelectorAll("main li [lang=en]")).TextContent);
    }
}
