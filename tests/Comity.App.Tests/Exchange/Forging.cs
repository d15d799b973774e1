using Comity.Directory;
using Comity.Exchange.Sending;
using Comity.Kernel.Keys;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Messages;

namespace Comity.App.Tests.Exchange;

/// <summary>Envelopes that no node of ours would send, made with keys that are really those of the office named.</summary>
internal static class Forging
{
    public static Message Notification(ExchangeNode from, string to, string seen) =>
        new()
        {
            Id = MessageId.New(from.Clock.GetUtcNow().UtcDateTime),
            Nonce = DraftJson.NewNonce(),
            Conversation = ConversationId.New(from.Clock.GetUtcNow().UtcDateTime),
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
}
