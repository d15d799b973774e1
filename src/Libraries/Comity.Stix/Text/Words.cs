using System.Buffers;

namespace Comity.Stix.Text;

/// <summary>The words of a text in which indicators stand, as people separate them.</summary>
internal static class Words
{
    // Commas and semicolons of Arabic and Chinese too. A URL may hold some of these; then the rest of it is a word of its own.
    private static readonly SearchValues<char> Marks = SearchValues.Create(
        ",;|<>\"'`\u201C\u201D\u060C\u061B\u3001\uFF0C\uFF1B"
    );

    private const string SentenceEnds = ".:!?\u3002\u061F";

    // Nobody puts a word in more; and each costs a look at the whole word.
    private const int MostBrackets = 4;

    internal static bool IsSeparator(char c) => char.IsWhiteSpace(c) || Marks.Contains(c);

    /// <summary>The words from left to right, none of them empty.</summary>
    internal static IEnumerable<string> Of(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var end = at;
            while (end < text.Length && !IsSeparator(text[end]))
            {
                end++;
            }

            if (end > at)
            {
                yield return text[at..end];
            }

            at = end + 1;
        }
    }

    /// <summary>A word in running text without the full stop of its sentence and without brackets around it.</summary>
    internal static string Bare(string word)
    {
        var bare = word.AsSpan().TrimEnd(SentenceEnds);
        for (var left = MostBrackets; left > 0 && IsUnopened(bare); left--)
        {
            bare = bare[..^1].TrimEnd(SentenceEnds);
        }

        for (var left = MostBrackets; left > 0 && bare.Length > 1 && bare[0] is '(' or '[' or '{'; left--)
        {
            var closing = Closing(bare[0]);
            if (bare[^1] == closing)
            {
                bare = bare[1..^1];
            }
            else if (bare.Count(bare[0]) > bare.Count(closing))
            {
                bare = bare[1..];
            }
            else
            {
                break;
            }
        }

        return bare.ToString();
    }

    private static bool IsUnopened(ReadOnlySpan<char> text) =>
        text.Length > 1 && Opening(text[^1]) is var opening and not '\0' && text.Count(text[^1]) > text.Count(opening);

    private static char Closing(char opening) =>
        opening switch
        {
            '(' => ')',
            '[' => ']',
            _ => '}',
        };

    private static char Opening(char closing) =>
        closing switch
        {
            ')' => '(',
            ']' => '[',
            '}' => '{',
            _ => '\0',
        };
}
