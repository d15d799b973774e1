using Comity.Protocol;
using Comity.Protocol.Conversations;
using Comity.Protocol.Messages;

namespace Comity.Exchange.Reading;

/// <summary>The lines that a conversation gives to the desk of our office.</summary>
internal static class DeskLines
{
    /// <summary>How long something that asks for nothing stands on the desk.</summary>
    public static readonly TimeSpan NewFor = TimeSpan.FromDays(7);

    public static IEnumerable<DeskLine> Waiting(OpenedConversation opened, DateTime now)
    {
        var closed = ClosedAt(opened);
        foreach (var message in opened.State.Messages.Where(m => m.Message.From != opened.Home))
        {
            var at = DeskRules.At(message, opened.Home);
            // What our office promised counts before what was asked for.
            var due = at?.AnswerExpectedBy ?? message.Message.ReplyBy;
            var why =
                DeskRules.IsUnacknowledged(message, opened.Home) ? DeskWhy.Acknowledge
                : DeskRules.IsUnanswered(message, opened.Home)
                    ? DeskRules.IsSaid(at!) ? DeskWhy.Answer
                        : DeskWhy.AnswerAsked
                : IsNew(opened, message, now, closed);
            var asks = why is not (DeskWhy.New or DeskWhy.Late);
            if (why is not null)
                yield return Line(opened, message, message.Message.From, why) with
                {
                    Due = asks ? due : null,
                    Overdue = asks && due < now,
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
                : DeskRules.IsUnanswered(message, at.Office)
                    ? DeskRules.IsSaid(at) ? DeskWhy.NotAnswered
                        : DeskWhy.NoAnswerYet
                : null;
            if (why is not null)
                yield return Line(opened, message, at.Office, why) with
                {
                    Due = at.AnswerExpectedBy ?? message.Message.ReplyBy,
                    Cause = at.Cause,
                };
        }
    }

    // Shown for a week, or until our office said something after it; the closure itself too, and what came after it.
    private static string? IsNew(OpenedConversation opened, MessageState message, DateTime now, DateTime? closed)
    {
        var row = opened.ByDigest[message.Digest].First().Stored;
        var late = row.At > closed || message.Message.Kind == MessageKind.Closure;
        if (
            !DeskRules.IsForInformation(message, opened.Home, late)
            || now - row.At >= NewFor
            || opened.Rows.Any(r => r.Stored.Sent && r.Stored.At > row.At)
        )
            return null;
        return late && message.Message.Kind != MessageKind.Closure ? DeskWhy.Late : DeskWhy.New;
    }

    /// <summary>When the closure came or went here. By our clock: what came after it, people are shown as that.</summary>
    private static DateTime? ClosedAt(OpenedConversation opened) =>
        opened.State.Closed
            ? opened
                .State.Messages.Where(m =>
                    m is { NoEffect: null, Message: { Kind: MessageKind.Closure, InReplyTo: null } }
                )
                .Min(m => (DateTime?)opened.ByDigest[m.Digest].First().Stored.At)
            : null;

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
            Priority = (message.Message.Fields as ClarificationRequestFields)?.Priority.Code(),
            Exercise = message.Message.Exercise,
            Since = row.At,
        };
    }
}
