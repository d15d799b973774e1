using Comity.Protocol.Messages;

namespace Comity.Protocol.Conversations;

/// <summary>Whether a message may change anything.</summary>
internal static class EffectOf
{
    public static NoEffect? Message(MessageFact fact, FactIndex index, bool exercise, OfficeName? owner)
    {
        var message = fact.Message;
        if (message.Exercise != exercise)
        {
            return NoEffect.OtherExercise;
        }

        var parent = message.InReplyTo is { } answered
            ? index.Messages.GetValueOrDefault(answered.Digest)?.Message
            : null;
        if (message.InReplyTo is { } reference)
        {
            var other = parent is null ? index.Ids.Contains(reference.Id) : parent.Id != reference.Id;
            if (other)
            {
                return NoEffect.OtherContent;
            }
        }

        var entitled = message.Kind switch
        {
            MessageKind.Closure => message.From == owner,
            MessageKind.Withdrawal => parent is null || (parent.From == message.From && IsWithdrawable(parent.Kind)),
            MessageKind.Acknowledgement => parent is null || parent.Recipients.Contains(message.From),
            _ => true,
        };
        return entitled ? null : NoEffect.NotEntitled;
    }

    /// <summary>That a person had something, and that something ended, stays said.</summary>
    public static bool IsWithdrawable(MessageKind kind) =>
        kind is not (MessageKind.Acknowledgement or MessageKind.Withdrawal or MessageKind.Closure);
}
