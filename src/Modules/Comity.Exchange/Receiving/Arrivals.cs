using Comity.Exchange.Data;
using Comity.Exchange.Resending;
using Comity.Exchange.Sending;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Sealing;
using Comity.Kernel.Work;
using Comity.Protocol.Envelopes;

namespace Comity.Exchange.Receiving;

/// <summary>Adds the rows of a message that arrived to the caller's write; content only sealed.</summary>
internal sealed class Arrivals(Conversations conversations, Vault vault, Blobs blobs, TimeProvider clock)
{
    public async Task AddAsync(
        AppDb db,
        Conversation? known,
        ReadOnlyMemory<byte> envelope,
        OpenedEnvelope opened,
        SignedReceipt receipt,
        CancellationToken ct
    )
    {
        var now = clock.Utc();
        var (whole, key) = await WholeAsync(db, known, opened, now, ct);
        var row = new StoredMessage(Ids.New(clock), whole, opened.Message, opened.MessageDigest, sent: false, now)
        {
            Size = envelope.Length,
            Place = opened.Message.Chain.Single(l => l.Office == opened.Recipient).Sequence,
        };
        row.SealedOctets = vault.Seal(key, opened.MessageOctets.Span, row.Purpose);
        row.Arrival = new Arrival
        {
            EnvelopeDigest = opened.EnvelopeDigest,
            EnvelopeBlob = (await blobs.PutAsync(db, key, envelope, ct)).Id,
            SealedStatement = vault.Seal(key, opened.Statement.Octets.Span, row.StatementPurpose),
            Signer = opened.SignerFingerprint,
            SignedAt = opened.SignedAt,
            SignerStanding = opened.SignerStandingNow.Code(),
            TextDiffers = opened.Part1Differs,
        };
        db.Add(row);
        for (var i = 0; i < opened.Attachments.Count; i++)
        {
            var (reference, octets) = (opened.Attachments[i].Reference, opened.Attachments[i].Octets);
            var blob = await blobs.PutAsync(db, key, octets, ct);
            db.Add(new StoredAttachment(Ids.New(clock), row, i + 1, blob.Id, reference.Digest, reference.Size));
        }
        db.Add(new SeenId(Ids.New(clock), row, opened.Recipient));
        db.Add(new StoredReceipt(Ids.New(clock), row, receipt, now));
        whole.Touch(now);
        // Who would be one too many is shown with the message all the same.
        whole.TryAdmit(opened.Message);
        await LookForGapAsync(db, row, now, ct);
    }

    private async Task LookForGapAsync(AppDb db, StoredMessage row, DateTime now, CancellationToken ct)
    {
        if (!await Gaps.IsBeforeAsync(db, row.ConversationRow, row.From, row.Place!.Value, ct))
            return;
        var key = AskForGap.KeyOf(row.ConversationRow, row.From);
        await db.EnqueueAsync(AskForGap.WorkKind, key, now + AskForGap.Patience, clock, ct);
    }

    private async Task<(Conversation, StorageKey)> WholeAsync(
        AppDb db,
        Conversation? known,
        OpenedEnvelope opened,
        DateTime now,
        CancellationToken ct
    )
    {
        if (known is not null)
            return (known, await Conversations.KeyAsync(db, known, ct));
        var message = opened.Message;
        var opening = new Conversation.Opening(
            message.Conversation,
            message.OpenedBy.Office,
            message.From.Participant,
            message.Exercise,
            message.Record,
            now
        );
        return await conversations.OpenAsync(db, opened.Recipient, opening, ct);
    }
}
