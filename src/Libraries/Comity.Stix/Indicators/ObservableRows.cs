using System.Globalization;
using System.Text.Json;

namespace Comity.Stix.Indicators;

/// <summary>Makes rows of observables (STIX 2.1 clause 6), of their own or inside observed-data.</summary>
internal static class ObservableRows
{
    // The members that tell one observable from another; the rest describes it.
    private static readonly Dictionary<string, string[]> Telling = new(StringComparer.Ordinal)
    {
        ["artifact"] = ["hashes", "url"],
        ["autonomous-system"] = ["number"],
        ["directory"] = ["path"],
        ["domain-name"] = ["value"],
        ["email-addr"] = ["value"],
        ["email-message"] = ["subject"],
        ["file"] = ["hashes", "name"],
        ["ipv4-addr"] = ["value"],
        ["ipv6-addr"] = ["value"],
        ["mac-addr"] = ["value"],
        ["mutex"] = ["name"],
        ["process"] = ["command_line"],
        ["url"] = ["value"],
        ["user-account"] = ["account_login", "user_id"],
        ["windows-registry-key"] = ["key"],
        ["x509-certificate"] = ["hashes", "serial_number", "issuer"],
    };

    internal static void Add(StixObject found, Findings findings)
    {
        if (Telling.ContainsKey(found.Type))
        {
            AddMembers(found, found.Type, found.Json, "", findings);
        }
        else if (
            found.Type == "observed-data"
            && found.Json.TryGetProperty("objects", out var inner)
            && inner.ValueKind == JsonValueKind.Object
        )
        {
            foreach (var member in inner.EnumerateObject())
            {
                if (member.Value.TextOf("type") is { } type && Telling.ContainsKey(type))
                {
                    AddMembers(found, type, member.Value, "objects." + member.Name + ".", findings);
                }
            }
        }
    }

    private static void AddMembers(StixObject found, string type, JsonElement json, string place, Findings findings)
    {
        var source = RowSource.Of(found, null);
        foreach (var member in Telling[type])
        {
            if (!json.TryGetProperty(member, out var value))
            {
                continue;
            }

            if (member == "hashes" && value.ValueKind == JsonValueKind.Object)
            {
                foreach (var hash in value.EnumerateObject())
                {
                    AddValue(source, type, ["hashes", hash.Name], hash.Value, place, findings);
                }
            }
            else
            {
                AddValue(source, type, [member], value, place, findings);
            }

            if (findings.Full)
            {
                return;
            }
        }
    }

    private static void AddValue(
        RowSource source,
        string type,
        string[] steps,
        JsonElement json,
        string place,
        Findings findings
    )
    {
        var value = json.ValueKind switch
        {
            JsonValueKind.String => json.GetString()!,
            JsonValueKind.Number when json.TryGetInt64(out var number) => number.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
        var path = string.Join('.', steps);
        var meaning = PathMeaning.Of(type, steps, value ?? "");
        if (value is null || !meaning.Fits(value))
        {
            findings.Add(
                new NotUnderstood(
                    NotUnderstoodReason.OddValue,
                    source.ObjectId,
                    place + path,
                    value ?? json.ValueKind.ToString()
                )
            );
            return;
        }

        findings.Add(source.Row(meaning, value, type + ":" + path, IndicatorRelation.Equal, alone: true));
    }
}
