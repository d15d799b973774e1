using Comity.Exchange.Acknowledging;
using Comity.Exchange.Reading;
using Comity.Kernel.Outcomes;

namespace Comity.App.Tests.Exchange;

public sealed class AcknowledgingTests
{
    [Fact]
    public async Task The_sender_sees_the_acknowledgement_with_both_clocks_and_when_to_expect_an_answer()
    {
        await using var pair = await Pair.MakeAsync();
        var accepted = await pair.DeliverAsync(Pair.Notification("Seen."));
        var by = new DateTime(2026, 5, 3, 12, 0, 0, DateTimeKind.Utc);
        await pair.AcknowledgeAsync(accepted.Id, by);
        await Pair.CarryAsync(pair.Qn, pair.Qm);
        var sent = await Pair.MessageAsync(pair.Qm, accepted.Id);
        var mark = Assert.Single(sent!.Recipients[0].Marks, m => m.Name == MarkNames.Acknowledged);
        Assert.Equal(TimeSpan.FromSeconds(90), mark.Theirs - mark.Ours);
        Assert.Equal(by, mark.AnswerExpectedBy);
    }

    [Fact]
    public async Task Acknowledging_moves_the_line_of_the_desk_and_says_nothing_more()
    {
        await using var pair = await Pair.MakeAsync();
        var accepted = await pair.DeliverAsync(Pair.Notification("Seen."));
        Assert.Equal(DeskWhy.Acknowledge, Assert.Single((await Pair.DeskAsync(pair.Qn)).Waiting).Why);
        Assert.Equal(DeskWhy.NotAcknowledged, Assert.Single((await Pair.DeskAsync(pair.Qm)).Asked).Why);
        await pair.AcknowledgeAsync(accepted.Id);
        await Pair.CarryAsync(pair.Qn, pair.Qm);
        Assert.Equal(DeskWhy.Answer, Assert.Single((await Pair.DeskAsync(pair.Qn)).Waiting).Why);
        Assert.Equal(DeskWhy.NotAnswered, Assert.Single((await Pair.DeskAsync(pair.Qm)).Asked).Why);
        var conversation = await Pair.ConversationAsync(pair.Qm, accepted.Conversation);
        Assert.Equal(["receipt-only"], conversation!.Messages[1].Statements);
    }

    [Fact]
    public async Task Overdue_is_shown_on_ones_own_desk_only()
    {
        await using var pair = await Pair.MakeAsync();
        await pair.DeliverAsync(Pair.Notification("Seen."));
        pair.Qm.Clock.Advance(TimeSpan.FromDays(2));
        pair.Qn.Clock.Advance(TimeSpan.FromDays(2));
        Assert.True(Assert.Single((await Pair.DeskAsync(pair.Qn)).Waiting).Overdue);
        Assert.False(Assert.Single((await Pair.DeskAsync(pair.Qm)).Asked).Overdue);
    }

    [Fact]
    public async Task Two_people_who_acknowledge_at_the_same_moment_send_one_acknowledgement()
    {
        await using var pair = await Pair.MakeAsync();
        var accepted = await pair.DeliverAsync(Pair.Notification("Seen."));
        var id = Guid.Parse(accepted.Id);
        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    pair.Qn.AskAsync<AcknowledgeHandler, Outcome<Acknowledged>>(h => h.HandleAsync(new(id), default))
                )
        );
        Assert.Single(outcomes, o => o.IsDone);
        Assert.All(outcomes.Where(o => !o.IsDone), o => Assert.Equal("exchange.already-said", o.Problem!.Code));
        Assert.Equal(2, (await Pair.RowsAsync(pair.Qn))[1]);
    }

    [Fact]
    public async Task Not_the_right_office_points_to_the_right_one()
    {
        await using var pair = await Pair.MakeAsync();
        var accepted = await pair.DeliverAsync(Pair.Notification("Seen."));
        var request = new Acknowledge(Guid.Parse(accepted.Id), null, "not-the-right-office", "QN/policy");
        ExchangeNode.Done(
            await pair.Qn.AskAsync<AcknowledgeHandler, Outcome<Acknowledged>>(h => h.HandleAsync(request, default))
        );
        await Pair.CarryAsync(pair.Qn, pair.Qm);
        var sent = await Pair.MessageAsync(pair.Qm, accepted.Id);
        var mark = Assert.Single(sent!.Recipients[0].Marks, m => m.Name == MarkNames.NotTheRightOffice);
        Assert.Equal("QN/policy", mark.RightOffice);
    }

    [Fact]
    public async Task A_time_that_is_over_is_told_at_its_field_and_nothing_is_sent()
    {
        await using var pair = await Pair.MakeAsync();
        var accepted = await pair.DeliverAsync(Pair.Notification("Seen."));
        var request = new Acknowledge(Guid.Parse(accepted.Id), new DateTime(2026, 5, 1, 0, 0, 0, DateTimeKind.Utc));
        var outcome = await pair.Qn.AskAsync<AcknowledgeHandler, Outcome<Acknowledged>>(h =>
            h.HandleAsync(request, default)
        );
        Assert.Equal("answerExpectedBy", Assert.Single(outcome.Problem!.Fields).Key);
        Assert.Equal(1, (await Pair.RowsAsync(pair.Qn))[1]);
    }
}
