using Comity.Exchange.Data;
using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Sending;

/// <summary>
/// To whom an answer goes where its author named nobody: to the author of the message answered; else to whom our office
/// wrote last. Never to an office that only the other side named.
/// </summary>
internal sealed class DefaultRecipients(AppDb db)
{
    public async Task<IReadOnlyList<string>> OfAsync(OfficeName from, MessageDraft draft, CancellationToken ct)
    {
        if (!ConversationId.TryParse(draft.Conversation, out var id))
            return [];
        var whole = await db.Set<Conversation>()
            .AsNoTracking()
            .SingleOrDefaultAsync(c => c.ConversationId == id && c.Home == from, ct);
        if (whole is null)
            return [];
        var messages = db.Set<StoredMessage>().AsNoTracking().Where(m => m.ConversationRow == whole.Id);
        var answered = MessageId.TryParse(draft.InReplyTo, out var parent)
            ? await messages.FirstOrDefaultAsync(m => m.MessageId == parent, ct)
            : null;
        if (answered is { Sent: false })
            return [answered.From.Value];
        var ours = answered ?? await messages.Where(m => m.Sent).OrderByDescending(m => m.Id).FirstOrDefaultAsync(ct);
        return ours is null ? [whole.Opener.Value] : await AddressedAsync(ours, ct);
    }

    private async Task<IReadOnlyList<string>> AddressedAsync(StoredMessage message, CancellationToken ct)
    {
        var offices = await db.Set<Delivery>()
            .AsNoTracking()
            .Where(d => d.MessageRow == message.Id && !d.Copy)
            .OrderBy(d => d.Id)
            .Select(d => d.Office)
            .ToListAsync(ct);
        return [.. offices.Select(o => o.Value)];
    }
}
