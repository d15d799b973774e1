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

    /// <summary>The day as of which membership and names were reviewed.</summary>
    public static DateOnly AsOf => Data.AsOf;

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
    public static IReadOnlyList<State> InOrderOf(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return Orders.TryGetValue(language, out var states)
            ? states
            : throw new ArgumentException($"\"{language}\" is none of the six languages", nameof(language));
    }
}
