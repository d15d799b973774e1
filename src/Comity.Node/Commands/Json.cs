using System.Text.Json.Nodes;

namespace Comity.Node.Commands;

/// <summary>Small readings of JSON answers.</summary>
internal static class Json
{
    public static JsonArray Array(IEnumerable<string> values) => [.. values.Select(v => JsonValue.Create(v))];

    public static string Joined(JsonNode? array) =>
        string.Join(", ", (array as JsonArray ?? []).Select(v => v is JsonValue ? v.ToString() : v?.ToJsonString()));

    /// <summary>An object as one line: its values after one another.</summary>
    public static string Line(JsonNode? node) =>
        node is JsonObject members
            ? string.Join(", ", members.Where(m => m.Value is not null).Select(m => m.Value!.ToString()))
            : node?.ToString() ?? "";

    public static string Text(this JsonNode? node, string name) => node?[name]?.ToString() ?? "";

    public static bool Is(this JsonNode? node, string name) => (bool?)node?[name] is true;

    /// <summary>The members of a list; none where there is no list.</summary>
    public static IEnumerable<JsonNode> Each(this JsonNode? node, string list) =>
        (node?[list] as JsonArray ?? []).OfType<JsonNode>();
}
