using System.Globalization;
using Comity.PortableObject;

namespace Comity.Eng;

/// <summary>The PO files of one project, and the sources whose words they hold.</summary>
/// <param name="Folder">From the root, such as <c>src/Modules/Comity.Directory</c>.</param>
internal sealed record Catalogue(string Folder, IReadOnlyList<Wording> Wordings)
{
    /// <summary>English is the language of the sources.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["ar", "es", "fr", "ru", "zh"];

    private const string Ui = "src/Comity.Ui";

    /// <summary>Every room owns its words; those of the kernel, of the pages' frame and of the program are in Ui.</summary>
    public static IReadOnlyList<Catalogue> All(Repository repository)
    {
        var modules = System
            .IO.Directory.EnumerateDirectories(repository.At("src", "Modules"), "Comity.*")
            .Select(repository.Name)
            .Order(StringComparer.Ordinal);
        return
        [
            new Catalogue(Ui, Harvest.Of(repository, Ui, "src/Comity.Kernel", "src/Comity.Node")),
            .. modules.Select(m => new Catalogue(m, Harvest.Of(repository, m))),
        ];
    }

    public string FileOf(string language) => $"{Folder}/Text/{language}.po";

    /// <summary>What is wrong in one language: words that are missing, unused, untranslated, or that lost a placeholder.</summary>
    /// <param name="shared">The words of Ui, which every room may use.</param>
    /// <param name="everywhere">All words of the sources, of which Ui's may be any.</param>
    public IEnumerable<string> Faults(
        Repository repository,
        string language,
        PoFile? shared,
        IReadOnlyCollection<Wording> everywhere
    )
    {
        var file = FileOf(language);
        if (!File.Exists(repository.At(file)))
        {
            return Wordings.Count == 0 ? [] : [$"{file} is missing"];
        }

        var reading = PoFile.Read(File.ReadAllBytes(repository.At(file)));
        if (reading.File is not { } po)
        {
            return [$"{file}: {reading.Error}"];
        }

        var used = (Folder == Ui ? everywhere : Wordings).Select(w => w.Key).ToHashSet();
        return Missing(file, po, shared)
            .Concat(
                po.Entries.Where(e => !used.Contains((e.Context, e.Id)))
                    .Select(e => $"{At(file, e.Line)}: \"{e.Id}\" is used nowhere")
            )
            .Concat(po.Entries.SelectMany(e => Faults(file, e)));
    }

    /// <summary>The file of Ui in one language; null where there is none or it cannot be read.</summary>
    public static PoFile? Shared(Repository repository, string language)
    {
        var path = repository.At(Ui, "Text", $"{language}.po");
        return File.Exists(path) ? PoFile.Read(File.ReadAllBytes(path)).File : null;
    }

    private static string At(string file, int line) => string.Create(CultureInfo.InvariantCulture, $"{file}:{line}");

    private IEnumerable<string> Missing(string file, PoFile po, PoFile? shared)
    {
        var entries = po
            .Entries.Concat(shared?.Entries ?? [])
            .DistinctBy(e => (e.Context, e.Id))
            .ToDictionary(e => (e.Context, e.Id));
        foreach (var wording in Wordings.DistinctBy(w => w.Key))
        {
            if (!entries.TryGetValue(wording.Key, out var entry))
            {
                yield return $"{file} lacks {wording} of {At(wording.File, wording.Line)}";
            }
            else if (wording.Plural is not null && entry.PluralId != wording.Plural)
            {
                yield return $"{At(file, entry.Line)}: the plural of {wording} is \"{wording.Plural}\" in {At(wording.File, wording.Line)}";
            }
        }
    }

    private static IEnumerable<string> Faults(string file, PoEntry entry)
    {
        if (!entry.IsTranslated || entry.IsFuzzy)
        {
            yield return $"{At(file, entry.Line)}: \"{entry.Id}\" is not translated";
            yield break;
        }

        var names = Placeholders
            .Names(entry.Id)
            .Union(Placeholders.Names(entry.PluralId ?? ""))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var form in entry.Translations)
        {
            // "one message" and the Arabic dual say the number in a word of their own.
            var there = Placeholders.Names(form).ToHashSet(StringComparer.Ordinal);
            var lost = names
                .Except(there)
                .Where(n => entry.PluralId is null || n != "n")
                .Concat(there.Except(names))
                .ToList();
            if (lost.Count > 0)
            {
                yield return $"{At(file, entry.Line)}: \"{form}\" differs in {{{string.Join("}, {", lost)}}}";
            }
        }
    }
}
