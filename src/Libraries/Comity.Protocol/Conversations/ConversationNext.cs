using Comity.Protocol.Messages;

namespace Comity.Protocol.Conversations;

/// <summary>What an office may say next: what a person is offered, and what a node of ours sends.</summary>
internal static class ConversationNext
{
    private const Marks Over = Marks.Closed | Marks.Withdrawn;

    public static IReadOnlyList<MessageKind> KindsFor(ConversationState state, OfficeName office)
    {
        var replies = state.Messages.SelectMany(message => RepliesTo(office, message)).ToHashSet();
        return [.. Kinds.All.Where(rule => IsOurs(rule) && MaySay(rule, state, office, replies)).Select(r => r.Kind)];
    }

    public static IReadOnlyList<MessageKind> RepliesTo(OfficeName office, MessageState message) =>
        message.Parked || message.NoEffect is not null
            ? []
            : [.. Kinds.All.Where(rule => IsOurs(rule) && IsReply(rule, office, message)).Select(r => r.Kind)];

    private static bool IsOurs(KindRule rule) =>
        rule is { Sealed: true, Implemented: true, Sender: not KindSender.Node };

    private static bool MaySay(KindRule rule, ConversationState state, OfficeName office, HashSet<MessageKind> replies)
    {
        if (state.Messages.Count == 0)
        {
            return rule.Opens;
        }

        return rule switch
        {
            { Kind: MessageKind.Closure } => state.Owner == office && !state.Closed,
            { Kind: MessageKind.Notification } => false,
            { NeedsReference: true } => replies.Contains(rule.Kind),
            // Whoever closed it expects no more questions; another conversation can be opened for them.
            _ => rule.AsksFor == Asks.Nothing || !state.Closed,
        };
    }

    private static bool IsReply(KindRule rule, OfficeName office, MessageState message)
    {
        if (message.Message.From == office)
        {
            return rule.Kind == MessageKind.Withdrawal
                && EffectOf.IsWithdrawable(message.Message.Kind)
                && !message.Recipients.Any(recipient => recipient.Marks.HasFlag(Marks.Withdrawn));
        }

        var at = message.Recipients.FirstOrDefault(recipient => recipient.Office == office);
        if (at is null || (at.Marks & Over) != Marks.None)
        {
            return false;
        }

        var asks = Kinds.Of(message.Message.Kind).AsksFor;
        return rule.Kind switch
        {
            // Also where only an answer is asked for: a person may say that it is here, or belongs elsewhere.
            MessageKind.Acknowledgement => asks != Asks.Nothing
                && (at.Marks & (Marks.Acknowledged | Marks.NotTheRightOffice)) == Marks.None,
            MessageKind.ClarificationRequest => EffectOf.IsWithdrawable(message.Message.Kind),
            _ => Kinds.Answers(rule.Kind, message.Message.Kind) && message.Message.To.Contains(office),
        };
    }
}
