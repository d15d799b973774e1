using Comity.Protocol;
using Comity.Protocol.Conversations;
using Comity.Protocol.Messages;
using CsCheck;

namespace Comity.Libraries.Tests.Protocol.Conversations;

/// <summary>What holds for every conversation, whoever said what in it and in whatever order it came.</summary>
public sealed class FoldPropertyTests
{
    private const int Cases = 1500;

    private static readonly Gen<(RandomConversation, ConversationFact[])> InAnyOrder =
        from whole in RandomConversation.Any
        from order in Gen.Shuffle(whole.Facts.ToArray())
        select (whole, order);

    [Fact]
    public void Every_order_and_repetition_of_any_conversation_gives_one_state() =>
        InAnyOrder
            .Select(Gen.Int[0, 23].Array[0, 6])
            .Sample(
                (made, twice) =>
                {
                    var (whole, order) = made;
                    var repeated = order.Concat(twice.Select(i => order[i % order.Length]));
                    return StateText.Of(Fold(repeated, whole)) == StateText.Of(Fold(whole.Facts, whole));
                },
                iter: Cases
            );

    [Fact]
    public void No_mark_but_not_delivered_ever_disappears_and_no_time_becomes_later() =>
        InAnyOrder.Sample(
            (whole, order) =>
            {
                var before = Fold([], whole);
                for (var known = 1; known <= order.Length; known++)
                {
                    var after = Fold(order[..known], whole);
                    Assert.True(after.Closed || !before.Closed);
                    foreach (var (at, was) in Places(after, before))
                        Assert.All(
                            was.Times.Where(t => t.Key != Marks.NotDelivered),
                            t => Assert.True(at.Times.TryGetValue(t.Key, out var now) && now <= t.Value, $"{t.Key}")
                        );
                    before = after;
                }
            },
            iter: Cases
        );

    [Fact]
    public void Owner_and_exercise_are_known_with_the_first_message_whichever_it_is() =>
        RandomConversation.Any.Sample(
            whole =>
                whole.Messages.All(fact =>
                    Fold([fact], whole) is var state
                    && state.Owner == whole.Offices[0]
                    && state.Exercise == whole.Exercise
                ),
            iter: Cases
        );

    [Fact]
    public void What_is_said_at_any_time_may_be_said_next_in_every_state()
    {
        var always = Kinds.All.Select(rule => rule.Kind).Where(Kinds.IsSaidAtAnyTime).ToList();
        Assert.Equal([MessageKind.Update, MessageKind.Information], always);
        InAnyOrder.Sample(
            (whole, order) =>
                Fold(order[..((order.Length + 1) / 2)], whole) is var state
                && (
                    state.Messages.Count == 0
                    || whole.Offices.All(office => always.TrueForAll(state.NextKinds(office).Contains))
                ),
            iter: Cases
        );
    }

    [Fact]
    public void A_message_that_waits_for_another_changes_nothing() =>
        InAnyOrder.Sample(
            (whole, order) =>
            {
                ConversationFact[] some = order[..((order.Length + 1) / 2)];
                var state = Fold(some, whole);
                var waiting = state.Messages.Where(m => m.Parked).Select(m => m.Digest).ToHashSet();
                var others = some.Where(f => f is not MessageFact m || !waiting.Contains(m.Digest)).ToList();
                var rest = others.OfType<MessageFact>().ToList();
                var without = Fold(others, whole);
                // Where nothing else is here, even who owns it is known from what waits.
                return rest.Count == 0
                    ? state.Messages.All(m => m.Parked) && !state.Closed
                    : StateText.OfMessages(state, rest) == StateText.OfMessages(without, rest);
            },
            iter: Cases
        );

    [Fact]
    public void What_waited_counts_when_the_missing_message_comes_as_if_it_had_come_in_order() =>
        RandomConversation.Any.Sample(
            whole =>
            {
                foreach (var parent in whole.Messages)
                {
                    var replies = whole.Messages.Where(m => m.Message.InReplyTo?.Digest == parent.Digest).ToList();
                    ConversationFact[] before = [.. whole.Facts.Where(f => f != parent)];
                    var waiting = Fold(before, whole);
                    Assert.All(replies, r => Assert.True(waiting.Messages.First(m => m.Digest == r.Digest).Parked));
                    var late = Fold([.. before, parent], whole);
                    Assert.Equal(StateText.Of(Fold(whole.Facts, whole)), StateText.Of(late));
                    Assert.All(replies, r => Assert.False(late.Messages.First(m => m.Digest == r.Digest).Parked));
                }
            },
            iter: Cases / 5
        );

    [Fact]
    public void Every_mark_that_others_set_has_somebody_who_was_entitled_to_it() =>
        InAnyOrder.Sample(
            (whole, order) =>
            {
                ConversationFact[] some = order[..((order.Length + 1) / 2)];
                var here = some.OfType<MessageFact>().ToList();
                var state = Fold(some, whole);
                foreach (var message in state.Messages)
                foreach (var at in message.Recipients)
                {
                    Assert.Equal(Has(Marks.Acknowledged), Replies(IsAcknowledgement(AcknowledgementForm.Acknowledged)));
                    Assert.Equal(
                        Has(Marks.NotTheRightOffice),
                        Replies(IsAcknowledgement(AcknowledgementForm.NotTheRightOffice))
                    );
                    Assert.Equal(Has(Marks.Answered), Replies(m => Kinds.Answers(m.Kind, message.Message.Kind)));
                    var author = message.Message.From;
                    Assert.True(
                        !Has(Marks.Withdrawn) || Says(m => m.Kind == MessageKind.Withdrawal && m.From == author)
                    );
                    Assert.True(!Has(Marks.Closed) || Closes(here, whole, message.Digest));

                    bool Has(Marks mark) => at.Marks.HasFlag(mark);
                    bool Replies(Func<Message, bool> what) => Says(m => m.From == at.Office && what(m));
                    bool Says(Func<Message, bool> what) =>
                        here.Exists(m =>
                            m.Message.InReplyTo is { } to
                            && (to.Digest, to.Id) == (message.Digest, message.Message.Id)
                            && m.Message.Exercise == whole.Exercise
                            && what(m.Message)
                        );
                }

                Assert.True(!state.Closed || Closes(here, whole, null));
            },
            iter: Cases
        );

    [Fact]
    public void What_a_stranger_says_changes_nothing_of_what_the_parties_said() =>
        InAnyOrder.Sample(
            (whole, order) =>
            {
                var with = Fold([.. whole.OfAStranger(), .. order], whole);
                var parties = whole.Messages;
                return StateText.OfMessages(with, parties) == StateText.OfMessages(Fold(order, whole), parties);
            },
            iter: Cases / 5
        );

    private static ConversationState Fold(IEnumerable<ConversationFact> facts, RandomConversation whole) =>
        ConversationFold.Fold(facts, whole.Own);

    private static Func<Message, bool> IsAcknowledgement(AcknowledgementForm form) =>
        m => m.Fields is AcknowledgementFields said && said.Form == form;

    // Of the message, or of the whole conversation; only the owner, and never in reply to what is not here.
    private static bool Closes(List<MessageFact> here, RandomConversation whole, Digest? message) =>
        here.Exists(fact =>
            fact.Message is { Kind: MessageKind.Closure } closure
            && closure.From == whole.Offices[0]
            && closure.Exercise == whole.Exercise
            && (
                closure.InReplyTo is not { } to
                || (message is null ? here.Exists(m => m.Digest == to.Digest) : to.Digest == message)
            )
        );

    private static IEnumerable<(RecipientState At, RecipientState Was)> Places(
        ConversationState after,
        ConversationState before
    ) =>
        from was in before.Messages
        let now = after.Messages.First(m => m.Digest == was.Digest)
        from pair in now.Recipients.Zip(was.Recipients)
        select pair;
}
