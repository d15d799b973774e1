using System.Text.Json;
using Comity.Indicators.Taking;
using Comity.Indicators.Types;
using Comity.Stix;

namespace Comity.Indicators.Misp;

/// <summary>The clusters of a galaxy: what each is called, and by what other names.</summary>
internal sealed class ClusterNames(JsonElement galaxy, SourcePlace where, Gathering found)
{
    private static readonly (string Member, NameKind? Kind)[] OtherNames =
    [
        ("synonyms", null),
        ("country", NameKind.Place),
        ("cfr-suspected-state-sponsor", NameKind.Place),
        ("cfr-suspected-victims", NameKind.Place),
    ];

    internal void Take()
    {
        if (
            galaxy.ValueKind != JsonValueKind.Object
            || !galaxy.TryGetProperty("GalaxyCluster", out var clusters)
            || clusters.ValueKind != JsonValueKind.Array
        )
        {
            found.NotUnderstood(PartReason.Unread, where, galaxy.GetRawText());
            return;
        }

        foreach (var cluster in clusters.EnumerateArray())
        {
            var type = cluster.TextOf("type") ?? galaxy.TextOf("type") ?? "";
            if (cluster.TextOf("value") is { Length: > 0 } value)
            {
                Galaxies.Read(type, value, where, found);
                TakeOtherNames(type, cluster);
            }
            else
            {
                found.NotUnderstood(PartReason.Unread, where, cluster.GetRawText());
            }
        }
    }

    private void TakeOtherNames(string type, JsonElement cluster)
    {
        if (Galaxies.Of(type) is not { } kind || !cluster.TryGetProperty("meta", out var meta))
        {
            return;
        }

        foreach (var (member, other) in OtherNames)
        {
            var names = meta.TextOf(member) is { } one ? [one] : meta.TextsOf(member);
            foreach (var name in names.Where(n => n.Length > 0))
            {
                found.LeaveOut(other ?? kind, name, $"galaxy {type}: {member}", where);
            }
        }
    }
}
