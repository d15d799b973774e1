using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Comity.Stix.Names;

/// <summary>Which objects name an actor, person, organisation or country, and by what names.</summary>
internal static class Naming
{
    private static readonly string[] Types = ["threat-actor", "intrusion-set", "campaign", "identity", "location"];

    private static readonly HashSet<string> LegalForms = new(StringComparer.OrdinalIgnoreCase)
    {
        "ag",
        "b.v.",
        "co.",
        "corp",
        "corp.",
        "corporation",
        "gmbh",
        "inc",
        "inc.",
        "limited",
        "llc",
        "ltd",
        "ltd.",
        "plc",
        "s.a.",
    };

    internal static bool IsNamingType(string type) => Types.Contains(type, StringComparer.Ordinal);

    /// <summary>Whether an id is of an object that names somebody, be it in the bundle or not.</summary>
    internal static bool IsNamingId(string id) =>
        Types.Any(t => id.StartsWith(t, StringComparison.Ordinal) && id.AsSpan(t.Length).StartsWith("--"));

    internal static bool IsAttribution(StixObject found) =>
        found.Type == "relationship" && found.Json.TextOf("relationship_type") == "attributed-to";

    internal static NameKind KindOf(StixObject found) =>
        found.Type switch
        {
            "threat-actor" => NameKind.ThreatActor,
            "intrusion-set" => NameKind.IntrusionSet,
            "campaign" => NameKind.Campaign,
            "location" => NameKind.Place,
            "identity" when found.Json.TextOf("identity_class") != "individual" => NameKind.Organisation,
            _ => NameKind.Person,
        };

    /// <summary>The names that an object carries with the path of each; a note's authors are persons too.</summary>
    internal static IEnumerable<(string Name, string Where)> NamesOf(StixObject found)
    {
        if (found.Type is "note" or "opinion")
        {
            return Listed(found, "authors");
        }

        if (!IsNamingType(found.Type))
        {
            return [];
        }

        string[] single =
            found.Type == "location" ? ["name", "region", "country", "administrative_area", "city"] : ["name"];
        return single
            .Select(m => (Name: found.Json.TextOf(m), Where: m))
            .Where(n => !string.IsNullOrWhiteSpace(n.Name))
            .Select(n => (n.Name!, n.Where))
            .Concat(Listed(found, "aliases"));
    }

    /// <summary>The forms under which a name is looked for in free text.</summary>
    internal static IEnumerable<string> FormsOf(string name, string where)
    {
        if (where == "country")
        {
            // A two-letter code is no word to look for ("IN", "IT"); the country's name is.
            return name.Length > 3 ? [name] : CountryOf(name);
        }

        // One character cannot be told from text; two can, as whole words.
        return name.Trim().Length < 2 ? []
            : WithoutLegalForm(name) is { } shorter ? [name, shorter]
            : [name];
    }

    private static string? WithoutLegalForm(string name)
    {
        var cut = name.TrimEnd().LastIndexOf(' ');
        return cut > 1 && LegalForms.Contains(name[(cut + 1)..].Trim()) ? name[..cut].TrimEnd(' ', ',') : null;
    }

    [SuppressMessage("ApiDesign", "RS0030", Justification = "Names are looked for here to be left out; none is shown")]
    private static string[] CountryOf(string code)
    {
        try
        {
            var region = new RegionInfo(code);
            return [region.EnglishName, region.NativeName];
        }
        catch (ArgumentException)
        {
            return [];
        }
    }

    private static IEnumerable<(string Name, string Where)> Listed(StixObject found, string member) =>
        found
            .Json.ListOf(member)
            .Select((item, i) => (Item: item, Where: string.Create(CultureInfo.InvariantCulture, $"{member}[{i}]")))
            .Where(n => n.Item.ValueKind == System.Text.Json.JsonValueKind.String)
            .Select(n => (n.Item.GetString()!, n.Where))
            .Where(n => !string.IsNullOrWhiteSpace(n.Item1));
}
