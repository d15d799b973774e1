using System.Text.Json;

namespace Comity.Eng;

/// <summary>What Debian's iso-codes knows of one code of ISO 3166-1; a name is null where it has no translation.</summary>
internal sealed record IsoEntry(
    string Alpha2,
    string Alpha3,
    string Number,
    IReadOnlyDictionary<(string Language, string Form), string?> Names
);

/// <summary>Reads ISO 3166-1 and its translations from where Debian's package iso-codes puts them.</summary>
internal static class IsoCodes
{
    public const string Table = "/usr/share/iso-codes/json/iso_3166-1.json";
    private const string Version = "/usr/share/pkgconfig/iso-codes.pc";

    private static readonly Dictionary<string, string> Catalogues = new(StringComparer.Ordinal)
    {
        ["ar"] = "ar",
        ["zh"] = "zh_CN",
        ["fr"] = "fr",
        ["ru"] = "ru",
        ["es"] = "es",
    };

    public static IEnumerable<string> Files => Catalogues.Values.Select(Path).Append(Table);

    /// <summary>The version that is installed, for example 4.15.0; empty where the package does not say.</summary>
    public static string InstalledVersion()
    {
        const string mark = "Version: ";
        var line = File.Exists(Version)
            ? File.ReadLines(Version).FirstOrDefault(l => l.StartsWith(mark, StringComparison.Ordinal))
            : null;
        return line?[mark.Length..].Trim() ?? "";
    }

    public static Dictionary<string, IsoEntry> Read()
    {
        var translations = Catalogues.ToDictionary(c => c.Key, c => MessageCatalogue.Read(Path(c.Value)));
        using var document = JsonDocument.Parse(File.ReadAllBytes(Table));
        return document
            .RootElement.GetProperty("3166-1")
            .EnumerateArray()
            .Select(e => Entry(e, translations))
            .ToDictionary(e => e.Alpha2, StringComparer.Ordinal);
    }

    private static IsoEntry Entry(JsonElement entry, Dictionary<string, Dictionary<string, string>> translations)
    {
        var name = entry.GetProperty("name").GetString()!;
        var formal = entry.TryGetProperty("official_name", out var official) ? official.GetString()! : name;
        var names = new Dictionary<(string, string), string?>();
        foreach (var language in StateReview.Languages)
        {
            foreach (var (form, text) in new[] { ("short", name), ("formal", formal) })
            {
                names[(language, form)] =
                    language == "en" ? text
                    : translations[language].GetValueOrDefault(text) is { Length: > 0 } t ? t
                    : null;
            }
        }

        return new IsoEntry(
            entry.GetProperty("alpha_2").GetString()!,
            entry.GetProperty("alpha_3").GetString()!,
            entry.GetProperty("numeric").GetString()!,
            names
        );
    }

    private static string Path(string catalogue) => $"/usr/share/locale/{catalogue}/LC_MESSAGES/iso_3166-1.mo";
}
