using Comity.Exchange.Data;
using Comity.Kernel.Data;
using Comity.Kernel.Outcomes;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Sending;

/// <summary>
/// Where an answer belongs: a conversation of our office and the message answered. A shared id that several have, because
/// a party used it twice, names none of them; their rows do.
/// </summary>
internal sealed record DraftPlace(Conversation Whole, StoredMessage? Answered)
{
    public static async Task<Outcome<DraftPlace>> FindAsync(
        AppDb db,
        OfficeName home,
        Guid conversation,
        Guid? parent,
        CancellationToken ct
    )
    {
        var shared = ConversationId.TryParse(conversation.ToString(), out var id) ? id : default(ConversationId?);
        var wholes = await db.Set<Conversation>()
            .Where(c => c.Home == home && (c.Id == conversation || c.ConversationId == shared))
            .ToListAsync(ct);
        if (wholes.Find(c => c.Id == conversation) is { } exact)
            wholes = [exact];
        if (wholes.Count == 0)
            return SendingProblems.NoSuchConversation;
        if (parent is not { } answered)
            return wholes.Count == 1 ? new DraftPlace(wholes[0], null) : SendingProblems.SeveralOfThisId;
        var found = await MessagesAsync(db, [.. wholes.Select(c => c.Id)], answered, ct);
        return found switch
        {
            [] => SendingProblems.NoSuchMessage,
            [var one] => new DraftPlace(wholes.First(c => c.Id == one.ConversationRow), one),
            _ => SendingProblems.SeveralOfThisId,
        };
    }

    /// <summary>An id as a draft gives it; one that is none names nothing.</summary>
    public static Guid? Id(string? written) =>
        written is null ? null
        : Guid.TryParse(written, out var id) ? id
        : Guid.Empty;

    private static async Task<IReadOnlyList<StoredMessage>> MessagesAsync(
        AppDb db,
        List<Guid> wholes,
        Guid id,
        CancellationToken ct
    )
    {
        var shared = MessageId.TryParse(id.ToString(), out var parsed) ? parsed : default(MessageId?);
        var found = await db.Set<StoredMessage>()
            .AsNoTracking()
            .Where(m => wholes.Contains(m.ConversationRow) && (m.Id == id || m.MessageId == shared))
            .ToListAsync(ct);
        return found.Find(m => m.Id == id) is { } exact ? [exact] : found;
    }
}
