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
}
