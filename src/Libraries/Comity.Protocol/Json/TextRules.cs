using System.Globalization;
using System.Text;

namespace Comity.Protocol;

/// <summary>Which characters a text may have, so that what somebody wrote cannot pass for what a program wrote.</summary>
internal static class TextRules
{
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;

    /// <summary>
    /// One line: no control character, no separator of lines, and no invisible character that changes the order or the
    /// look of others. The two joiners stay: several languages cannot be written without them.
    /// </summary>
    public static bool IsLine(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!rune.IsAscii && rune.Value is not (NonJoiner or Joiner) && IsInvisible(rune))
            {
                return false;
            }

            if (rune.IsAscii && Rune.IsControl(rune))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Several lines, each ended by a line feed; tabs are allowed.</summary>
    public static bool IsProse(string text) =>
        !text.Any(c => (char.IsControl(c) && c is not ('\n' or '\t')) || c is '\u2028' or '\u2029');

    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
}
