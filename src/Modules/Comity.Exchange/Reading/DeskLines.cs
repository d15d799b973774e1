using Comity.Protocol;
using Comity.Protocol.Conversations;

namespace Comity.Exchange.Reading;

/// <summary>The lines that a conversation gives to the desk of our office.</summary>
internal static class DeskLines
{
    /// <summary>How long something that asks for nothing stands on the desk.</summary>
    public static readonly TimeSpan NewFor = TimeSpan.FromDays(7);

    public static IEnumerable<DeskLine> Waiting(OpenedConversation opened, DateTime now)
    {
        foreach (var message in opened.State.Messages.Where(m => m.Message.From != opened.Home))
        {
            var at = DeskRules.At(message, opened.Home);
            // What our office promised counts before what was asked for.
            var due = at?.AnswerExpectedBy ?? message.Message.ReplyBy;
            var why =
                DeskRules.IsUnacknowledged(message, opened.Home) ? DeskWhy.Acknowledge
                : DeskRules.IsUnanswered(message, opened.Home) ? DeskWhy.Answer
                : IsNew(opened, message, now) ? DeskWhy.New
                : null;
            if (why is not null)
                yield return Line(opened, message, message.Message.From, why) with
                {
                    Due = why == DeskWhy.New ? null : due,
                    Overdue = why != DeskWhy.New && due < now,
                };
        }
    }

    public static IEnumerable<DeskLine> Asked(OpenedConversation opened)
    {
        foreach (var message in opened.State.Messages.Where(m => m.Message.From == opened.Home))
        foreach (var at in message.Recipients)
        {
            var why =
                at.Marks.HasFlag(Marks.NotDelivered) ? DeskWhy.NotDelivered
                : DeskRules.IsUnacknowledged(message, at.Office) ? DeskWhy.NotAcknowledged
                : DeskRules.IsUnanswered(message, at.Office) ? DeskWhy.NotAnswered
                : null;
            if (why is not null)
                yield return Line(opened, message, at.Office, why) with
                {
                    Due = at.AnswerExpectedBy ?? message.Message.ReplyBy,
                    Cause = at.Cause,
                };
        }
    }

    // Shown for a week, or until our office said something after it.
    private static bool IsNew(OpenedConversation opened, MessageState message, DateTime now)
    {
        var row = opened.ByDigest[message.Digest].First().Stored;
        return DeskRules.IsForInformation(message, opened.Home)
            && now - row.At < NewFor
            && !opened.Rows.Any(r => r.Stored.Sent && r.Stored.At > row.At);
    }

    private static DeskLine Line(OpenedConversation opened, MessageState message, OfficeName other, string why)
    {
        var row = opened.ByDigest[message.Digest].First().Stored;
        return new DeskLine
        {
            Conversation = opened.Whole.Id,
            Message = row.Id,
            Home = opened.Home.Value,
            Other = other.Value,
            Kind = message.Message.Kind.Code(),
            Why = why,
            Title = Titles.Of(message.Message),
            Language = message.Message.Language,
            Tlp = message.Message.Tlp.Code(),
            Exercise = message.Message.Exercise,
            Since = row.At,
        };
    }
}
