using Comity.Protocol;
using Comity.Protocol.Conversations;
using Comity.Protocol.Messages;

namespace Comity.Libraries.Tests.Protocol.Conversations;

/// <summary>What crosses on the way has one result: the table in section 8 of docs/protocol.md, a test for each row.</summary>
public sealed class MeetingTests
{
    private static readonly HashSet<OfficeName> Own = [World.Qm.Office, World.Qn.Office];
    private static readonly MessageFact Opening = Fact(World.Notification());
    private static readonly MessageFact Closure = Said(World.Qm, MessageKind.Closure, null, 10);
    private static readonly MessageFact Withdrawal = Said(World.Qm, MessageKind.Withdrawal, Opening, 10);
    private static readonly MessageFact Acknowledged = Acknowledge(10);

    [Fact]
    public void An_acknowledgement_and_a_withdrawal_that_cross_both_stand() =>
        Assert.Equal(Marks.Acknowledged | Marks.Withdrawn, At(Acknowledged, Withdrawal).Marks);

    [Fact]
    public void An_acknowledgement_and_a_closure_that_cross_both_stand()
    {
        Assert.Equal(Marks.Acknowledged | Marks.Closed, At(Acknowledged, Closure).Marks);
        Assert.True(State(Acknowledged, Closure).Closed);
    }

    [Fact]
    public void An_answer_and_a_withdrawal_that_cross_both_stand()
    {
        var answer = Said(World.Qn, MessageKind.Information, Opening, 10);
        Assert.Equal(Marks.Answered | Marks.Withdrawn, At(answer, Withdrawal).Marks);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(15)]
    public void An_update_that_crosses_a_closure_is_shown_in_the_closed_conversation_whichever_is_dated_first(
        int minutes
    )
    {
        var update = Said(World.Qn, MessageKind.Update, null, minutes);
        var state = State(update, Closure);
        Assert.True(state.Closed);
        var shown = state.Messages.Single(m => m.Digest == update.Digest);
        Assert.Null(shown.NoEffect);
        Assert.Equal(Marks.Closed, shown.Recipients[0].Marks);
    }

    [Fact]
    public void A_withdrawal_and_a_closure_that_cross_both_stand()
    {
        Assert.Equal(Marks.Withdrawn | Marks.Closed, At(Withdrawal, Closure).Marks);
        Assert.True(State(Withdrawal, Closure).Closed);
    }

    [Fact]
    public void Of_two_acknowledgements_the_first_sets_the_time_and_the_last_says_what_counts()
    {
        var other = Acknowledge(20, AcknowledgementForm.NotTheRightOffice);
        var at = At(Acknowledged, Acknowledge(15), other);
        Assert.Equal(Marks.Acknowledged | Marks.NotTheRightOffice, at.Marks);
        Assert.Equal(World.Now.AddMinutes(10), at.Times[Marks.Acknowledged]);
        Assert.Equal(("QN/policy", null), (at.RightOffice?.Value, at.AnswerExpectedBy));
    }

    [Fact]
    public void Of_two_withdrawals_and_two_closures_the_first_sets_the_time()
    {
        var twice = Said(World.Qm, MessageKind.Withdrawal, Opening, 4);
        var again = Said(World.Qm, MessageKind.Closure, null, 5);
        var at = At(Withdrawal, twice, Closure, again);
        Assert.Equal(World.Now.AddMinutes(4), at.Times[Marks.Withdrawn]);
        Assert.Equal(World.Now.AddMinutes(5), at.Times[Marks.Closed]);
    }

    // Both ways round, so that no row of the table rests on what came first.
    private static ConversationState State(params MessageFact[] crossing)
    {
        var state = ConversationFold.Fold([Opening, .. crossing], Own);
        Assert.Equal(StateText.Of(state), StateText.Of(ConversationFold.Fold([.. crossing.Reverse(), Opening], Own)));
        return state;
    }

    private static RecipientState At(params MessageFact[] crossing) =>
        State(crossing).Messages.Single(m => m.Digest == Opening.Digest).Recipients[0];

    private static MessageFact Acknowledge(int minutes, AcknowledgementForm form = default) =>
        Fact(
            World.Acknowledge(Opening.Message, Opening.Digest, World.Qn, form) with
            {
                Created = World.Now.AddMinutes(minutes),
            }
        );

    private static MessageFact Said(Party from, MessageKind kind, MessageFact? about, int minutes) =>
        Fact(
            World.Update(
                from: from,
                to: [from == World.Qm ? World.Qn : World.Qm],
                change: message =>
                    message with
                    {
                        Kind = kind,
                        Created = World.Now.AddMinutes(minutes),
                        InReplyTo = about is null ? null : new MessageReference(about.Message.Id, about.Digest),
                    }
            )
        );

    private static MessageFact Fact(Message message) => new(Digest.Of(MessageJson.Write(message)), message);
}
