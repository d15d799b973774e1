using Comity.Protocol.Conversations;

namespace Comity.Libraries.Tests.Protocol.Conversations;

/// <summary>A state of a conversation as text, whole: two that differ anywhere differ here.</summary>
internal static class StateText
{
    public static string Of(ConversationState state) =>
        string.Join(
            '\n',
            state.Messages.Select(message => $"{message.Digest} {message.Parked} {message.NoEffect} {Marks(message)}")
        )
        + $"\n{state.Owner} {state.Opening} {state.Exercise} {state.Closed} "
        + $"{string.Join(' ', state.Gaps)} {string.Join(' ', state.Forks)} "
        + string.Join(
            ' ',
            state
                .Messages.SelectMany(m => m.Recipients)
                .Select(r => r.Office)
                .Distinct()
                .Order()
                .Select(office => $"{office}:{string.Join(',', state.NextKinds(office))}")
        );

    /// <summary>Without what is said of the whole: how each of some messages stands.</summary>
    public static string OfMessages(ConversationState state, IEnumerable<MessageFact> which) =>
        string.Join(
            '\n',
            which.Select(fact => $"{fact.Digest} {Marks(state.Messages.First(m => m.Digest == fact.Digest))}")
        ) + $"\n{state.Owner} {state.Exercise} {state.Closed}";

    private static string Marks(MessageState message) =>
        string.Join(
            ' ',
            message.Recipients.Select(at =>
                $"{at.Office}={at.Marks}/{at.Cause}/{at.AnswerExpectedBy:O}/{at.RightOffice}/"
                + string.Join(',', at.Times.OrderBy(t => t.Key).Select(t => $"{t.Key}@{t.Value:O}"))
            )
        );
}
