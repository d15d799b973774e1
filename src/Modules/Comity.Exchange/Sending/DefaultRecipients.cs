using Comity.Exchange.Data;
using Comity.Kernel.Data;
using Comity.Kernel.Outcomes;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Sending;

/// <summary>
/// To whom an answer goes where its author named nobody: to the author of the message answered; else to whom our office
/// wrote last; else to whoever wrote to us. Never to an office that only the other side named, as the opener may be.
/// </summary>
internal sealed class DefaultRecipients(AppDb db)
{
    public async Task<Outcome<List<string>>> OfAsync(OfficeName from, MessageDraft draft, CancellationToken ct)
    {
        if (DraftPlace.Id(draft.Conversation) is not { } conversation)
            return new List<string>();
        var found = await DraftPlace.FindAsync(db, from, conversation, DraftPlace.Id(draft.InReplyTo), ct);
        if (found.Problem is { } problem)
            return problem;
        var (whole, answered) = found.Value;
        if (answered is { Sent: false })
            return new List<string> { answered.From.Value };
        var ours = answered ?? await LastOfOursAsync(whole, ct);
        return ours is null ? [await AuthorAsync(whole, ct)] : await AddressedAsync(ours, ct);
    }

    private Task<StoredMessage?> LastOfOursAsync(Conversation whole, CancellationToken ct) =>
        db.Set<StoredMessage>()
            .AsNoTracking()
            .Where(m => m.ConversationRow == whole.Id && m.Sent)
            .OrderByDescending(m => m.Id)
            .FirstOrDefaultAsync(ct);

    private async Task<string> AuthorAsync(Conversation whole, CancellationToken ct)
    {
        var rows = db.Set<StoredMessage>().AsNoTracking().Where(m => m.ConversationRow == whole.Id);
        var author = await rows.OrderByDescending(m => m.From == whole.Opener)
            .ThenBy(m => m.Id)
            .Select(m => m.From)
            .FirstAsync(ct);
        return author.Value;
    }

    private async Task<List<string>> AddressedAsync(StoredMessage message, CancellationToken ct)
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
