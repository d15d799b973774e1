using Comity.Exchange.Data;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Sealing;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Kernel.Writing;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Messages;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Sending;

/// <summary>A message that is committed here.</summary>
internal sealed record AcceptedMessage(
    MessageId Id,
    Guid Row,
    ConversationId Conversation,
    Guid ConversationRow,
    Digest Digest,
    DateTime At
);

/// <summary>
/// Accepts a message: the message, its recipients and the work that seals it are committed in one write, and only then
/// is anybody told.
/// </summary>
internal sealed class Acceptance(
    WriteGate gate,
    Conversations conversations,
    SentBefore before,
    Vault vault,
    Blobs blobs,
    TimeProvider clock
)
{
    /// <summary>Kind of the work that seals one delivery.</summary>
    public const string SealWork = "exchange.seal";

    public async Task<Outcome<AcceptedMessage>> AcceptAsync(Viewer viewer, Draft draft, CancellationToken ct)
    {
        var act = draft.Kind == MessageKind.Acknowledgement ? ExchangeModule.Acknowledge : ExchangeModule.Send;
        if (!viewer.May(act, draft.From.Value))
            return SendingProblems.NotYours;
        try
        {
            var author = await AuthorAsync(viewer, draft.From, ct);
            return await gate.WriteAsync(author, (db, token) => WriteAsync(db, draft, viewer.PersonId, token), ct);
        }
        catch (DbUpdateException)
        {
            return SendingProblems.AtTheSameTime;
        }
        catch (DiskFullException)
        {
            // An answer and no fault: a page then keeps what was typed.
            return DiskFullException.Problem;
        }
    }

    // Who acts for an office belongs to its audience, also where this is the first thing that the office has.
    private async Task<Viewer> AuthorAsync(Viewer viewer, OfficeName office, CancellationToken ct)
    {
        var audience = await conversations.AudienceAsync(office, ct);
        return viewer.Seen.Contains(audience) ? viewer : viewer with { Seen = viewer.Seen.Add(audience) };
    }

    private async Task<Outcome<AcceptedMessage>> WriteAsync(AppDb db, Draft draft, Guid? by, CancellationToken ct)
    {
        if (await before.FindAsync(db, draft, ct) is { } settled)
            return settled;
        var now = Instants.InMilliseconds(clock.Utc());
        var found = await WholeAsync(db, draft, now, ct);
        if (found.Problem is { } problem)
            return problem;
        var (whole, key, place) = found.Value;
        var composed = ComposedMessage.Compose(await MessageOfAsync(db, draft, whole, place, now, ct), draft.Sources);
        if (!composed.IsGood)
            return SendingProblems.Malformed(composed.Fault);
        var message = composed.Value.Message;
        var row = new StoredMessage(Ids.New(clock), whole, message, composed.Value.Digest, sent: true, now) { By = by };
        row.SealedOctets = vault.Seal(key, composed.Value.Octets.Span, row.Purpose);
        db.Add(row);
        // Two that come at the same moment under one id are not both written.
        if (draft.Id is not null)
            db.Add(new SeenId(Ids.New(clock), row, draft.From));
        await AddAttachmentsAsync(db, key, row, draft, ct);
        foreach (var link in message.Chain)
        {
            var delivery = new Delivery(Ids.New(clock), row, link, message.Cc.Contains(link.Office));
            db.Add(delivery);
            await db.EnqueueAsync(SealWork, delivery.Id.ToString(), now, clock, ct);
        }
        whole.Touch(now);
        if (!whole.TryAdmit(message))
            return SendingProblems.TooManyParties;
        return new AcceptedMessage(message.Id, row.Id, message.Conversation, whole.Id, row.Digest, now);
    }

    private async Task<Outcome<(Conversation, StorageKey, Place)>> WholeAsync(
        AppDb db,
        Draft draft,
        DateTime now,
        CancellationToken ct
    )
    {
        if (draft.Conversation is not { } conversation)
        {
            if (!Kinds.Of(draft.Kind).Opens)
                return SendingProblems.OpensNothing;
            var nonce = DraftJson.NewNonce();
            var opening = new Conversation.Opening(
                ConversationId.Of(draft.From, draft.Exercise ?? false, nonce),
                draft.From,
                draft.From.Participant,
                draft.Exercise ?? false,
                RecordMode.BetweenUs,
                now
            );
            var (made, fresh) = await conversations.OpenAsync(db, draft.From, opening, ct);
            return (made, fresh, new Place(nonce, null, null));
        }
        var found = await DraftPlace.FindAsync(db, draft.From, conversation, draft.InReplyTo, ct);
        if (found.Problem is { } problem)
            return problem;
        var (whole, answered) = found.Value;
        if (draft.Exercise is { } exercise && exercise != whole.Exercise)
            return SendingProblems.OtherExercise;
        var key = await Conversations.KeyAsync(db, whole, ct);
        var place = new Place(DraftJson.NewNonce(), await conversations.OpeningAsync(db, whole, key, ct), null);
        if (draft.Once && await HasSaidAsync(db, draft.Kind, whole, answered?.Digest, ct))
            return SendingProblems.AlreadySaid;
        return (
            whole,
            key,
            answered is null ? place : place with { Answered = new(answered.MessageId, answered.Digest) }
        );
    }

    /// <summary>What a message has of the place where it stands; a conversation is opened by a message without opening.</summary>
    private sealed record Place(string Nonce, ConversationOpening? Opening, MessageReference? Answered);

    // Asked here, because of two people who press at the same moment only one may be the first.
    private static Task<bool> HasSaidAsync(
        AppDb db,
        MessageKind kind,
        Conversation whole,
        Digest? about,
        CancellationToken ct
    ) =>
        db.Set<StoredMessage>()
            .AnyAsync(m => m.ConversationRow == whole.Id && m.Sent && m.Kind == kind && m.InReplyToDigest == about, ct);

    private static async Task<Message> MessageOfAsync(
        AppDb db,
        Draft draft,
        Conversation whole,
        Place place,
        DateTime now,
        CancellationToken ct
    )
    {
        var chain = new List<ChainLink>();
        foreach (var office in draft.To.Concat(draft.Cc))
            chain.Add(await Conversations.NextLinkAsync(db, whole, office, ct));
        return new Message
        {
            Id = draft.Id ?? MessageId.New(now),
            Nonce = place.Nonce,
            Conversation = whole.ConversationId,
            Opening = place.Opening,
            Kind = draft.Kind,
            From = draft.From,
            To = draft.To,
            Cc = draft.Cc,
            Created = now,
            Language = draft.Language,
            Tlp = draft.Tlp,
            Pap = draft.Pap,
            Handling = draft.Handling,
            Exercise = whole.Exercise,
            Record = whole.Record,
            ReplyBy = draft.ReplyBy,
            InReplyTo = place.Answered,
            Chain = chain,
            Severity = draft.Severity,
            Template = draft.Template,
            Fields = draft.Fields,
        };
    }

    private async Task AddAttachmentsAsync(
        AppDb db,
        StorageKey key,
        StoredMessage row,
        Draft draft,
        CancellationToken ct
    )
    {
        for (var i = 0; i < draft.Attachments.Count; i++)
        {
            var reference = draft.Attachments[i].ToReference();
            await using var octets = draft.Attachments[i].Read();
            var blob = await blobs.PutAsync(db, key, octets, ct);
            db.Add(new StoredAttachment(Ids.New(clock), row, i + 1, blob.Id, reference.Digest, reference.Size));
        }
    }
}
