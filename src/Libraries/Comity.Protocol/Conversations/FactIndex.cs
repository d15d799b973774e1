namespace Comity.Protocol.Conversations;

/// <summary>
/// The facts by what they speak of, so that folding costs what there is to say and not every message times every
/// recipient times every fact.
/// </summary>
internal sealed class FactIndex
{
    private readonly ILookup<Digest, ReceiptFact> receipts;
    private readonly ILookup<Digest, DeliveryFact> deliveries;
    private readonly Dictionary<OfficeName, RecipientState> silent = [];
    private ILookup<Digest, MessageFact> replies = Array.Empty<MessageFact>().ToLookup(_ => default(Digest));

    public FactIndex(IReadOnlyList<ConversationFact> facts, IReadOnlyList<MessageFact> messages)
    {
        receipts = facts.OfType<ReceiptFact>().ToLookup(fact => fact.Message);
        deliveries = facts.OfType<DeliveryFact>().ToLookup(fact => fact.Message);
        Messages = messages.ToDictionary(fact => fact.Digest);
        Ids = messages.Select(fact => fact.Message.Id).ToHashSet();
    }

    public IReadOnlyDictionary<Digest, MessageFact> Messages { get; }

    public IReadOnlySet<MessageId> Ids { get; }

    /// <summary>When the conversation as a whole was closed first.</summary>
    public DateTime? Closed { get; private set; }

    /// <summary>Only these set marks.</summary>
    public void Take(IReadOnlyList<MessageFact> effective)
    {
        replies = effective
            .Where(fact => fact.Message.InReplyTo is not null)
            .ToLookup(fact => fact.Message.InReplyTo!.Digest);
        var closures = effective.Where(fact => fact.Message is { Kind: MessageKind.Closure, InReplyTo: null });
        Closed = closures.Select(fact => (DateTime?)fact.Message.Created).Min();
    }

    public IEnumerable<MessageFact> RepliesTo(Digest message) => replies[message];

    public IEnumerable<ReceiptFact> Receipts(Digest message, OfficeName office) =>
        receipts[message].Where(fact => fact.Office == office);

    public IEnumerable<DeliveryFact> Deliveries(Digest message, OfficeName office) =>
        deliveries[message].Where(fact => fact.Office == office);

    /// <summary>The offices of which something is known about this message.</summary>
    public IReadOnlySet<OfficeName> Known(Digest message) =>
        receipts[message]
            .Select(fact => fact.Office)
            .Concat(deliveries[message].Select(fact => fact.Office))
            .Concat(replies[message].Select(fact => fact.Message.From))
            .ToHashSet();

    /// <summary>A recipient of whom nothing is known, nor can be: what others send to others is not seen here.</summary>
    public RecipientState Silent(OfficeName office)
    {
        if (!silent.TryGetValue(office, out var state))
        {
            silent[office] = state = new(office, Marks.None, new Dictionary<Marks, DateTime>(), null, null, null);
        }

        return state;
    }
}
