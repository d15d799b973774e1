using Comity.PortableObject;

namespace Comity.Ui.Languages;

/// <summary>
/// The words of one language for one reader. Keys are the English sentences themselves; where a translation is
/// missing, the English one is shown.
/// </summary>
public sealed class Texts
{
    private readonly Catalog _catalog;

    internal Texts(Language language, Catalog catalog, TimeZoneInfo? zone)
    {
        Language = language;
        _catalog = catalog;
        Zone = zone;
        Format = new PeopleFormat(language);
    }

    public Language Language { get; }

    /// <summary>The reader's zone, where the browser told it; null means that only UTC is shown.</summary>
    public TimeZoneInfo? Zone { get; }

    /// <summary>How values are written in this language.</summary>
    public PeopleFormat Format { get; }

    /// <summary>A sentence: <c>T("Sent to {office}", ("office", name))</c>.</summary>
    public string T(string english, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Placeholders.Fill(_catalog.Find(english) ?? english, Format, values);

    /// <summary>
    /// A sentence with a gap for something that is more than words, such as a name in another language: what stands
    /// before it and what stands after it.
    /// </summary>
    public (string Before, string After) Around(
        string english,
        string gap,
        params ReadOnlySpan<(string Name, object? Value)> values
    )
    {
        var text = _catalog.Find(english) ?? english;
        var (at, mark) = (text.IndexOf($"{{{gap}}}", StringComparison.Ordinal), gap.Length + 2);
        return at < 0
            ? (Placeholders.Fill(text, Format, values), "")
            : (Placeholders.Fill(text[..at], Format, values), Placeholders.Fill(text[(at + mark)..], Format, values));
    }

    /// <summary>A word that needs a context to be translated: <c>TC("state of a key", "usable")</c>.</summary>
    public string TC(string context, string english, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Placeholders.Fill(_catalog.Find(english, context) ?? english, Format, values);

    /// <summary>A sentence with a number, which it may name as {n}: <c>N("{n} message", "{n} messages", 3)</c>.</summary>
    public string N(string one, string many, long n, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var text = _catalog.Find(one, n) ?? (PluralRule.English.FormFor(n) == 0 ? one : many);
        return Placeholders.Fill(text, Format, [.. values, ("n", n)]);
    }
}
