using System.Globalization;
using System.Text.Json;
using Comity.Stix.Indicators;
using Comity.Stix.Names;

namespace Comity.Stix;

/// <summary>From octets to a bundle with its findings, or to a refusal.</summary>
internal static class BundleReader
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    internal static StixReading Read(ReadOnlyMemory<byte> octets)
    {
        if (octets.Length > StixLimits.Octets)
        {
            return StixReading.Refused(StixRefusal.TooLarge, "");
        }

        var own = octets.ToArray();
        var json = own.AsSpan();
        json = json.StartsWith(ByteOrderMark) ? json[ByteOrderMark.Length..] : json;
        if (JsonScan.Refuse(json) is { } refused)
        {
            return StixReading.Refused(refused.Refusal, refused.Place);
        }

        var root = JsonElement.Parse(json, new JsonDocumentOptions { MaxDepth = StixLimits.Depth });
        return Bundle(own, root);
    }

    private static StixReading Bundle(byte[] octets, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return StixReading.Refused(StixRefusal.NotABundle, "");
        }

        if (Repeated(root, "type", "id", "objects") is { } twice)
        {
            return StixReading.Refused(StixRefusal.Ambiguous, twice);
        }

        if (root.TextOf("type") != "bundle" || root.TextOf("id") is not { Length: > 0 } id)
        {
            return StixReading.Refused(StixRefusal.NotABundle, "");
        }

        if (root.TryGetProperty("spec_version", out _) && root.TextOf("spec_version") != "2.1")
        {
            return StixReading.Refused(StixRefusal.OtherVersion, "spec_version");
        }

        if (root.TryGetProperty("objects", out var list) && list.ValueKind != JsonValueKind.Array)
        {
            return StixReading.Refused(StixRefusal.NotABundle, "objects");
        }

        if (list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > StixLimits.Objects)
        {
            return StixReading.Refused(StixRefusal.TooManyObjects, "objects");
        }

        List<StixObject> objects = [];
        foreach (var item in root.ListOf("objects"))
        {
            var (found, refusal) = Object(item, objects.Count);
            if (found is null)
            {
                var place = string.Create(CultureInfo.InvariantCulture, $"objects[{objects.Count}]");
                return StixReading.Refused(refusal, place);
            }

            objects.Add(found);
        }

        return WithFindings(new StixBundle(octets, root, id, objects));
    }

    private static (StixObject? Found, StixRefusal Refusal) Object(JsonElement item, int index)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return (null, StixRefusal.NotABundle);
        }

        if (Repeated(item, "type", "id") is not null)
        {
            return (null, StixRefusal.Ambiguous);
        }

        return item.TextOf("type") is { Length: > 0 } type && item.TextOf("id") is { Length: > 0 } id
            ? (new StixObject(index, type, id, item), default)
            : (null, StixRefusal.ObjectWithoutTypeOrId);
    }

    private static StixReading WithFindings(StixBundle bundle)
    {
        var findings = new Findings();
        Understanding.AddMembers(bundle.Id, "bundle", bundle.Json, findings);
        foreach (var found in bundle.Objects)
        {
            Understanding.Add(found, findings);
            if (found.Type == "indicator")
            {
                PatternRows.Add(found, findings);
            }

            ObservableRows.Add(found, findings);
            NamedThreats.Add(found, findings);
            if (findings.Full)
            {
                return StixReading.Refused(StixRefusal.TooMuchWork, "");
            }
        }

        if (!NameSearch.Add(bundle, findings))
        {
            return StixReading.Refused(StixRefusal.TooMuchWork, "");
        }

        bundle.Indicators = findings.Rows;
        bundle.NotUnderstood = findings.NotUnderstood;
        bundle.NamesFound = findings.Names;
        bundle.Vulnerabilities = findings.Vulnerabilities;
        bundle.Malware = findings.Malware;
        return StixReading.Of(bundle);
    }

    private static string? Repeated(JsonElement json, params ReadOnlySpan<string> members)
    {
        foreach (var member in members)
        {
            var count = 0;
            foreach (var there in json.EnumerateObject())
            {
                if (there.NameEquals(member) && ++count > 1)
                {
                    return member;
                }
            }
        }

        return null;
    }
}
