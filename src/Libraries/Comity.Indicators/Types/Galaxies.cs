using Comity.Indicators.Taking;
using Comity.Stix;

namespace Comity.Indicators.Types;

/// <summary>
/// Galaxies of MISP: collections of what one can say of an event. Some name actors, campaigns, places; some name
/// techniques and programs. One that is not known counts as naming somebody.
/// </summary>
internal static class Galaxies
{
    private static readonly (NameKind Kind, string[] Words)[] Naming =
    [
        (NameKind.ThreatActor, ["actor", "actors", "actortypes", "group", "groups", "360net", "agencies"]),
        (NameKind.IntrusionSet, ["set"]),
        (NameKind.Campaign, ["campaign", "campaigns"]),
        (NameKind.Place, ["country", "region", "location"]),
        (NameKind.Organisation, ["entity", "entities", "target", "victim", "universities"]),
    ];

    private static readonly string[] Things =
    [
        "pattern",
        "technique",
        "techniques",
        "tactics",
        "action",
        "mitigations",
        "countermeasures",
        "detections",
        "malware",
        "malpedia",
        "tool",
        "software",
        "ransomware",
        "rat",
        "botnet",
        "stealer",
        "backdoor",
        "banker",
        "cryptominers",
        "kit",
        "vulnerability",
        "rules",
        "source",
        "component",
        "asset",
        "assets",
        "android",
        "sector",
    ];

    /// <summary>Whom a galaxy of this type names; null when it names things only.</summary>
    internal static NameKind? Of(string type)
    {
        var words = type.ToLowerInvariant().Split('-', '_', ' ');
        var naming = Naming.FirstOrDefault(n => n.Words.Any(words.Contains));
        return naming.Words is not null ? naming.Kind
            : Things.Any(words.Contains) ? null
            : NameKind.Reference;
    }

    internal static void Read(string type, string value, SourcePlace where, Gathering found)
    {
        var saying = $"galaxy {type}";
        if (Of(type) is { } kind)
        {
            found.LeaveOut(kind, value, saying, where);
        }
        else
        {
            found.NotUnderstood(PartReason.Context, where, $"{type}: {value}");
        }
    }
}
