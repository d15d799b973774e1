using Comity.Directory;
using Comity.Exchange.Data;
using Comity.Exchange.Sending;
using Comity.Kernel.Keys;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Messages;
using Comity.Protocol.Signing;

namespace Comity.App.Tests.Exchange;

/// <summary>Envelopes that no node of ours would send, made with keys that are really those of the office named.</summary>
internal static class Forging
{
    public static Message Notification(ExchangeNode from, string to, string seen)
    {
        var nonce = DraftJson.NewNonce();
        return new()
        {
            Id = MessageId.New(from.Clock.GetUtcNow().UtcDateTime),
            Nonce = nonce,
            Conversation = ConversationId.Of(from.Technical, exercise: false, nonce),
            Kind = MessageKind.Notification,
            From = from.Technical,
            To = [OfficeName.Parse(to)],
            Created = Instants.InMilliseconds(from.Clock.GetUtcNow().UtcDateTime),
            Language = "en",
            Tlp = Tlp.Amber,
            Exercise = false,
            Record = RecordMode.BetweenUs,
            Chain = [new ChainLink(OfficeName.Parse(to), 1, null)],
            Fields = new NotificationFields { Relation = Relation.ForInformation, Seen = seen },
        };
    }

    /// <summary>Puts a message into a conversation, by somebody who knows what opened it.</summary>
    public static Message In(this Message message, ConversationOpening opening, bool exercise = false) =>
        message with
        {
            Conversation = opening.Id(exercise),
            Opening = opening,
            Exercise = exercise,
        };

    /// <summary>What a conversation was opened by, as a node that takes part knows it.</summary>
    public static async Task<ConversationOpening> OpeningAsync(ExchangeNode knows, string conversation)
    {
        await using var db = knows.Open();
        var id = ConversationId.Parse(conversation);
        var whole = await Conversations.FindAsync(db, id, knows.Technical, default);
        var key = await Conversations.KeyAsync(db, whole!, default);
        return await knows.Get<Conversations>().OpeningAsync(db, whole!, key, default);
    }

    /// <summary>Seals a message with the key of its author's office, for one of its recipients.</summary>
    public static async Task<ReadOnlyMemory<byte>> SealAsync(ExchangeNode from, ExchangeNode to, Message message)
    {
        await using var db = from.Open();
        var held = await KeyStore.CurrentAsync(db, KeyPurpose.Office, message.From.Value, default);
        using var key = from.Get<KeyStore>().Open(held!);
        var composed = ComposedMessage.Compose(message, []);
        Assert.True(composed.IsGood, composed.Fault?.ToString());
        var own = await from.Get<DirectoryQueries>().OfficeAsync(message.From, default);
        var card = await to.Get<DirectoryQueries>().OfficeAsync(message.To[0], default);
        var sealing = Envelope.Seal(
            composed.Value,
            new SendingOffice(message.From, own!.MailAddress, key),
            new Correspondent(card!.Office, card.MailAddress, Certificate.Read(card.Certificate!.Value).Certificate!),
            from.Clock.GetUtcNow().UtcDateTime
        );
        Assert.True(sealing.IsSealed);
        return sealing.Envelope.Octets;
    }

    /// <summary>What another office says of a message as if it were its author: right in every word, signed by its own key.</summary>
    public static async Task<ReadOnlyMemory<byte>> StatementAsync(ExchangeNode by, Message message, Digest digest)
    {
        await using var db = by.Open();
        var held = await KeyStore.CurrentAsync(db, KeyPurpose.Office, by.Technical.Value, default);
        using var key = by.Get<KeyStore>().Open(held!);
        var says = new DispatchStatement
        {
            Message = message.Id,
            MessageDigest = digest,
            From = message.From,
            To = message.To[0],
            Conversation = message.Conversation,
            Kind = message.Kind,
            Exercise = message.Exercise,
            Record = message.Record,
            Created = message.Created,
            Chain = message.Chain[0],
        };
        return SignedDocuments.Sign(says, key, by.Clock.GetUtcNow().UtcDateTime).Octets;
    }
}
