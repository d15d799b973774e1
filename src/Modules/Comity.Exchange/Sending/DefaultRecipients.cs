using Comity.Exchange.Data;
using Comity.Kernel.Data;
using Comity.Kernel.Outcomes;
using Comity.Protocol;
using Comity.Protocol.Messages;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Sending;

/// <summary>To whom a message goes, and who gets a copy.</summary>
internal sealed record Addressees(IReadOnlyList<string> To, IReadOnlyList<string> Cc)
{
    public IEnumerable<string> All => To.Concat(Cc);
}

/// <summary>
/// To whom an answer goes where its author named nobody: to the author of the message answered; else to whom our office
/// wrote last; else to whoever wrote to us. Never to an office that only the other side named, as the opener may be. What
/// is withdrawn or closed is said to everybody who was told of it by our office, copies included.
/// </summary>
internal sealed class DefaultRecipients(AppDb db)
{
    public async Task<Outcome<Addressees>> OfAsync(OfficeName from, SendMessage request, CancellationToken ct)
    {
        var (draft, given) = (request.Message, new Addressees(request.To ?? [], request.Cc ?? []));
        var ends = draft.Kind == MessageKind.Withdrawal.Code() || draft.Kind == MessageKind.Closure.Code();
        if ((given.To.Count > 0 && !ends) || DraftPlace.Id(draft.Conversation) is not { } conversation)
            return given;
        var found = await DraftPlace.FindAsync(db, from, conversation, DraftPlace.Id(draft.InReplyTo), ct);
        if (found.Problem is { } problem)
            return problem;
        var (whole, answered) = found.Value;
        var ours = answered?.Sent ?? whole.Opener == from;
        if (!ends || !ours)
            return given with { To = await AnsweredAsync(whole, answered, ct) };
        var everybody = answered is null
            ? new Addressees(await WrittenToAsync(whole, ct), [])
            : new Addressees(await AddressedAsync(answered, false, ct), await AddressedAsync(answered, true, ct));
        if (given.To.Count == 0)
            return everybody;
        return everybody.All.Except(given.All).Any() ? SendingProblems.ToEverybody : given;
    }

    private async Task<List<string>> WrittenToAsync(Conversation whole, CancellationToken ct)
    {
        var offices = db.Set<Delivery>().AsNoTracking().Where(d => d.ConversationRow == whole.Id);
        return [.. (await offices.Select(d => d.Office).Distinct().ToListAsync(ct)).Order().Select(o => o.Value)];
    }

    private async Task<List<string>> AnsweredAsync(Conversation whole, StoredMessage? answered, CancellationToken ct)
    {
        if (answered is { Sent: false })
            return [answered.From.Value];
        var ours = answered ?? await LastOfOursAsync(whole, ct);
        return ours is null ? [await AuthorAsync(whole, ct)] : await AddressedAsync(ours, false, ct);
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

    private async Task<List<string>> AddressedAsync(StoredMessage message, bool copies, CancellationToken ct)
    {
        var offices = await db.Set<Delivery>()
            .AsNoTracking()
            .Where(d => d.MessageRow == message.Id && d.Copy == copies)
            .OrderBy(d => d.Id)
            .Select(d => d.Office)
            .ToListAsync(ct);
        return [.. offices.Select(o => o.Value)];
    }
}
