using System.Globalization;

namespace Comity.States;

/// <summary>The order of States in a language: by the collation that ICU has for it, over the short names.</summary>
internal static class AlphabeticalOrder
{
    private const string ArabicArticle = "ال";

    public static IReadOnlyList<State> Of(IEnumerable<State> states, string language)
    {
        var collation = CultureInfo.GetCultureInfo(language).CompareInfo;
        var comparer = Comparer<string>.Create((a, b) => collation.Compare(a, b, CompareOptions.None));
        return
        [
            .. states
                .OrderBy(s => Key(s.ShortName(language), language), comparer)
                .ThenBy(s => s.ShortName(language), comparer)
                .ThenBy(s => s.Alpha2, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// The lists of the United Nations in Arabic pass over the article and take every alif for the same letter; ICU does
    /// neither. No name begins with the two letters of the article but those that have it.
    /// </summary>
    private static string Key(string name, string language)
    {
        if (language != "ar")
        {
            return name;
        }

        var bare = name.StartsWith(ArabicArticle, StringComparison.Ordinal) ? name[ArabicArticle.Length..] : name;
        return bare.Replace('أ', 'ا').Replace('إ', 'ا').Replace('آ', 'ا');
    }
}
