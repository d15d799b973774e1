using Comity.Exchange.Data;
using Comity.Exchange.Reading;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Messages;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Exchange;

/// <summary>What ends: a message that its author withdraws, a conversation that its owner closes.</summary>
public sealed class EndingTests
{
    [Fact]
    public async Task A_withdrawal_reaches_whoever_has_the_message_and_the_message_stays()
    {
        await using var trio = await Trio.MakeAsync();
        var several = Pair.Notification("Seen in error.") with { To = ["QN/technical"], Cc = ["QP/technical"] };
        var sent = await trio.SendAsync(trio.Qm, several);
        Assert.Equal(DeskWhy.Acknowledge, Assert.Single((await Pair.DeskAsync(trio.Qn)).Waiting).Why);
        var foreign = await Trio.TrySendAsync(trio.Qn, Trio.Say("withdrawal", sent.Conversation, sent.Id));
        Assert.Equal("exchange.not-the-author", foreign.Problem?.Code);
        var some = Trio.Say("withdrawal", sent.Conversation, sent.Id) with { To = ["QN/technical"] };
        Assert.Contains("to", (await Trio.TrySendAsync(trio.Qm, some)).Problem!.Fields!.Keys);

        var back = await trio.SendAsync(trio.Qm, Trio.Say("withdrawal", sent.Conversation, sent.Id));

        Assert.Equal(["QN/technical", "QP/technical"], back.Recipients.Select(r => r.Office));
        foreach (var node in new[] { trio.Qm, trio.Qn, trio.Qp })
        {
            var seen = await Trio.SeenAsync(node, sent.Id);
            Assert.True(seen.Withdrawn);
            Assert.Equal("Seen in error.", seen.Fields.GetProperty("seen").GetString());
            Assert.Equal(["stays-where-it-is"], (await Trio.SeenAsync(node, back.Id)).Statements);
        }
        // Nobody is asked any more; that it was withdrawn is new.
        Assert.Equal(
            ("withdrawal", DeskWhy.New),
            Assert.Single((await Pair.DeskAsync(trio.Qn)).Waiting.Select(l => (l.Kind, l.Why)))
        );
        Assert.Empty((await Pair.DeskAsync(trio.Qm)).Asked);
        var twice = await Trio.TrySendAsync(trio.Qm, Trio.Say("withdrawal", sent.Conversation, sent.Id));
        Assert.Equal("exchange.not-the-author", twice.Problem?.Code);
    }

    [Fact]
    public async Task A_withdrawal_that_crosses_an_acknowledgement_leaves_both_marks_on_both_sides()
    {
        await using var pair = await Pair.MakeAsync();
        var sent = await pair.DeliverAsync(Pair.Notification("Seen."));
        await pair.AcknowledgeAsync(sent.Id);
        ExchangeNode.Done(await Trio.TrySendAsync(pair.Qm, Trio.Say("withdrawal", sent.Conversation, sent.Id)));
        await Pair.CarryAsync(pair.Qm, pair.Qn);
        await Pair.CarryAsync(pair.Qn, pair.Qm);
        foreach (var node in new[] { pair.Qm, pair.Qn })
        {
            var marks = await Trio.MarksAsync(node, sent.Id, "QN/technical");
            Assert.Contains(MarkNames.Acknowledged, marks);
            Assert.Contains(MarkNames.Withdrawn, marks);
        }
    }

    [Fact]
    public async Task A_withdrawal_by_somebody_else_changes_nothing_and_is_shown()
    {
        await using var pair = await Pair.MakeAsync();
        var sent = await pair.DeliverAsync(Pair.Notification("Seen."));
        var forged = await ForgeAsync(
            pair,
            sent.Conversation,
            MessageKind.Withdrawal,
            new(MessageId.Parse(sent.Id), Digest.Parse(sent.Digest))
        );
        Assert.Equal("not-entitled", (await Trio.SeenAsync(pair.Qm, forged)).NoEffect);
        Assert.False((await Trio.SeenAsync(pair.Qm, sent.Id)).Withdrawn);
        Assert.Single((await Pair.DeskAsync(pair.Qm)).Asked);
    }

    [Fact]
    public async Task Only_whoever_opened_a_conversation_closes_it_and_then_nothing_is_asked_in_it()
    {
        await using var trio = await Trio.MakeAsync();
        var several = Pair.Notification("Seen.") with { To = ["QN/technical"], Cc = ["QP/technical"] };
        var sent = await trio.SendAsync(trio.Qm, several);
        var foreign = await Trio.TrySendAsync(trio.Qn, Trio.Say("closure", sent.Conversation));
        Assert.Equal("exchange.not-the-owner", foreign.Problem?.Code);

        await trio.SendAsync(trio.Qm, Trio.Say("closure", sent.Conversation));

        foreach (var node in new[] { trio.Qm, trio.Qn, trio.Qp })
        {
            var whole = await Pair.ConversationAsync(node, sent.Conversation);
            Assert.True(whole!.Closed);
            Assert.Contains("information", whole.Next);
            Assert.DoesNotContain("clarification-request", whole.Next);
            var asked = await Trio.TrySendAsync(node, Trio.Ask(sent.Conversation) with { To = ["QN/policy"] });
            Assert.Equal("exchange.is-closed", asked.Problem?.Code);
        }
        Assert.Contains(MarkNames.Closed, await Trio.MarksAsync(trio.Qm, sent.Id, "QN/technical"));
        Assert.Empty((await Pair.DeskAsync(trio.Qm)).Asked);
        Assert.Equal(
            ("closure", DeskWhy.New),
            Assert.Single((await Pair.DeskAsync(trio.Qp)).Waiting.Select(l => (l.Kind, l.Why)))
        );
    }

    [Fact]
    public async Task A_closure_by_somebody_else_closes_nothing()
    {
        await using var pair = await Pair.MakeAsync();
        var sent = await pair.DeliverAsync(Pair.Notification("Seen."));
        var forged = await ForgeAsync(pair, sent.Conversation, MessageKind.Closure, null);
        Assert.Equal("not-entitled", (await Trio.SeenAsync(pair.Qm, forged)).NoEffect);
        Assert.False((await Pair.ConversationAsync(pair.Qm, sent.Conversation))!.Closed);
        Assert.Single((await Pair.DeskAsync(pair.Qm)).Asked);
    }

    [Fact]
    public async Task A_question_that_crosses_the_closure_is_seen_and_waits_for_nobody()
    {
        await using var pair = await Pair.MakeAsync();
        var sent = await pair.DeliverAsync(Pair.Notification("Seen."));
        var asked = ExchangeNode.Done(await Trio.TrySendAsync(pair.Qn, Trio.Ask(sent.Conversation, sent.Id)));
        ExchangeNode.Done(await Trio.TrySendAsync(pair.Qm, Trio.Say("closure", sent.Conversation)));
        pair.Qm.Clock.Advance(TimeSpan.FromMinutes(1));
        await Pair.CarryAsync(pair.Qn, pair.Qm);
        await Pair.CarryAsync(pair.Qm, pair.Qn);

        Assert.Contains(MarkNames.Closed, await Trio.MarksAsync(pair.Qm, asked.Id, "QM/technical"));
        Assert.Contains(MarkNames.Closed, await Trio.MarksAsync(pair.Qn, asked.Id, "QM/technical"));
        var line = Assert.Single((await Pair.DeskAsync(pair.Qm)).Waiting);
        Assert.Equal((DeskWhy.Late, asked.Id), (line.Why, (await Trio.SeenAsync(pair.Qm, asked.Id)).Message));
        Assert.Empty((await Pair.DeskAsync(pair.Qn)).Asked);
        var answer = await Trio.TrySendAsync(pair.Qm, Trio.Say("clarification", sent.Conversation, asked.Id));
        Assert.Equal("exchange.nothing-asks-for-it", answer.Problem?.Code);
        // It is information then, and the line goes.
        pair.Qm.Clock.Advance(TimeSpan.FromMinutes(1));
        ExchangeNode.Done(await Trio.TrySendAsync(pair.Qm, Trio.Say("information", sent.Conversation, asked.Id)));
        Assert.Empty((await Pair.DeskAsync(pair.Qm)).Waiting);
    }

    /// <summary>QN says something that no node of ours would send; the number of the message.</summary>
    private static async Task<string> ForgeAsync(
        Pair pair,
        string conversation,
        MessageKind kind,
        MessageReference? about
    )
    {
        var opening = await Forging.OpeningAsync(pair.Qn, conversation);
        var message = Forging.Notification(pair.Qn, "QM/technical", "").In(opening) with
        {
            Kind = kind,
            InReplyTo = about,
            Fields = new TextFields("Forged."),
        };
        var envelope = await Forging.SealAsync(pair.Qn, pair.Qm, message);
        Assert.IsType<Reception.Accepted>(await Pair.HandInAsync(pair.Qn, pair.Qm, envelope));
        return message.Id.ToString();
    }
}
