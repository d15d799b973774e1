namespace Comity.PortableObject;

/// <summary>The translations of one language, gathered from any number of files; safe for concurrent readers.</summary>
public sealed class Catalog
{
    private readonly Dictionary<(string? Context, string Id), (PoEntry Entry, PluralRule? Rule)> _entries;

    private Catalog(Dictionary<(string?, string), (PoEntry, PluralRule?)> entries) => _entries = entries;

    /// <summary>A catalogue without entries: every look-up finds nothing.</summary>
    public static Catalog Empty { get; } = new([]);

    /// <summary>Number of usable entries: translated and not marked as doubtful.</summary>
    public int Count => _entries.Count;

    /// <summary>Gathers files of one language. Where two translate the same message, the first one counts.</summary>
    /// <param name="files">The files, the most important first.</param>
    public static Catalog Of(params IEnumerable<PoFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var entries = new Dictionary<(string?, string), (PoEntry, PluralRule?)>();
        foreach (var file in files)
        {
            foreach (var entry in file.Entries.Where(entry => entry is { IsFuzzy: false, IsTranslated: true }))
            {
                entries.TryAdd((entry.Context, entry.Id), (entry, file.PluralRule));
            }
        }

        return new Catalog(entries);
    }

    /// <summary>The translation of a message without number (for a message with number: its first form).</summary>
    /// <param name="id">The text in the source language.</param>
    /// <param name="context"><c>msgctxt</c>, or null.</param>
    /// <returns>The translation, or null where there is none.</returns>
    public string? Find(string id, string? context = null) =>
        _entries.TryGetValue((context, id), out var found) ? found.Entry.Translations[0] : null;

    /// <summary>The translation of a message in the form that its number needs.</summary>
    /// <param name="id">The singular in the source language.</param>
    /// <param name="number">The number that is said.</param>
    /// <param name="context"><c>msgctxt</c>, or null.</param>
    /// <returns>The translation, or null where there is none or the entry has no plural.</returns>
    public string? Find(string id, long number, string? context = null) =>
        _entries.TryGetValue((context, id), out var found) && found is { Entry.PluralId: not null, Rule: { } rule }
            ? found.Entry.Translations[rule.FormFor(number)]
            : null;
}
