using Comity.Protocol;
using Comity.Protocol.Conversations;
using Comity.Protocol.Messages;
using CsCheck;

namespace Comity.Libraries.Tests.Protocol.Conversations;

/// <summary>What becomes of messages that cross an end: a withdrawal, a closure; and of questions and their answers.</summary>
public sealed class CrossingTests
{
    // One table for both sides: each judges the chains and marks of its own offices.
    private static readonly HashSet<OfficeName> Own = [World.Qm.Office, World.Qn.Office];
    private static readonly MessageFact Opening = Fact(World.Notification(to: [World.Qn, World.Qx]));
    private static readonly MessageFact Acknowledged = Fact(
        World.Acknowledge(Opening.Message, Opening.Digest, World.Qn)
    );
    private static readonly MessageFact Withdrawal = Said(World.Qm, MessageKind.Withdrawal, Opening);
    private static readonly MessageFact Closure = Said(World.Qm, MessageKind.Closure, null, minutes: 10);
    private static readonly MessageFact Asked = Fact(
        World.ClarificationRequest(from: World.Qm, to: [World.Qn, World.Qx])
    );
    private static readonly MessageFact Answered = Said(World.Qn, MessageKind.Clarification, Asked);

    [Fact]
    public void Only_the_author_withdraws_a_message()
    {
        var foreign = Said(World.Qn, MessageKind.Withdrawal, Opening);
        var state = Fold(Opening, foreign);
        Assert.Equal(NoEffect.NotEntitled, Of(state, foreign).NoEffect);
        Assert.All(Of(state, Opening).Recipients, at => Assert.Equal(Marks.None, at.Marks));
        Assert.Equal(Marks.Withdrawn, Of(Fold(Opening, Withdrawal), Opening).Recipients[0].Marks);
    }

    [Fact]
    public void What_was_acknowledged_or_ended_is_not_withdrawn()
    {
        foreach (var stays in new[] { Acknowledged, Closure, Withdrawal })
        {
            var back = Said(stays.Message.From == World.Qm.Office ? World.Qm : World.Qn, MessageKind.Withdrawal, stays);
            var state = Fold(Opening, stays, back);
            Assert.Equal(NoEffect.NotEntitled, Of(state, back).NoEffect);
            Assert.DoesNotContain(Of(state, stays).Recipients, at => at.Marks.HasFlag(Marks.Withdrawn));
        }
    }

    [Fact]
    public void A_withdrawal_that_comes_first_counts_as_soon_as_its_message_is_here()
    {
        Assert.True(Of(Fold(Withdrawal), Withdrawal).Parked);
        Assert.Equal(Marks.Withdrawn, Of(Fold(Withdrawal, Opening), Opening).Recipients[0].Marks);
    }

    [Fact]
    public void A_withdrawn_message_that_is_acknowledged_or_answered_has_both_marks_and_asks_for_nothing()
    {
        var taken = Said(World.Qm, MessageKind.Withdrawal, Asked);
        var at = Of(Fold(Opening, taken, Answered, Asked), Asked).Recipients[0];
        Assert.Equal(Marks.Answered | Marks.Withdrawn, at.Marks);
        var next = Fold(Opening, Withdrawal).NextKinds(World.Qn.Office);
        Assert.DoesNotContain(MessageKind.Acknowledgement, next);
        Assert.DoesNotContain(MessageKind.Clarification, next);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(15)]
    public void An_update_that_crosses_a_closure_counts_and_the_conversation_is_closed(int minutes)
    {
        var update = Said(World.Qn, MessageKind.Update, null, minutes);
        var state = Fold(update, Closure, Opening);
        Assert.True(state.Closed);
        Assert.Null(Of(state, update).NoEffect);
        Assert.Equal(Marks.Closed, Of(state, update).Recipients[0].Marks);
    }

    [Fact]
    public void A_question_after_the_closure_is_shown_and_nothing_is_asked_by_it()
    {
        var late = Said(World.Qn, MessageKind.ClarificationRequest, Opening, minutes: 20);
        var state = Fold(Opening, Closure, late);
        Assert.Null(Of(state, late).NoEffect);
        Assert.Equal(Marks.Closed, Of(state, late).Recipients[0].Marks);
        Assert.Empty(Of(state, late).NextKinds(World.Qm.Office));
    }

    [Fact]
    public void A_closure_by_somebody_who_did_not_open_it_closes_nothing()
    {
        var foreign = Said(World.Qn, MessageKind.Closure, null, minutes: 10);
        var state = Fold(Opening, foreign);
        Assert.Equal(NoEffect.NotEntitled, Of(state, foreign).NoEffect);
        Assert.False(state.Closed);
        Assert.Contains(MessageKind.ConsultationRequest, state.NextKinds(World.Qn.Office));
    }

    [Fact]
    public void A_closure_that_names_a_message_closes_that_one_only()
    {
        var one = Said(World.Qm, MessageKind.Closure, Asked);
        var state = Fold(Opening, Asked, one);
        Assert.False(state.Closed);
        Assert.Equal(Marks.Closed, Of(state, Asked).Recipients[0].Marks);
        Assert.Equal(Marks.None, Of(state, Opening).Recipients[0].Marks);
    }

    [Fact]
    public void A_clarification_answers_at_its_author_and_nowhere_else()
    {
        var at = Of(Fold(Opening, Asked, Answered), Asked).Recipients;
        Assert.Equal([Marks.Answered, Marks.None], at.Select(one => one.Marks));
    }

    [Fact]
    public void Who_may_say_what_next_follows_from_what_is_asked()
    {
        var open = Fold(Opening, Asked);
        var (qm, qn) = (open.NextKinds(World.Qm.Office), open.NextKinds(World.Qn.Office));
        Assert.Equal(
            [
                MessageKind.Acknowledgement,
                MessageKind.Clarification,
                MessageKind.ClarificationRequest,
                MessageKind.ConsultationRequest,
                MessageKind.Information,
                MessageKind.Update,
            ],
            qn.OrderBy(kind => kind.Code(), StringComparer.Ordinal)
        );
        Assert.Equal(
            [
                MessageKind.ClarificationRequest,
                MessageKind.Closure,
                MessageKind.ConsultationRequest,
                MessageKind.Information,
                MessageKind.Update,
                MessageKind.Withdrawal,
            ],
            qm.OrderBy(kind => kind.Code(), StringComparer.Ordinal)
        );
        Assert.Equal(
            [MessageKind.Acknowledgement, MessageKind.Clarification, MessageKind.ClarificationRequest],
            Of(open, Asked).NextKinds(World.Qn.Office).OrderBy(kind => kind.Code(), StringComparer.Ordinal)
        );
        Assert.Equal([MessageKind.Withdrawal], Of(open, Asked).NextKinds(World.Qm.Office));
        Assert.DoesNotContain(
            MessageKind.Clarification,
            Fold(Opening, Asked, Withdrawal, Withdrawn(Asked)).NextKinds(World.Qn.Office)
        );
    }

    [Fact]
    public void After_the_closure_whoever_asks_opens_another_conversation()
    {
        var closed = Fold(Opening, Asked, Closure);
        foreach (var office in new[] { World.Qm.Office, World.Qn.Office })
        {
            Assert.All(closed.NextKinds(office), kind => Assert.Equal(Asks.Nothing, Kinds.Of(kind).AsksFor));
            Assert.Contains(MessageKind.Information, closed.NextKinds(office));
        }

        Assert.DoesNotContain(MessageKind.Closure, closed.NextKinds(World.Qm.Office));
        Assert.Contains(MessageKind.Withdrawal, closed.NextKinds(World.Qm.Office));
    }

    [Fact]
    public void Whatever_comes_first_the_same_may_be_said_next()
    {
        MessageFact[] facts =
        [
            Opening,
            Acknowledged,
            Asked,
            Answered,
            Closure,
            Withdrawal,
            Withdrawn(Asked),
            Said(World.Qn, MessageKind.Withdrawal, Asked, minutes: 4),
            Said(World.Qn, MessageKind.Closure, null, minutes: 6),
            Said(World.Qn, MessageKind.ClarificationRequest, Opening, minutes: 20),
            Said(World.Qx, MessageKind.ConsultationRequest, null, minutes: 7),
        ];
        Gen.Shuffle(facts)
            .Select(Gen.Int[1, facts.Length])
            .Sample(
                (order, count) =>
                {
                    var some = order[..count];
                    return Show(Fold(some)) == Show(Fold([.. some.Reverse(), some[0]]));
                },
                iter: 300
            );
    }

    private static MessageFact Withdrawn(MessageFact of) => Said(World.Qm, MessageKind.Withdrawal, of, minutes: 9);

    private static ConversationState Fold(params MessageFact[] facts) => ConversationFold.Fold(facts, Own);

    private static MessageState Of(ConversationState state, MessageFact fact) =>
        state.Messages.Single(message => message.Digest == fact.Digest);

    private static string Show(ConversationState state) =>
        string.Join(
            '\n',
            state.Messages.Select(message =>
                $"{message.Digest} {message.Parked} {message.NoEffect} {string.Join(',', message.Recipients.Select(r => r.Marks))} "
                + string.Join(',', message.NextKinds(World.Qn.Office))
            )
        )
        + string.Join(',', state.NextKinds(World.Qm.Office))
        + string.Join(',', state.NextKinds(World.Qn.Office))
        + state.Closed;

    private static MessageFact Fact(Message message) => new(Digest.Of(MessageJson.Write(message)), message);

    private static MessageFact Said(Party from, MessageKind kind, MessageFact? parent, int minutes = 3) =>
        Fact(
            World.Update(
                from: from,
                to: [from == World.Qm ? World.Qn : World.Qm],
                change: message =>
                    message with
                    {
                        Kind = kind,
                        Created = World.Now.AddMinutes(minutes),
                        InReplyTo = parent is null ? null : new MessageReference(parent.Message.Id, parent.Digest),
                        Fields = kind switch
                        {
                            MessageKind.ClarificationRequest => new ClarificationRequestFields(Priority.Routine, ["?"]),
                            MessageKind.ConsultationRequest => new ConsultationRequestFields("On it."),
                            _ => message.Fields,
                        },
                    }
            )
        );
}
