using Comity.Exchange.Reading;
using Comity.Exchange.Sending;

namespace Comity.App.Tests.Exchange;

/// <summary>Questions between States, and who waits for what.</summary>
public sealed class ClarifyingTests
{
    [Fact]
    public async Task Either_side_asks_and_both_desks_say_who_waits_for_what()
    {
        await using var pair = await Pair.MakeAsync();
        var sent = await pair.DeliverAsync(Pair.Notification("Seen."));
        // The side that was notified asks; an answer goes to whoever asked.
        var asked = await SayAsync(pair.Qn, pair.Qm, Trio.Ask(sent.Conversation, sent.Id));
        Assert.Equal(["QM/technical"], asked.Recipients.Select(r => r.Office));
        var line = (await Pair.DeskAsync(pair.Qm)).Waiting[0];
        Assert.Equal(
            (DeskWhy.AnswerAsked, "immediate", "Is it an exercise of yours?"),
            (line.Why, line.Priority, line.Title)
        );
        Assert.Contains((await Pair.DeskAsync(pair.Qn)).Asked, l => l.Why == DeskWhy.NoAnswerYet);
        Assert.Equal(
            ["acknowledgement", "clarification", "clarification-request"],
            (await Trio.SeenAsync(pair.Qm, asked.Id)).Next.Order(StringComparer.Ordinal)
        );

        ExchangeNode.Done(await Trio.AcknowledgeAsync(pair.Qm, asked.Id));
        await Pair.CarryAsync(pair.Qm, pair.Qn);
        Assert.Equal(DeskWhy.Answer, (await Pair.DeskAsync(pair.Qm)).Waiting[0].Why);
        Assert.Contains((await Pair.DeskAsync(pair.Qn)).Asked, l => l.Why == DeskWhy.NotAnswered);

        var answer = await SayAsync(pair.Qm, pair.Qn, Trio.Say("clarification", sent.Conversation, asked.Id));
        Assert.Contains(MarkNames.Answered, await Trio.MarksAsync(pair.Qn, asked.Id, "QM/technical"));
        Assert.Empty((await Pair.DeskAsync(pair.Qm)).Waiting);
        Assert.Empty((await Pair.DeskAsync(pair.Qn)).Asked);
        Assert.Contains("no-responsibility", (await Trio.SeenAsync(pair.Qn, answer.Id)).Statements);
    }

    [Fact]
    public async Task What_is_immediate_stands_first_and_an_exercise_never_before_what_is_real()
    {
        await using var pair = await Pair.MakeAsync();
        await SayAsync(pair.Qm, pair.Qn, Pair.Notification("Due tomorrow."));
        SendMessage Opening(string priority, bool exercise) =>
            Trio.Ask(null, priority: priority) with
            {
                To = ["QN/technical"],
                Message = Trio.Ask(null, priority: priority).Message with { Exercise = exercise },
            };
        await SayAsync(pair.Qm, pair.Qn, Opening("routine", false));
        await SayAsync(pair.Qm, pair.Qn, Opening("immediate", true));
        await SayAsync(pair.Qm, pair.Qn, Opening("immediate", false));
        Assert.Equal(
            [("immediate", false), (null, false)],
            (await Pair.DeskAsync(pair.Qn)).Waiting.Take(2).Select(l => (l.Priority, l.Exercise))
        );
    }

    [Fact]
    public async Task Nobody_clarifies_what_nobody_asked()
    {
        await using var pair = await Pair.MakeAsync();
        var sent = await pair.DeliverAsync(Pair.Notification("Seen."));
        var update = await SayAsync(pair.Qm, pair.Qn, Trio.Say("update", sent.Conversation));
        foreach (var (node, about) in new[] { (pair.Qm, sent.Id), (pair.Qn, update.Id) })
        {
            var answer = await Trio.TrySendAsync(node, Trio.Say("clarification", sent.Conversation, about));
            Assert.Equal("exchange.nothing-asks-for-it", answer.Problem?.Code);
        }
        var second = Pair.Notification("Again.");
        var inside = second with { Message = second.Message with { Conversation = sent.Conversation } };
        Assert.Equal("exchange.opens-only", (await Trio.TrySendAsync(pair.Qm, inside)).Problem?.Code);
    }

    [Fact]
    public async Task A_request_for_consultation_opens_a_conversation_and_names_an_arrangement_in_words()
    {
        await using var pair = await Pair.MakeAsync();
        var fields = Trio.Json(new { text = "On hospitals.", arrangement = "Our regional organisation" });
        var draft = new MessageDraft("consultation-request", Tlp: "AMBER", Fields: fields);
        var asked = await SayAsync(pair.Qm, pair.Qn, new("", ["QN/technical"], null, draft));
        var seen = await Trio.SeenAsync(pair.Qn, asked.Id);
        Assert.Equal("Our regional organisation", seen.Fields.GetProperty("arrangement").GetString());
        Assert.Equal(DeskWhy.AnswerAsked, Assert.Single((await Pair.DeskAsync(pair.Qn)).Waiting).Why);
        await SayAsync(pair.Qn, pair.Qm, Trio.Say("information", asked.Conversation, asked.Id));
        Assert.Contains(MarkNames.Answered, await Trio.MarksAsync(pair.Qm, asked.Id, "QN/technical"));
    }

    private static async Task<MessageAccepted> SayAsync(ExchangeNode from, ExchangeNode to, SendMessage message)
    {
        var accepted = ExchangeNode.Done(await Trio.TrySendAsync(from, message));
        Assert.Single(await Pair.CarryAsync(from, to));
        return accepted;
    }
}
