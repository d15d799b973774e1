using System.Globalization;
using System.Text;
using Comity.PortableObject;

namespace Comity.Eng;

/// <summary>Brings a PO file up to date with the sources: new texts get empty entries, unused ones go, in a fixed order.</summary>
internal static class CatalogueWriter
{
    // Unicode CLDR, in gettext's words.
    private static readonly Dictionary<string, string> PluralForms = new(StringComparer.Ordinal)
    {
        ["ar"] = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
        ["es"] = "nplurals=2; plural=(n != 1);",
        ["fr"] = "nplurals=2; plural=(n > 1);",
        ["ru"] =
            "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
        ["zh"] = "nplurals=1; plural=0;",
    };

    /// <param name="own">The texts that this file must have, unless <paramref name="shared"/> has them.</param>
    /// <param name="used">The texts for which it may have an entry.</param>
    public static void Update(
        string path,
        string language,
        IEnumerable<Wording> own,
        IEnumerable<Wording> used,
        PoFile? shared
    )
    {
        var old = File.Exists(path) ? PoFile.Read(File.ReadAllBytes(path)) : null;
        if (old is { Error: { } error })
        {
            throw new FormatException($"{path}: {error}");
        }

        var keys = used.Select(w => w.Key).ToHashSet();
        var elsewhere = (shared?.Entries ?? []).Select(e => (e.Context, e.Id)).ToHashSet();
        var kept = (old?.File?.Entries ?? []).Where(e => keys.Contains((e.Context, e.Id))).ToList();
        var there = kept.Select(e => (e.Context, e.Id)).ToHashSet();
        var forms = old?.File?.PluralRule?.Forms ?? 1;
        var added = own.Where(w => !there.Contains(w.Key) && !elsewhere.Contains(w.Key))
            .DistinctBy(w => w.Key)
            .Select(w => Empty(w, forms, language));
        var entries = kept.Concat(added)
            .OrderBy(e => e.Id, StringComparer.Ordinal)
            .ThenBy(e => e.Context, StringComparer.Ordinal)
            .ToList();
        if (entries.Count == 0)
        {
            return;
        }

        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var header = old?.File?.Header.Select(h => $"{h.Key}: {h.Value}") ?? NewHeader(language);
        File.WriteAllText(path, Write(header, entries));
    }

    /// <summary>Every field that msgfmt asks for.</summary>
    private static IEnumerable<string> NewHeader(string language) =>
        [
            "Project-Id-Version: Comity",
            "PO-Revision-Date: 2026-01-01 00:00+0000",
            "Last-Translator: The Comity project",
            $"Language-Team: {CultureInfo.GetCultureInfo(language).EnglishName}",
            $"Language: {language}",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=UTF-8",
            "Content-Transfer-Encoding: 8bit",
            $"Plural-Forms: {PluralForms[language]}",
        ];

    private static PoEntry Empty(Wording wording, int forms, string language)
    {
        var count = forms > 1 ? forms : int.Parse(PluralForms[language].AsSpan("nplurals=".Length, 1), provider: null);
        return new PoEntry
        {
            Context = wording.Context,
            Id = wording.Id,
            PluralId = wording.Plural,
            Translations = [.. Enumerable.Repeat("", wording.Plural is null ? 1 : count)],
        };
    }

    private static string Write(IEnumerable<string> header, IReadOnlyList<PoEntry> entries)
    {
        var text = new StringBuilder("msgid \"\"\nmsgstr \"\"\n");
        foreach (var line in header)
        {
            text.Append(Quote(line + "\n")).Append('\n');
        }

        foreach (var entry in entries)
        {
            text.Append('\n');
            entry.Comments.ToList().ForEach(c => text.Append("# ").Append(c).Append('\n'));
            if (entry.Flags.Count > 0)
            {
                text.Append("#, ").AppendJoin(", ", entry.Flags).Append('\n');
            }

            Line(text, "msgctxt", entry.Context);
            Line(text, "msgid", entry.Id);
            Line(text, "msgid_plural", entry.PluralId);
            for (var form = 0; form < entry.Translations.Count; form++)
            {
                Line(text, entry.PluralId is null ? "msgstr" : $"msgstr[{form}]", entry.Translations[form]);
            }
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, string keyword, string? value)
    {
        if (value is not null)
        {
            text.Append(keyword).Append(' ').Append(Quote(value)).Append('\n');
        }
    }

    private static string Quote(string value) =>
        "\""
        + value
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\t", "\\t", StringComparison.Ordinal)
        + "\"";
}
