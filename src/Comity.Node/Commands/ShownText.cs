using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Comity.Node.Commands;

/// <summary>
/// A JSON answer as indented lines, for people at a terminal. What others wrote stands behind a bar on every line but
/// the first, and what is invisible is spelled out: nobody writes a line that looks like one of ours.
/// </summary>
internal static class ShownText
{
    private const string Continued = "| ";

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
                foreach (var line in Said(indent, node.ToString()))
                    yield return line;
                break;
        }
    }

    /// <summary>What others wrote, on one line of at most 60 characters.</summary>
    public static string OneLine(string text)
    {
        const int Longest = 60;
        var line = Visible(text.ReplaceLineEndings(" "));
        return line.Length <= Longest ? line : line[..(Longest - 1)] + "…";
    }

    private static IEnumerable<string> Member(string name, JsonNode? value, string indent, int depth) =>
        value switch
        {
            null => [],
            JsonArray { Count: 0 } => [],
            JsonObject or JsonArray => Lines(value, depth + 1).Prepend($"{indent}{Visible(name)}:"),
            _ => Said($"{indent}{Visible(name)}: ", value.ToString()),
        };

    private static IEnumerable<string> Said(string start, string text)
    {
        var indent = new string(' ', start.Length - start.TrimStart().Length + 2);
        return text.Split('\n').Select((line, i) => (i == 0 ? start : indent + Continued) + Visible(line));
    }

    /// <summary>Control and format characters as their numbers; the joiners that scripts need stay.</summary>
    private static string Visible(string line)
    {
        var shown = new StringBuilder(line.Length);
        foreach (var rune in line.EnumerateRunes())
        {
            var hidden =
                rune.Value is not ('\t' or 0x200C or 0x200D)
                && Rune.GetUnicodeCategory(rune)
                    is UnicodeCategory.Control
                        or UnicodeCategory.Format
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator;
            if (hidden)
                shown.Append(CultureInfo.InvariantCulture, $"<U+{rune.Value:X4}>");
            else
                shown.Append(rune.ToString());
        }
        return shown.ToString();
    }
}
