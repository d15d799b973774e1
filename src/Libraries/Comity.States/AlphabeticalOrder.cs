using System.Globalization;
using System.Text;

namespace Comity.States;

/// <summary>The order of States in a language: by the collation that ICU has for it, over the short names.</summary>
internal static class AlphabeticalOrder
{
    private const string ArabicArticle = "ال";

    public static IReadOnlyList<State> Of(IEnumerable<State> states, string language)
    {
        var comparer = Collation(language);
        return
        [
            .. states
                .OrderBy(s => Key(s.ShortName(language), language), comparer)
                .ThenBy(s => s.ShortName(language), comparer)
                .ThenBy(s => s.Alpha2, StringComparer.Ordinal),
        ];
    }

    public static IComparer<string> Collation(string language)
    {
        var collation = CultureInfo.GetCultureInfo(language).CompareInfo;
        return Comparer<string>.Create((a, b) => collation.Compare(a, b, CompareOptions.None));
    }

    /// <summary>
    /// The lists of the United Nations in Arabic pass over the article and take every alif for the same letter; ICU does
    /// neither. No name begins with the two letters of the article but those that have it.
    /// </summary>
    public static string Key(string name, string language)
    {
        if (language != "ar")
        {
            return name;
        }

        var bare = name.StartsWith(ArabicArticle, StringComparison.Ordinal) ? name[ArabicArticle.Length..] : name;
        return bare.Replace('أ', 'ا').Replace('إ', 'ا').Replace('آ', 'ا');
    }

    /// <summary>
    /// The letter under which a name stands. An accent goes where the language sorts with and without it alike (É
    /// under E), and stays where it makes a letter of its own (Й is not И).
    /// </summary>
    public static string? Letter(string name, string language)
    {
        if (language == "zh")
        {
            return null;
        }

        var first = Key(name, language)[..1];
        var bare = first.Normalize(NormalizationForm.FormD)[..1];
        var collation = CultureInfo.GetCultureInfo(language).CompareInfo;
        return collation.Compare(first, bare, CompareOptions.IgnoreNonSpace) == 0 ? bare : first;
    }
}
