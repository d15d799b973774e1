using System.Text.Json.Nodes;
using Comity.Node.Commands;

namespace Comity.System.Tests.Faults;

/// <summary>A message as one side has it.</summary>
/// <param name="Id">The id that both sides share.</param>
/// <param name="Digest">Of its exact octets.</param>
/// <param name="Mark">The mark in its text.</param>
/// <param name="Sent">Whether this side is its author.</param>
/// <param name="InReplyTo">The message that it answers; empty where it answers none.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Marks">The marks at its one recipient.</param>
/// <param name="Attachments">Digests of what travelled with it.</param>
internal sealed record Entered(
    string Id,
    string Digest,
    string Mark,
    bool Sent,
    string InReplyTo,
    string Kind,
    IReadOnlySet<string> Marks,
    string Attachments
);

/// <summary>Everything that a node shows of its exchange through its public API.</summary>
/// <param name="Messages">In all conversations.</param>
/// <param name="Conversations">Their shared ids.</param>
/// <param name="Faults">Gaps, forks, and messages that count for nothing.</param>
internal sealed record Books(
    IReadOnlyList<Entered> Messages,
    IReadOnlySet<string> Conversations,
    IReadOnlyList<string> Faults
)
{
    /// <summary>All that is there, page by page, while nobody sends.</summary>
    public static async Task<Books> ReadAsync(FaultNode node, CancellationToken ct)
    {
        var conversations = new HashSet<string>(StringComparer.Ordinal);
        for (var page = 1; ; page++)
        {
            var lines = await node.Operator.GetJsonAsync($"exchange/conversations?page={page}", ct);
            if (lines.AsArray().Count == 0)
                return await ReadAsync(node, conversations, ct);
            foreach (var line in lines.AsArray())
                conversations.Add(line.Text("conversation"));
        }
    }

    /// <summary>Some conversations, whole, whatever happens meanwhile; one that is not there has nothing.</summary>
    public static async Task<Books> ReadAsync(FaultNode node, IReadOnlySet<string> conversations, CancellationToken ct)
    {
        var messages = new List<Entered>();
        var faults = new List<string>();
        foreach (var id in conversations)
        {
            if (await FindAsync(node, id, ct) is not { } whole)
                continue;
            messages.AddRange(whole.Each("messages").Select(Enter));
            faults.AddRange(whole.Each("gaps").Select(g => $"{node.Code} shows a gap: {g.ToJsonString()}"));
            faults.AddRange(whole.Each("forks").Select(f => $"{node.Code} shows a fork: {f.ToJsonString()}"));
            faults.AddRange(
                whole
                    .Each("messages")
                    .Where(m => m.Text("noEffect").Length > 0 || m.Is("waiting"))
                    .Select(m => $"{node.Code}: {m.Text("message")} counts for nothing: {m.Text("noEffect")}")
            );
        }
        return new Books(messages, conversations, faults);
    }

    public ILookup<string, Entered> Sent => Messages.Where(m => m.Sent).ToLookup(m => m.Id, StringComparer.Ordinal);

    public ILookup<string, Entered> Received =>
        Messages.Where(m => !m.Sent).ToLookup(m => m.Id, StringComparer.Ordinal);

    private static async Task<JsonNode?> FindAsync(FaultNode node, string conversation, CancellationToken ct)
    {
        try
        {
            return await node.Operator.GetJsonAsync($"exchange/conversations/{conversation}", ct);
        }
        catch (CommandException missing) when (missing.Code is "exchange.no-such-conversation")
        {
            return null;
        }
    }

    private static Entered Enter(JsonNode message) =>
        new(
            message.Text("message"),
            message.Text("digest"),
            Letters.MarkOf(message),
            message.Is("sent"),
            message.Text("inReplyTo"),
            message.Text("kind"),
            message
                .Each("recipients")
                .SelectMany(r => r.Each("marks"))
                .Select(m => m.Text("name"))
                .ToHashSet(StringComparer.Ordinal),
            string.Join(' ', message.Each("attachments").Select(a => a.Text("digest")))
        );
}
