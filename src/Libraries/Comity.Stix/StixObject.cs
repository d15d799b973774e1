using System.Text.Json;

namespace Comity.Stix;

/// <summary>One STIX object of a bundle.</summary>
public sealed class StixObject
{
    internal StixObject(int index, string type, string id, JsonElement json)
    {
        Index = index;
        Type = type;
        Id = id;
        Json = json;
    }

    /// <summary>Its place in the bundle's list, from 0.</summary>
    public int Index { get; }

    /// <summary>Its type, such as "indicator".</summary>
    public string Type { get; }

    /// <summary>Its id, such as "indicator--" and a UUID. Two versions of one object share it.</summary>
    public string Id { get; }

    /// <summary>The object as JSON, every member kept.</summary>
    public JsonElement Json { get; }

    /// <summary>Its name, where it has one.</summary>
    public string? Name => Json.TextOf("name");
}

internal static class JsonMembers
{
    internal static string? TextOf(this JsonElement json, string member) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty(member, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    internal static IEnumerable<JsonElement> ListOf(this JsonElement json, string member)
    {
        if (
            json.ValueKind != JsonValueKind.Object
            || !json.TryGetProperty(member, out var list)
            || list.ValueKind != JsonValueKind.Array
        )
        {
            yield break;
        }

        foreach (var item in list.EnumerateArray())
        {
            yield return item;
        }
    }

    internal static IEnumerable<string> TextsOf(this JsonElement json, string member) =>
        json.ListOf(member).Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString()!);
}
