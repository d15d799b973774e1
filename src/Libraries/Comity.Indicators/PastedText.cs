using System.Text.RegularExpressions;
using Comity.Indicators.Taking;
using Comity.Indicators.Types;
using Comity.Stix.Text;

namespace Comity.Indicators;

/// <summary>Reads indicators that people paste or type: one to a line, or with blanks, commas, semicolons or tabs between them.</summary>
/// <remarks>
/// Harmless spellings ("hxxp", "[.]") are taken back. What stands behind "#" or "//" at the beginning of a line or behind a
/// blank is the note of its line. A quoted name of a file may have blanks in it. "TLP:" with a label is told.
/// </remarks>
public static partial class PastedText
{
    /// <summary>Reads what was typed into a form.</summary>
    /// <param name="text">The text, at most <see cref="IndicatorLimits.TextOctets"/> in UTF-8.</param>
    /// <returns>What was understood, and what not. No text makes this throw.</returns>
    public static IndicatorReading Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(SourceText.Of(text));
    }

    /// <summary>Reads a file.</summary>
    /// <param name="octets">UTF-8, with or without a byte order mark, or UTF-16 with one; at most <see cref="IndicatorLimits.TextOctets"/>.</param>
    /// <returns>What was understood, and what not. No octets make this throw.</returns>
    public static IndicatorReading Read(ReadOnlySpan<byte> octets) => Read(SourceText.Of(octets));

    private static IndicatorReading Read((string Text, IndicatorRefusal? Refusal) source)
    {
        if (source.Refusal is { } refusal)
        {
            return IndicatorReading.Refused(refusal);
        }

        var found = new Gathering();
        var number = 0;
        foreach (var line in source.Text.AsSpan().EnumerateLines())
        {
            Line(line.ToString(), new SourcePlace(++number), found);
        }

        return found.Reading();
    }

    private static void Line(string line, SourcePlace where, Gathering found)
    {
        if (LabelLine().Match(line) is { Success: true } label)
        {
            Tags.Read($"tlp:{label.Groups["label"].Value}", where, found);
            return;
        }

        var (pieces, note) = WithoutNote(line);
        var isNoteUsed = false;
        List<string> unknown = [];
        foreach (var piece in Pieces(pieces))
        {
            var (row, reason) = FormOfValue.Read(piece);
            if (row is null && reason == PartReason.NothingKnown)
            {
                unknown.Add(piece);
                continue;
            }

            TellUnknown();
            if (row is null)
            {
                found.NotUnderstood(reason, where, piece);
            }
            else
            {
                found.Add(Understood.Of(row, where) with { Note = note });
                isNoteUsed = true;
            }
        }

        TellUnknown();
        if (note is not null && !isNoteUsed)
        {
            found.NotUnderstood(PartReason.Comment, where, note);
        }

        // Words of a sentence are one part, not one each.
        void TellUnknown()
        {
            if (unknown.Count > 0)
            {
                found.NotUnderstood(
                    PartReason.NothingKnown,
                    where,
                    string.Join(' ', unknown.Take(IndicatorLimits.QuotationLength))
                );
                unknown.Clear();
            }
        }
    }

    private static (string Pieces, string? Note) WithoutNote(string line)
    {
        for (var at = 0; at < line.Length; at++)
        {
            var isMark = line[at] == '#' || (line[at] == '/' && at + 1 < line.Length && line[at + 1] == '/');
            if (isMark && (at == 0 || char.IsWhiteSpace(line[at - 1])))
            {
                return (line[..at], Quotation.Note(line[at..].TrimStart('#', '/')));
            }
        }

        return (line, null);
    }

    private static IEnumerable<string> Pieces(string line)
    {
        var parts = line.Split('"');
        for (var i = 0; i < parts.Length; i++)
        {
            // The odd ones stand between two quotation marks, but for the last, whose quotation does not end.
            if (i % 2 == 1 && i < parts.Length - 1 && parts[i].Length > 0 && FormOfValue.IsFileName(parts[i]))
            {
                yield return parts[i];
                continue;
            }

            foreach (var word in Words.Of(parts[i]))
            {
                yield return word;
            }
        }
    }

    [GeneratedRegex(
        @"^[\s#/*]*TLP\s?:\s?(?<label>[A-Z+]{1,20})[\s*]*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex LabelLine();
}
