using Comity.Exchange.Data;
using Comity.Protocol;
using Comity.Protocol.Conversations;
using Comity.Protocol.Messages;
using OwnDelivery = Comity.Exchange.Data.Delivery;
using Way = Comity.Protocol.Conversations.Delivery;

namespace Comity.Exchange.Reading;

/// <summary>A conversation opened in memory, folded by the protocol's own rule.</summary>
internal sealed class OpenedConversation
{
    private readonly HashSet<ParticipantCode> _named;

    public OpenedConversation(Conversation whole, IReadOnlyList<OpenedRow> rows)
    {
        Whole = whole;
        Rows = rows;
        _named =
        [
            .. rows.Select(r => r.Message)
                .Where(m => m.From == whole.Home || m.From == whole.Opener)
                .SelectMany(m => m.Recipients.Append(m.From).Select(o => o.Participant)),
        ];
        ByDigest = rows.ToLookup(r => r.Stored.Digest);
        State = ConversationFold.Fold(rows.SelectMany(Facts), new HashSet<OfficeName> { whole.Home });
    }

    public Conversation Whole { get; }

    public IReadOnlyList<OpenedRow> Rows { get; }

    public ILookup<Digest, OpenedRow> ByDigest { get; }

    public ConversationState State { get; }

    public OfficeName Home => Whole.Home;

    /// <summary>The first words of what it is about: of the message that opened it, as far as that is here.</summary>
    public string Title => First is null ? "" : Titles.Of(First.Message);

    /// <summary>What opened it, else the earliest that is here.</summary>
    public MessageState? First =>
        State.Messages.FirstOrDefault(m => m.Digest == State.Opening)
        ?? (State.Messages.Count == 0 ? null : State.Messages[0]);

    /// <summary>
    /// Whether only others than our office and the opener brought somebody in. As long as the opener's word is not
    /// here, nobody can say so.
    /// </summary>
    public bool IsUnnamed(OfficeName author) => State.Opening is not null && !_named.Contains(author.Participant);

    private static IEnumerable<ConversationFact> Facts(OpenedRow row)
    {
        var digest = row.Stored.Digest;
        yield return new MessageFact(digest, row.Message);
        foreach (var receipt in row.Receipts)
            yield return new ReceiptFact(digest, receipt.Office, receipt.Level, receipt.SignedAt);
        foreach (var delivery in row.Deliveries)
        {
            yield return new DeliveryFact(digest, delivery.Office, Way.Accepted, row.Stored.At);
            if (delivery.HandedOver is { } handed)
                yield return new DeliveryFact(digest, delivery.Office, Way.HandedOver, handed);
            if (delivery is { Cause: { } cause, CauseAt: { } at })
                yield return new DeliveryFact(digest, delivery.Office, Way.NotDelivered, at, cause);
        }
    }
}

/// <summary>A message opened in memory, with everything that is kept about it.</summary>
internal sealed record OpenedRow(
    StoredMessage Stored,
    Message Message,
    ReadOnlyMemory<byte> Octets,
    IReadOnlyList<OwnDelivery> Deliveries,
    IReadOnlyList<StoredReceipt> Receipts,
    IReadOnlyList<StoredAttachment> Attachments
);
