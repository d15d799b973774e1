using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Data;

/// <summary>Finds by the row of this node or by the id that all sides share; whichever somebody has at hand.</summary>
internal static class Lookup
{
    /// <summary>Where two offices of this node have the same message, both rows; the oldest first.</summary>
    public static IQueryable<StoredMessage> Messages(AppDb db, Guid id)
    {
        var all = db.Set<StoredMessage>().AsNoTracking();
        if (!MessageId.TryParse(id.ToString(), out var shared))
            return all.Where(m => m.Id == id);
        return all.Where(m => m.Id == id || m.MessageId == shared).OrderBy(m => m.Id);
    }

    /// <summary>Where two offices of this node take part, both rows; the oldest first.</summary>
    public static IQueryable<Conversation> Conversations(AppDb db, Guid id)
    {
        var all = db.Set<Conversation>().AsNoTracking();
        if (!ConversationId.TryParse(id.ToString(), out var shared))
            return all.Where(c => c.Id == id);
        return all.Where(c => c.Id == id || c.ConversationId == shared).OrderBy(c => c.Id);
    }
}
