using System.Text.Json.Nodes;

namespace Comity.Node.Commands;

/// <summary>Small readings of JSON answers.</summary>
internal static class Json
{
    public static JsonArray Array(IEnumerable<string> values) => [.. values.Select(v => JsonValue.Create(v))];

    public static string Joined(JsonNode? array) =>
        string.Join(", ", (array as JsonArray ?? []).Select(v => v is JsonValue ? v.ToString() : v?.ToJsonString()));

    public static string Text(this JsonNode? node, string name) => node?[name]?.ToString() ?? "";
}
