using System.Security.Cryptography;
using Comity.Exchange.Data;
using Comity.Kernel.Data;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Sealing;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Messages;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Sending;

/// <summary>
/// What was accepted under the id that a client gave it. A client that lost the answer asks again and gets the same one;
/// under one id there is one message.
/// </summary>
internal sealed class SentBefore(Vault vault)
{
    /// <summary>Null where the id is new.</summary>
    public async Task<Outcome<AcceptedMessage>?> FindAsync(AppDb db, Draft draft, CancellationToken ct)
    {
        if (draft.Id is not { } id)
            return null;
        var row = await db.Set<StoredMessage>()
            .AsNoTracking()
            .Where(m => m.MessageId == id)
            .OrderByDescending(m => m.Sent && m.From == draft.From)
            .FirstOrDefaultAsync(ct);
        if (row is null)
            return null;
        var whole = await db.Set<Conversation>().SingleAsync(c => c.Id == row.ConversationRow, ct);
        if (!row.Sent || row.From != draft.From || !await IsSameAsync(db, draft, row, whole, ct))
            return SendingProblems.OtherUnderThisId;
        return new AcceptedMessage(id, row.Id, whole.ConversationId, whole.Id, row.Digest, row.At);
    }

    // What the author decides, said in the place of the message that is there, gives its very octets or is another one.
    private async Task<bool> IsSameAsync(
        AppDb db,
        Draft draft,
        StoredMessage row,
        Conversation whole,
        CancellationToken ct
    )
    {
        var key = await Conversations.KeyAsync(db, whole, ct);
        var there =
            MessageJson.Read(vault.Open(key, row.SealedOctets, row.Purpose)).Value
            ?? throw new CryptographicException("A stored message cannot be read.");
        if (!await IsPlaceAsync(db, draft, there, whole, ct))
            return false;
        var again = there with
        {
            Kind = draft.Kind,
            To = draft.To,
            Cc = draft.Cc,
            Language = draft.Language,
            Tlp = draft.Tlp,
            Pap = draft.Pap,
            Handling = draft.Handling,
            Exercise = draft.Exercise ?? there.Exercise,
            ReplyBy = draft.ReplyBy,
            Severity = draft.Severity,
            Template = draft.Template,
            Fields = draft.Fields,
        };
        var composed = ComposedMessage.Compose(again, draft.Sources);
        return composed.IsGood && composed.Value.Digest == row.Digest;
    }

    private static async Task<bool> IsPlaceAsync(
        AppDb db,
        Draft draft,
        Message there,
        Conversation whole,
        CancellationToken ct
    )
    {
        if (draft.Conversation is not { } conversation)
            return there.Opening is null;
        var found = await DraftPlace.FindAsync(db, draft.From, conversation, draft.InReplyTo, ct);
        return found.IsDone
            && found.Value.Whole.Id == whole.Id
            && found.Value.Answered?.Digest == there.InReplyTo?.Digest;
    }
}
