namespace Comity.States;

/// <summary>
/// The Member States of the United Nations and the observer States, as of one day. What stands here was reviewed name
/// by name (docs/states.md); there is no other source of names of States or territories in the program.
/// </summary>
public static class ListOfStates
{
    private static readonly StatesFile Data = StatesFile.Embedded();

    private static readonly Dictionary<string, State> ByCode = Data
        .States.SelectMany(s => new[] { (Code: s.Alpha2, State: s), (Code: s.Alpha3, State: s) })
        .ToDictionary(s => s.Code, s => s.State, StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, IReadOnlyList<State>> Orders = Data.Languages.ToDictionary(
        l => l,
        l => AlphabeticalOrder.Of(Data.States, l),
        StringComparer.Ordinal
    );

    private static readonly Dictionary<string, IReadOnlyList<StatesOfRegion>> Regional = Data.Languages.ToDictionary(
        l => l,
        l => StatesOfRegion.All(Orders[l], l),
        StringComparer.Ordinal
    );

    // Made when somebody first searches: a program that only shows names does without.
    private static readonly Lazy<NameSearch> Searched = new(() => new NameSearch(Data.States));

    private static readonly Lazy<byte[]> Octets = new(StatesFile.Octets);

    /// <summary>The day as of which membership and names were reviewed.</summary>
    public static DateOnly AsOf => Data.AsOf;

    /// <summary>
    /// The reviewed file itself, as data for other programs: JSON in UTF-8 with the day, the regions, and of each State
    /// its codes, its narrowest region, its names, and which of them are not verified.
    /// </summary>
    public static ReadOnlyMemory<byte> Document => Octets.Value;

    /// <summary>The six languages of the United Nations by their ISO 639 codes: ar, zh, en, fr, ru, es.</summary>
    public static IReadOnlyList<string> Languages => Data.Languages;

    /// <summary>The 193 Member States and the 2 observer States, by their codes of two letters.</summary>
    public static IReadOnlyList<State> All => Data.States;

    /// <summary>The regions of the M49 standard, each after the one that it is a part of.</summary>
    public static IReadOnlyList<M49Region> Regions => Data.Regions;

    /// <summary>The State with a code of two or three letters, in either case; null where no State has it.</summary>
    /// <param name="code">An ISO 3166-1 alpha-2 or alpha-3 code.</param>
    public static State? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);

    /// <summary>
    /// All States in the alphabetical order of their short names in a language. Arabic passes over the article and
    /// takes every alif for the same letter, as the lists of the United Nations do; Chinese goes by pinyin. A document
    /// that has to keep one order in every language takes the English one.
    /// </summary>
    /// <param name="language">One of <see cref="Languages"/>.</param>
    /// <exception cref="ArgumentException">The language is none of the six.</exception>
    public static IReadOnlyList<State> InOrderOf(string language) => In(Orders, language);

    /// <summary>
    /// All States by region of the M49 standard. Regions stand in the alphabetical order of the language, and so do the
    /// States of each.
    /// </summary>
    /// <param name="language">One of <see cref="Languages"/>.</param>
    /// <exception cref="ArgumentException">The language is none of the six.</exception>
    public static IReadOnlyList<StatesOfRegion> ByRegion(string language) => In(Regional, language);

    /// <summary>
    /// The States for which somebody may look with some words: each word begins a word of a name in any of the six
    /// languages (in Arabic and Chinese it stands anywhere in one), or a code. Case, accents and marks do not matter.
    /// </summary>
    /// <param name="text">What was typed. Nothing, or more than 100 characters, finds no State.</param>
    /// <returns>By their codes of two letters.</returns>
    public static IReadOnlyList<State> Search(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Names.Find(text);
    }

    internal static NameSearch Names => Searched.Value;

    private static IReadOnlyList<T> In<T>(Dictionary<string, IReadOnlyList<T>> byLanguage, string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return byLanguage.TryGetValue(language, out var states)
            ? states
            : throw new ArgumentException($"\"{language}\" is none of the six languages", nameof(language));
    }
}
