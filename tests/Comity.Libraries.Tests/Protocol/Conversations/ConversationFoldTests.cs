using Comity.Protocol;
using Comity.Protocol.Conversations;
using Comity.Protocol.Messages;
using CsCheck;

namespace Comity.Libraries.Tests.Protocol.Conversations;

public sealed class ConversationFoldTests
{
    private static readonly HashSet<OfficeName> Own = [World.Qm.Office];
    private static readonly MessageFact Opening = Fact(World.Notification(to: [World.Qn, World.Qx]));
    private static readonly MessageFact Acknowledged = Fact(
        World.Acknowledge(Opening.Message, Opening.Digest, World.Qn)
    );

    [Fact]
    public void Every_order_and_repetition_of_the_facts_gives_the_same_state()
    {
        ConversationFact[] facts =
        [
            Opening,
            Acknowledged,
            Fact(World.Acknowledge(Opening.Message, Opening.Digest, World.Qx, AcknowledgementForm.NotTheRightOffice)),
            Fact(Chained(World.Qm, 3, Opening.Digest, MessageKind.Update, null, 4)),
            Fact(Chained(World.Qm, 2, Opening.Digest, MessageKind.Closure, null, 5)),
            Fact(Chained(World.Qm, 2, Opening.Digest, MessageKind.Withdrawal, Opening, 6)),
            Fact(Chained(World.Qn, 2, Acknowledged.Digest, MessageKind.Information, Opening, 7)),
            Fact(Chained(World.Qn, 3, Acknowledged.Digest, MessageKind.Information, Acknowledged, 8)),
            new ReceiptFact(Opening.Digest, World.Qn.Office, ReceiptLevel.Opened, World.Now.AddMinutes(2)),
            new ReceiptFact(Opening.Digest, World.Qn.Office, ReceiptLevel.Stored, World.Now.AddMinutes(1)),
            new ReceiptFact(Opening.Digest, World.Qn.Office, ReceiptLevel.Opened, World.Now.AddMinutes(3)),
            new DeliveryFact(Opening.Digest, World.Qn.Office, Delivery.Accepted, World.Now),
            new DeliveryFact(Opening.Digest, World.Qx.Office, Delivery.NotDelivered, World.Now, "key-expired"),
            new DeliveryFact(Opening.Digest, World.Qx.Office, Delivery.NotDelivered, World.Now, "no-route"),
        ];
        var expected = StateText.Of(ConversationFold.Fold(facts, Own));
        Gen.Shuffle(facts)
            .Select(Gen.Int[0, facts.Length - 1])
            .Sample(
                (order, twice) => StateText.Of(ConversationFold.Fold([.. order, order[twice]], Own)) == expected,
                iter: 300
            );
    }

    [Fact]
    public void Acknowledged_without_receipt_is_legal()
    {
        var state = ConversationFold.Fold([Opening, Acknowledged], Own);
        var at = state.Messages[0].Recipients[0];
        Assert.Equal(Marks.Acknowledged, at.Marks);
        Assert.Equal(World.Now.AddDays(1), at.AnswerExpectedBy);
    }

    [Fact]
    public void Marks_are_of_one_recipient_each()
    {
        var state = ConversationFold.Fold([Opening, Acknowledged], Own);
        Assert.Equal(Marks.None, state.Messages[0].Recipients[1].Marks);
    }

    [Fact]
    public void The_wrong_office_has_not_acknowledged_and_points_to_the_right_one()
    {
        var pointer = Fact(
            World.Acknowledge(Opening.Message, Opening.Digest, World.Qn, AcknowledgementForm.NotTheRightOffice)
        );
        var at = ConversationFold.Fold([Opening, pointer], Own).Messages[0].Recipients[0];
        Assert.Equal(Marks.NotTheRightOffice, at.Marks);
        Assert.Equal("QN/policy", at.RightOffice?.Value);
    }

    [Fact]
    public void A_message_whose_parent_is_missing_is_parked_and_changes_nothing()
    {
        var state = ConversationFold.Fold([Acknowledged], Own);
        Assert.True(state.Messages[0].Parked);
        var joined = ConversationFold.Fold([Acknowledged, Opening], Own);
        Assert.DoesNotContain(joined.Messages, message => message.Parked);
    }

    [Fact]
    public void A_gap_in_a_chain_is_shown_and_filled_when_the_message_comes()
    {
        var second = Fact(Chained(World.Qn, 2, Acknowledged.Digest, MessageKind.Information, Opening, 1));
        var gap = ConversationFold.Fold([Opening, second], Own);
        Assert.Equal([new ChainGap(World.Qn.Office, World.Qm.Office, 1)], gap.Gaps);
        Assert.Empty(ConversationFold.Fold([Opening, second, Acknowledged], Own).Gaps);
    }

    [Fact]
    public void Chains_between_others_are_not_judged()
    {
        HashSet<OfficeName> own = [World.Qx.Office];
        var later = Fact(World.Update(change: m => m with { Chain = [new ChainLink(m.To[0], 5, Opening.Digest)] }));
        Assert.Empty(ConversationFold.Fold([Opening, later], own).Gaps);
    }

    [Fact]
    public void Two_messages_at_one_place_are_a_fork()
    {
        var one = Fact(Chained(World.Qn, 1, null, MessageKind.Information, Opening, 1));
        var state = ConversationFold.Fold([Opening, Acknowledged, one], Own);
        Assert.Equal([new ChainFork(World.Qn.Office, World.Qm.Office, 1)], state.Forks);
    }

    [Fact]
    public void An_acknowledgement_by_somebody_who_was_not_addressed_changes_nothing()
    {
        var narrow = Fact(World.Notification());
        var stranger = Fact(World.Acknowledge(narrow.Message, narrow.Digest, World.Qx));
        var state = ConversationFold.Fold([narrow, stranger], Own);
        Assert.Contains(state.Messages, message => message.NoEffect == NoEffect.NotEntitled);
        Assert.Equal(Marks.None, state.Messages.Single(m => m.Digest == narrow.Digest).Recipients[0].Marks);
    }

    [Fact]
    public void An_acknowledgement_of_other_content_under_the_same_id_changes_nothing()
    {
        var other = Fact(World.Acknowledge(Opening.Message, Digest.Of("other"u8), World.Qn));
        var state = ConversationFold.Fold([Opening, other], Own);
        Assert.Equal(NoEffect.OtherContent, state.Messages.Single(m => m.Digest == other.Digest).NoEffect);
        Assert.Equal(Marks.None, state.Messages[0].Recipients[0].Marks);
    }

    [Fact]
    public void An_exercise_message_in_a_real_conversation_changes_nothing()
    {
        var exercise = Fact(Acknowledged.Message with { Exercise = true });
        var state = ConversationFold.Fold([Opening, exercise], Own);
        Assert.Equal(NoEffect.OtherExercise, state.Messages.Single(m => m.Digest == exercise.Digest).NoEffect);
        Assert.Equal(Marks.None, state.Messages[0].Recipients[0].Marks);
    }

    [Fact]
    public void Only_the_owner_closes()
    {
        var closure = Fact(Chained(World.Qn, 1, null, MessageKind.Closure, null, 3));
        Assert.False(ConversationFold.Fold([Opening, closure], Own).Closed);
        var own = Fact(Chained(World.Qm, 2, Opening.Digest, MessageKind.Closure, null, 3));
        Assert.True(ConversationFold.Fold([Opening, own], Own).Closed);
    }

    [Fact]
    public void Dating_a_message_earlier_makes_nobody_the_owner()
    {
        var earlier = Fact(
            Chained(World.Qn, 1, null, MessageKind.Information, null, -60) with
            {
                Exercise = !Opening.Message.Exercise,
            }
        );
        var closure = Fact(Chained(World.Qn, 2, earlier.Digest, MessageKind.Closure, null, 3));
        var state = ConversationFold.Fold([Opening, earlier, closure], Own);
        Assert.Equal(World.Qm.Office, state.Owner);
        Assert.False(state.Closed);
        Assert.Equal(Opening.Message.Exercise, state.Exercise);
        var own = Fact(Chained(World.Qm, 2, Opening.Digest, MessageKind.Closure, null, 3));
        Assert.True(ConversationFold.Fold([Opening, earlier, own], Own).Closed);
    }

    [Fact]
    public void A_withdrawal_that_crosses_an_acknowledgement_leaves_both_marks()
    {
        var withdrawal = Fact(Chained(World.Qm, 2, Opening.Digest, MessageKind.Withdrawal, Opening, 3));
        var state = ConversationFold.Fold([withdrawal, Acknowledged, Opening], Own);
        Assert.Equal(Marks.Acknowledged | Marks.Withdrawn, state.Messages[0].Recipients[0].Marks);
    }

    [Fact]
    public void A_later_receipt_takes_not_delivered_away_and_keeps_nothing_else_back()
    {
        var failed = new DeliveryFact(Opening.Digest, World.Qn.Office, Delivery.NotDelivered, World.Now, "timeout");
        var before = ConversationFold.Fold([Opening, failed], Own).Messages[0].Recipients[0];
        Assert.Equal(Marks.NotDelivered, before.Marks);
        Assert.Equal("timeout", before.Cause);
        var receipt = new ReceiptFact(Opening.Digest, World.Qn.Office, ReceiptLevel.Opened, World.Now.AddHours(1));
        var after = ConversationFold.Fold([Opening, receipt, failed], Own).Messages[0].Recipients[0];
        Assert.Equal(Marks.Opened, after.Marks);
        Assert.Null(after.Cause);
    }

    [Fact]
    public void The_next_kinds_follow_from_the_state()
    {
        var empty = ConversationFold.Fold([], Own);
        Assert.Contains(MessageKind.Notification, empty.NextKinds(World.Qm.Office));
        Assert.DoesNotContain(MessageKind.Acknowledgement, empty.NextKinds(World.Qm.Office));
        var open = ConversationFold.Fold([Opening], Own);
        Assert.Contains(MessageKind.Acknowledgement, open.NextKinds(World.Qn.Office));
        Assert.DoesNotContain(MessageKind.Closure, open.NextKinds(World.Qn.Office));
        Assert.Contains(MessageKind.Closure, open.NextKinds(World.Qm.Office));
        var done = ConversationFold.Fold([Opening, Acknowledged], Own);
        Assert.DoesNotContain(MessageKind.Acknowledgement, done.NextKinds(World.Qn.Office));
        Assert.Contains(MessageKind.Acknowledgement, done.NextKinds(World.Qx.Office));
    }

    private static MessageFact Fact(Message message) => new(Digest.Of(MessageJson.Write(message)), message);

    private static Message Chained(
        Party from,
        long sequence,
        Digest? previous,
        MessageKind kind,
        MessageFact? parent,
        int minutes
    ) =>
        World.Update(
            from: from,
            to: [from == World.Qm ? World.Qn : World.Qm],
            change: message =>
                message with
                {
                    Kind = kind,
                    Created = World.Now.AddMinutes(minutes),
                    InReplyTo = parent is null ? null : new MessageReference(parent.Message.Id, parent.Digest),
                    Chain = [message.Chain[0] with { Sequence = sequence, Previous = previous }],
                }
        );
}
