using Comity.Protocol.Messages;

namespace Comity.Protocol.Conversations;

/// <summary>Collects the marks of one message at one recipient.</summary>
internal static class MarksOf
{
    private const Marks ShowsDelivery =
        Marks.HandedOver | Marks.Stored | Marks.Opened | Marks.Acknowledged | Marks.NotTheRightOffice | Marks.Answered;

    public static RecipientState Recipient(
        MessageFact fact,
        OfficeName office,
        IReadOnlyList<ConversationFact> facts,
        IReadOnlyList<MessageFact> effective
    )
    {
        var times = new Dictionary<Marks, DateTime>();
        foreach (var receipt in facts.OfType<ReceiptFact>().Where(r => r.Message == fact.Digest && r.Office == office))
        {
            Set(times, receipt.Level == ReceiptLevel.Opened ? Marks.Opened : Marks.Stored, receipt.At);
        }

        var failures = new List<DeliveryFact>();
        foreach (
            var happened in facts.OfType<DeliveryFact>().Where(d => d.Message == fact.Digest && d.Office == office)
        )
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
        foreach (var other in effective)
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
            return message.InReplyTo is null || message.InReplyTo.Digest == fact.Digest ? Marks.Closed : null;
        }

        if (message.InReplyTo?.Digest != fact.Digest)
        {
            return null;
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
