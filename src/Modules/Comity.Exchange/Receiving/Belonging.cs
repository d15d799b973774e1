using Comity.Exchange.Data;
using Comity.Kernel.Data;
using Comity.Protocol;
using Comity.Protocol.Messages;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Receiving;

/// <summary>To which conversation of our office a message belongs.</summary>
/// <param name="Whole">It; null where the message opens one.</param>
/// <param name="Beside">Whether it opens one under an id that others use already.</param>
internal readonly record struct Belonging(Conversation? Whole, bool Beside)
{
    /// <summary>Code of the alarm.</summary>
    public const string TwiceCode = "conversation-id-twice";

    /// <summary>
    /// Whoever comes first with an id takes it from nobody: a message belongs to what it answers, else to what its author
    /// opened, else to where it may speak. Where that is nowhere, and it is of a kind that opens, it opens one beside.
    /// </summary>
    public static async Task<Belonging> OfAsync(AppDb db, Message message, OfficeName home, CancellationToken ct)
    {
        var all = await Conversations.AllAsync(db, message.Conversation, home, ct);
        if (all.Count == 0)
            return new(null, false);
        var fits = all.Where(c => c.IsParty(message.From) && c.Exercise == message.Exercise).ToList();
        var answered = await AnsweredAsync(db, fits, message, ct);
        var found =
            answered
            ?? fits.FirstOrDefault(c => c.Opener == message.From)
            ?? fits.FirstOrDefault(c => c.OpenedBy == message.From.Participant)
            ?? fits.FirstOrDefault();
        if (found is not null)
            return new(found, false);
        var opens = Kinds.Of(message.Kind).Opens && message.InReplyTo is null;
        // Its own conversation is no place for an exercise that was none; and nobody has two of one id.
        var own = all.FirstOrDefault(c => c.Opener == message.From);
        return own is null && opens
            ? new(null, true)
            : new(own ?? all.Find(c => c.IsParty(message.From)) ?? all[0], false);
    }

    private static async Task<Conversation?> AnsweredAsync(
        AppDb db,
        List<Conversation> fits,
        Message message,
        CancellationToken ct
    )
    {
        if (message.InReplyTo is not { } reference || fits.Count < 2)
            return null;
        var rows = fits.Select(c => c.Id).ToList();
        var at = await db.Set<StoredMessage>()
            .Where(m => rows.Contains(m.ConversationRow) && m.Digest == reference.Digest)
            .OrderBy(m => m.Id)
            .Select(m => m.ConversationRow)
            .FirstOrDefaultAsync(ct);
        return fits.Find(c => c.Id == at);
    }
}
