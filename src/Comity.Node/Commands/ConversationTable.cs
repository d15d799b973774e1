using System.Text.Json.Nodes;

namespace Comity.Node.Commands;

/// <summary>Conversations as a table: what a duty officer looks for, and the id that both sides have.</summary>
internal static class ConversationTable
{
    public static IEnumerable<string> Lines(JsonArray conversations)
    {
        if (conversations.Count == 0)
            return ["No conversations."];
        string[] head = ["conversation", "ours", "with", "kind", "TLP", "state", "due (UTC)", "about"];
        var rows = conversations.Select(Row).Prepend(head).ToList();
        var widths = Enumerable.Range(0, head.Length - 1).Select(i => rows.Max(r => r[i].Length)).ToList();
        return rows.Select(row =>
            string.Join("  ", row.Select((cell, i) => i < widths.Count ? cell.PadRight(widths[i]) : cell)).TrimEnd()
        );
    }

    private static string[] Row(JsonNode? line) =>
        [
            line.Text("conversation"),
            line.Text("home"),
            Json.Joined(line!["others"]),
            line.Text("kind"),
            line.Text("tlp"),
            line.Text("stateWords"),
            Minute(line.Text("due")),
            ((bool?)line["exercise"] is true ? "EXERCISE " : "") + ShownText.OneLine(line.Text("title")),
        ];

    /// <summary>To the minute, which is enough for a table (<c>2026-05-03 14:30</c>); UTC.</summary>
    public static string Minute(string instant) => instant.Length < 16 ? instant : instant[..16].Replace('T', ' ');
}
