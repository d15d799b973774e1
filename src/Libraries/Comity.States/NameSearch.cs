using System.Globalization;
using System.Text;

namespace Comity.States;

/// <summary>
/// Finds States by what somebody types. Names and words are compared without case, accents and marks, so that it does
/// not matter with which keyboard somebody writes.
/// </summary>
internal sealed class NameSearch(IReadOnlyList<State> states)
{
    /// <summary>In characters; every name is shorter.</summary>
    public const int Longest = 100;

    private const int Tatweel = 0x0640;

    private readonly (State State, string Words)[] _all = [.. states.Select(s => (s, WordsOf(s)))];

    private readonly HashSet<(State, string)> _names =
    [
        .. states.SelectMany(s => NamesOf(s).Select(n => (s, Bare(n)))),
    ];

    public IReadOnlyList<State> Find(string text)
    {
        if (text.Length > Longest)
        {
            return [];
        }

        var wanted = Folded(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Wanted).ToList();
        return wanted.Count == 0
            ? []
            :
            [
                .. _all.Where(s => wanted.TrueForAll(w => s.Words.Contains(w, StringComparison.Ordinal)))
                    .Select(s => s.State),
            ];
    }

    public bool IsCalled(State state, string name) => name.Length <= Longest && _names.Contains((state, Bare(name)));

    private static IEnumerable<string> NamesOf(State state) =>
        ListOfStates.Languages.SelectMany(l => new[] { state.ShortName(l), state.FormalName(l) });

    private static string WordsOf(State state) =>
        Folded(string.Join(' ', [.. NamesOf(state).Distinct(), state.Alpha2, state.Alpha3, state.Number]));

    private static string Bare(string name) =>
        string.Join(' ', Folded(name).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>
    /// The beginning of a word, so that Oman does not bring in Romania. Arabic puts the article before a word, and
    /// Chinese leaves no gap between words: there it may stand anywhere.
    /// </summary>
    private static string Wanted(string word) => word.Any(c => c >= '\u0590') ? word : $" {word}";

    /// <summary>Words of bare letters and digits, with one space before each.</summary>
    private static string Folded(string text)
    {
        var plain = new StringBuilder(text.Length + 1).Append(' ');
        foreach (var rune in text.EnumerateRunes())
        {
            // What is no letter is no character for Normalize to stumble over either.
            var stays = Rune.IsLetterOrDigit(rune) || IsMark(rune);
            plain.Append(stays ? rune.ToString() : " ");
        }

        var folded = new StringBuilder(plain.Length);
        foreach (var rune in plain.ToString().Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (!IsMark(rune) && rune.Value != Tatweel)
            {
                folded.Append(Same(Rune.ToLowerInvariant(rune)));
            }
        }

        return folded.ToString();
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    /// <summary>Letters that stay apart after their marks are gone, and that people type for one another.</summary>
    private static string Same(Rune letter) =>
        letter.Value switch
        {
            'ı' => "i",
            'ø' => "o",
            'ł' => "l",
            'đ' => "d",
            'æ' => "ae",
            'œ' => "oe",
            'ß' => "ss",
            'ة' => "ه",
            'ى' => "ي",
            _ => letter.ToString(),
        };
}
