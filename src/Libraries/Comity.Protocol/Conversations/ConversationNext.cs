using Comity.Protocol.Messages;

namespace Comity.Protocol.Conversations;

/// <summary>What an office may say next.</summary>
internal static class ConversationNext
{
    public static IReadOnlyList<MessageKind> KindsFor(ConversationState state, OfficeName office) =>
        [
            .. Kinds
                .All.Where(rule => rule is { Sealed: true, Implemented: true } && MaySay(rule, state, office))
                .Select(rule => rule.Kind),
        ];

    private static bool MaySay(KindRule rule, ConversationState state, OfficeName office)
    {
        if (state.Messages.Count == 0)
        {
            return rule.Opens;
        }

        return rule.Kind switch
        {
            MessageKind.Acknowledgement => Received(state, office).Any(IsUnacknowledged),
            MessageKind.Withdrawal => state.Messages.Any(message => IsWithdrawable(message, office)),
            MessageKind.Closure => state.Owner == office && !state.Closed,
            MessageKind.Notification => false,
            _ => true,
        };
    }

    private static IEnumerable<(MessageState Message, RecipientState Recipient)> Received(
        ConversationState state,
        OfficeName office
    ) =>
        from message in state.Messages
        from recipient in message.Recipients
        where recipient.Office == office
        select (message, recipient);

    private static bool IsUnacknowledged((MessageState Message, RecipientState Recipient) at) =>
        Kinds.Of(at.Message.Message.Kind).AsksFor.HasFlag(Asks.Acknowledgement)
        && (at.Recipient.Marks & (Marks.Acknowledged | Marks.NotTheRightOffice)) == Marks.None;

    private static bool IsWithdrawable(MessageState message, OfficeName office) =>
        message.Message.From == office
        && message.Message.Kind is not (MessageKind.Withdrawal or MessageKind.Closure)
        && message.Recipients.All(recipient => !recipient.Marks.HasFlag(Marks.Withdrawn));
}
