using System.Text.Json;
using Comity.Indicators.Types;
using Comity.Stix;

namespace Comity.Indicators.Misp;

/// <summary>What an object says of all its attributes.</summary>
internal readonly record struct Within(NameKind? Named, bool IsDeleted)
{
    internal static Within Of(JsonElement json) =>
        new(NamingTypes.OfObject(json.TextOf("name")), AttributeEntry.IsTrue(json, "deleted") == true);
}

/// <summary>An attribute as the core format writes it ("Attribute Attributes").</summary>
internal static class AttributeEntry
{
    internal static bool Is(JsonElement json) => json.TextOf("type") is not null && json.TryGetProperty("value", out _);

    internal static Entry Of(JsonElement json, Within within, SourcePlace where)
    {
        var value = json.GetProperty("value");
        return new Entry(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(), where)
        {
            Type = json.TextOf("type"),
            Category = json.TextOf("category"),
            Named = within.Named,
            Id = json.TextOf("uuid") ?? "",
            Note = json.TextOf("comment"),
            FirstSeen = json.TextOf("first_seen"),
            LastSeen = json.TextOf("last_seen"),
            ToDetect = IsTrue(json, "to_ids"),
            Deleted = within.IsDeleted || IsTrue(json, "deleted") == true,
        };
    }

    /// <summary>MISP writes truth as true, as 1 and as "1".</summary>
    internal static bool? IsTrue(JsonElement json, string member) =>
        !json.TryGetProperty(member, out var value)
            ? null
            : value.ToString() switch
            {
                "True" or "true" or "1" => true,
                "False" or "false" or "0" => false,
                _ => null,
            };
}
