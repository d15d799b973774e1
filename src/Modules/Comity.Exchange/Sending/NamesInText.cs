using System.Text.Json;

namespace Comity.Exchange.Sending;

/// <summary>
/// Finds in what a person wrote a name that the bundle gives to an actor, a person, an organisation or a country, and
/// that nobody confirmed. A notification tells what was seen, not who is behind it.
/// </summary>
internal static class NamesInText
{
    public static (string Place, string Name)? First(MessageDraft draft, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return null;
        var texts = Texts(draft.Fields, "message.fields").Append(("message.handling", draft.Handling ?? ""));
        foreach (var (place, text) in texts)
            if (names.FirstOrDefault(name => Stands(text, name)) is { } found)
                return (place, found);
        return null;
    }

    private static IEnumerable<(string Place, string Text)> Texts(JsonElement? json, string place)
    {
        if (json is not { } found)
            return [];
        return found.ValueKind switch
        {
            JsonValueKind.String => [(place, found.GetString()!)],
            JsonValueKind.Array => found.EnumerateArray().SelectMany((item, i) => Texts(item, $"{place}[{i}]")),
            JsonValueKind.Object => found.EnumerateObject().SelectMany(m => Texts(m.Value, $"{place}.{m.Name}")),
            _ => [],
        };
    }

    // As a word of its own: "Ares" is not found in "shares".
    private static bool Stands(string text, string name)
    {
        for (var at = 0; (at = text.IndexOf(name, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var before = at == 0 || !char.IsLetterOrDigit(text[at - 1]);
            var end = at + name.Length;
            if (before && (end == text.Length || !char.IsLetterOrDigit(text[end])))
                return true;
        }
        return false;
    }
}
