using Comity.States;

namespace Comity.Libraries.Tests.States;

public sealed class OrderTests
{
    [Theory]
    [InlineData("ar", "RU", "GR")]
    [InlineData("zh", "AL", "CN")]
    [InlineData("en", "AF", "ZW")]
    [InlineData("fr", "AF", "ZW")]
    [InlineData("ru", "AU", "JP")]
    [InlineData("es", "AF", "ZW")]
    public void The_list_begins_and_ends_where_the_language_says(string language, string first, string last)
    {
        var states = ListOfStates.InOrderOf(language);

        Assert.Equal((first, last), (states[0].Alpha2, states[^1].Alpha2));
        Assert.Equal(
            ListOfStates.All.Select(s => s.Alpha2),
            states.Select(s => s.Alpha2).Order(StringComparer.Ordinal)
        );
    }

    /// <summary>Runs of the list that the code points alone would put in another order.</summary>
    [Theory]
    [InlineData("en", "Congo", "Costa Rica", "Côte d'Ivoire", "Croatia")]
    [InlineData("en", "Guinea", "Guinea-Bissau", "Guyana")]
    [InlineData("en", "Qatar", "Republic of Korea", "Republic of Moldova", "Romania", "Russian Federation")]
    [InlineData("en", "Niger", "Nigeria", "North Macedonia")]
    [InlineData("fr", "Égypte", "El Salvador", "Émirats arabes unis", "Équateur", "Érythrée", "Espagne")]
    [InlineData("fr", "Hongrie", "Îles Marshall", "Îles Salomon", "Inde")]
    [InlineData("es", "Eslovenia", "España", "Estado de Palestina", "Estados Unidos de América")]
    [InlineData("es", "Malí", "Malta", "Marruecos", "Mauricio", "Mauritania", "México")]
    [InlineData("ru", "Италия", "Йемен", "Кабо-Верде", "Казахстан")]
    [InlineData("ar", "الاتحاد الروسي", "إثيوبيا", "أذربيجان", "الأرجنتين", "الأردن", "أرمينيا", "إريتريا", "إسبانيا")]
    [InlineData("ar", "أوكرانيا", "أيرلندا", "آيسلندا", "إيطاليا", "بابوا غينيا الجديدة")]
    [InlineData("ar", "باكستان", "بالاو", "البحرين", "البرازيل", "بربادوس", "البرتغال")]
    [InlineData("ar", "كوستاريكا", "كولومبيا", "الكونغو", "الكويت")]
    [InlineData("zh", "丹麦", "德国", "东帝汶")]
    [InlineData("zh", "印度", "印度尼西亚", "约旦", "越南", "赞比亚")]
    public void Neighbours_stand_in_the_order_of_the_language(string language, params string[] names)
    {
        var all = ListOfStates.InOrderOf(language).Select(s => s.ShortName(language)).ToList();
        var places = names.Select(n => all.IndexOf(n)).ToList();

        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    /// <summary>Letters in the order in which they come up; in Chinese there is none.</summary>
    [Theory]
    [InlineData("ar", "ابتجدرزسشصطعغفقكلمنهوي")]
    [InlineData("zh", "")]
    [InlineData("en", "ABCDEFGHIJKLMNOPQRSTUVYZ")]
    [InlineData("fr", "ABCDEFGHIJKLMNOPQRSTUVYZ")]
    [InlineData("ru", "АБВГДЕЗИЙКЛМНОПРСТУФХЦЧШЭЮЯ")]
    [InlineData("es", "ABCDEFGHIJKLMNOPQRSTUVYZ")]
    public void Each_letter_comes_up_once_in_the_order_of_the_language(string language, string letters)
    {
        var seen = new List<string?>();
        foreach (var letter in ListOfStates.InOrderOf(language).Select(s => s.Letter(language)))
        {
            if (seen.Count == 0 || seen[^1] != letter)
                seen.Add(letter);
        }

        Assert.Equal(letters, string.Concat(seen));
    }

    [Theory]
    [InlineData("FR", "fr", "F")]
    [InlineData("EG", "fr", "E")]
    [InlineData("SB", "fr", "I")]
    [InlineData("YE", "ru", "Й")]
    [InlineData("JO", "ar", "ا")]
    [InlineData("KW", "ar", "ك")]
    [InlineData("CN", "zh", null)]
    public void A_State_stands_under_the_letter_that_the_language_sorts_it_by(
        string code,
        string language,
        string? letter
    ) => Assert.Equal(letter, ListOfStates.Find(code)!.Letter(language));

    [Theory]
    [InlineData("ar")]
    [InlineData("zh")]
    [InlineData("en")]
    [InlineData("fr")]
    [InlineData("ru")]
    [InlineData("es")]
    public void By_region_every_State_stands_once_where_it_belongs_and_in_the_same_order(string language)
    {
        var regions = ListOfStates.ByRegion(language);
        var places = ListOfStates.InOrderOf(language).Select((s, i) => (s, i)).ToDictionary(s => s.s, s => s.i);

        Assert.Equal(
            ListOfStates.All.Select(s => s.Alpha2),
            regions.SelectMany(r => r.States).Select(s => s.Alpha2).Order(StringComparer.Ordinal)
        );
        foreach (var region in regions)
        {
            Assert.All(
                region.States,
                s =>
                    Assert.Equal(
                        (region.Region, region.SubRegion, region.IntermediateRegion),
                        (s.Region, s.SubRegion, s.IntermediateRegion)
                    )
            );
            Assert.Equal(region.States.OrderBy(s => places[s]), region.States);
        }

        // A region comes up once, and so does a sub-region: nothing of another stands between.
        Assert.Equal(5, regions.Zip(regions.Skip(1)).Count(r => r.First.Region != r.Second.Region) + 1);
        Assert.Equal(
            regions.Select(r => r.SubRegion).Distinct().Count(),
            regions.Zip(regions.Skip(1)).Count(r => r.First.SubRegion != r.Second.SubRegion) + 1
        );
    }

    [Theory]
    [InlineData("en", "Africa", "Americas", "Asia", "Europe", "Oceania")]
    [InlineData("fr", "Afrique", "Amériques", "Asie", "Europe", "Océanie")]
    [InlineData("ar", "آسيا", "أفريقيا", "الأمريكتان", "أوروبا", "أوقيانوسيا")]
    [InlineData("ru", "Азия", "Африка", "Европа", "Океания", "Северная и Южная Америка")]
    public void Regions_stand_in_the_order_of_the_language(string language, params string[] names) =>
        Assert.Equal(names, ListOfStates.ByRegion(language).Select(r => r.Region.Name(language)).Distinct());
}
