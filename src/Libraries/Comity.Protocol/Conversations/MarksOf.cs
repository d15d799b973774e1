using Comity.Protocol.Messages;

namespace Comity.Protocol.Conversations;

/// <summary>Collects the marks of one message at one recipient.</summary>
internal static class MarksOf
{
    private const Marks ShowsDelivery =
        Marks.HandedOver | Marks.Stored | Marks.Opened | Marks.Acknowledged | Marks.NotTheRightOffice | Marks.Answered;

    /// <summary>One for each recipient; marks only where something can be known: our offices, and those with facts.</summary>
    public static IEnumerable<RecipientState> Recipients(
        MessageFact fact,
        FactIndex index,
        IReadOnlySet<OfficeName> own
    )
    {
        var known = index.Known(fact.Digest);
        return fact.Message.Recipients.Select(office =>
            own.Contains(office) || known.Contains(office) ? Recipient(fact, office, index) : index.Silent(office)
        );
    }

    private static RecipientState Recipient(MessageFact fact, OfficeName office, FactIndex index)
    {
        var times = new Dictionary<Marks, DateTime>();
        foreach (var receipt in index.Receipts(fact.Digest, office))
        {
            Set(times, receipt.Level == ReceiptLevel.Opened ? Marks.Opened : Marks.Stored, receipt.At);
        }

        var failures = new List<DeliveryFact>();
        foreach (var happened in index.Deliveries(fact.Digest, office))
        {
            if (happened.What == Delivery.NotDelivered)
            {
                failures.Add(happened);
            }
            else
            {
                Set(times, happened.What == Delivery.Accepted ? Marks.Accepted : Marks.HandedOver, happened.At);
            }
        }

        var acknowledgements = new List<MessageFact>();
        if (index.Closed is { } closed)
        {
            Set(times, Marks.Closed, closed);
        }

        foreach (var other in index.RepliesTo(fact.Digest))
        {
            if (MarkBy(other, fact, office) is { } mark)
            {
                Set(times, mark, other.Message.Created);
                if (other.Message.Fields is AcknowledgementFields)
                {
                    acknowledgements.Add(other);
                }
            }
        }

        var delivered = times.Keys.Aggregate(Marks.None, (all, mark) => all | mark);
        var failure =
            (delivered & ShowsDelivery) != Marks.None
                ? null
                : failures.OrderBy(f => f.At).ThenBy(f => f.Cause, StringComparer.Ordinal).LastOrDefault();
        if (failure is not null)
        {
            Set(times, Marks.NotDelivered, failure.At);
        }

        var said = acknowledgements
            .OrderBy(a => a.Message.Created)
            .ThenBy(a => a.Digest)
            .Select(a => (AcknowledgementFields)a.Message.Fields)
            .LastOrDefault();
        return new RecipientState(
            office,
            times.Keys.Aggregate(Marks.None, (all, mark) => all | mark),
            times,
            failure?.Cause,
            said?.AnswerExpectedBy,
            said?.RightOffice
        );
    }

    private static Marks? MarkBy(MessageFact other, MessageFact fact, OfficeName office)
    {
        var message = other.Message;
        if (message.Kind == MessageKind.Closure)
        {
            return Marks.Closed;
        }

        if (message.Kind == MessageKind.Withdrawal)
        {
            return Marks.Withdrawn;
        }

        if (message.From != office)
        {
            return null;
        }

        return message.Fields switch
        {
            AcknowledgementFields { Form: AcknowledgementForm.Acknowledged } => Marks.Acknowledged,
            AcknowledgementFields => Marks.NotTheRightOffice,
            _ => Kinds.Answers(message.Kind, fact.Message.Kind) ? Marks.Answered : null,
        };
    }

    private static void Set(Dictionary<Marks, DateTime> times, Marks mark, DateTime at)
    {
        if (!times.TryGetValue(mark, out var earlier) || at < earlier)
        {
            times[mark] = at;
        }
    }
}
