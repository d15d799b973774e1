using System.Text.Json.Nodes;

namespace Comity.Node.Commands;

/// <summary>A JSON answer as indented lines, for people at a terminal.</summary>
internal static class ShownText
{
    public static IEnumerable<string> Lines(JsonNode? node, int depth = 0)
    {
        var indent = new string(' ', depth * 2);
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                foreach (var line in Member(name, value, indent, depth))
                    yield return line;
                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    var inner = Lines(item, depth + 1).ToList();
                    if (inner.Count > 0)
                        inner[0] = indent + "- " + inner[0].TrimStart();
                    foreach (var line in inner)
                        yield return line;
                }
                break;
            case not null:
                yield return indent + node;
                break;
        }
    }

    private static IEnumerable<string> Member(string name, JsonNode? value, string indent, int depth) =>
        value switch
        {
            null => [],
            JsonArray { Count: 0 } => [],
            JsonObject or JsonArray => Lines(value, depth + 1).Prepend($"{indent}{name}:"),
            _ => [$"{indent}{name}: {value}"],
        };
}
