using Comity.Exchange.Sending;
using Comity.Kernel.Outcomes;
using Comity.Post;
using Comity.Protocol;

namespace Comity.App.Tests.Exchange;

/// <summary>To whom an answer goes, and who may speak in a conversation: a person of ours decides, never the other side.</summary>
public sealed class AnsweringTests
{
    private static readonly OfficeName Third = OfficeName.Parse("QP/technical");

    [Fact]
    public async Task An_answer_goes_to_the_author_and_not_to_whom_the_author_named()
    {
        await using var pair = await Pair.MakeAsync();
        await using var qp = await ThirdAsync(pair);
        var first = await pair.DeliverAsync(Pair.Notification("Seen."));
        var update = await NameAThirdAsync(pair, qp, first.Conversation);

        var answer = await pair.SendAsync(Update(first.Conversation, update.Id.ToString()));
        Assert.Equal(["QN/technical"], answer.Recipients.Select(r => r.Office));
        // Also where no message is named: to whom our office wrote last.
        var another = await pair.SendAsync(Update(first.Conversation));
        Assert.Equal(["QN/technical"], another.Recipients.Select(r => r.Office));
    }

    [Fact]
    public async Task Where_nothing_was_said_yet_an_answer_goes_to_whoever_opened_the_conversation()
    {
        await using var pair = await Pair.MakeAsync();
        var first = await pair.DeliverAsync(Pair.Notification("Seen."));
        var answer = ExchangeNode.Done(
            await pair.Qn.AskAsync<SendMessageHandler, Outcome<MessageAccepted>>(h =>
                h.HandleAsync(Update(first.Conversation) with { From = "QN/technical" }, default)
            )
        );
        Assert.Equal(["QM/technical"], answer.Recipients.Select(r => r.Office));
    }

    [Fact]
    public async Task Whom_only_the_other_side_named_is_no_party_and_is_shown_as_that_where_it_speaks()
    {
        await using var pair = await Pair.MakeAsync();
        await using var qp = await ThirdAsync(pair);
        var first = await pair.DeliverAsync(Pair.Notification("Seen."));
        await NameAThirdAsync(pair, qp, first.Conversation);

        var shown = await Pair.ConversationAsync(pair.Qm, first.Conversation);
        Assert.Equal(["QN/technical"], shown!.Others);
        Assert.Equal(["QP/technical"], shown.Messages[^1].Cc);
        var opening = await Forging.OpeningAsync(pair.Qm, first.Conversation);
        var remark = Forging.Notification(qp, "QM/technical", "I was named.").In(opening) with
        {
            Kind = MessageKind.Update,
            Fields = new Protocol.Messages.TextFields("I was named."),
        };
        var envelope = await Forging.SealAsync(qp, pair.Qm, remark);
        Assert.IsType<Reception.Accepted>(await Pair.HandInAsync(qp, pair.Qm, envelope));
        shown = await Pair.ConversationAsync(pair.Qm, first.Conversation);
        Assert.Equal("QP/technical", Assert.Single(shown!.Messages, m => m.Unnamed).From);

        // A person of ours may take them in.
        await pair.SendAsync(Update(first.Conversation) with { To = ["QN/technical", "QP/technical"] });
        Assert.All((await Pair.ConversationAsync(pair.Qm, first.Conversation))!.Messages, m => Assert.False(m.Unnamed));
    }

    private static SendMessage Update(string conversation, string? inReplyTo = null) =>
        new(
            "QM/technical",
            [],
            null,
            new MessageDraft(
                "update",
                conversation,
                inReplyTo,
                Tlp: "AMBER",
                Fields: System.Text.Json.JsonSerializer.SerializeToElement(new { text = "More." })
            )
        );

    private static async Task<ExchangeNode> ThirdAsync(Pair pair)
    {
        var qp = await ExchangeNode.SetUpAsync("QP", pair.Qm.Clock.GetUtcNow().AddMinutes(-5));
        await pair.Qm.LearnAsync(qp);
        await pair.Qn.LearnAsync(qp);
        await qp.LearnAsync(pair.Qm);
        return qp;
    }

    /// <summary>QN sends an update with a copy to an office that QM never named.</summary>
    private static async Task<Protocol.Messages.Message> NameAThirdAsync(
        Pair pair,
        ExchangeNode qp,
        string conversation
    )
    {
        var opening = await Forging.OpeningAsync(pair.Qn, conversation);
        var update = Forging.Notification(pair.Qn, "QM/technical", "With a copy.").In(opening) with
        {
            Cc = [Third],
            Chain = [new(pair.Qm.Technical, 1, null), new(Third, 1, null)],
        };
        Assert.Equal("QP", qp.Code);
        var envelope = await Forging.SealAsync(pair.Qn, pair.Qm, update);
        Assert.IsType<Reception.Accepted>(await Pair.HandInAsync(pair.Qn, pair.Qm, envelope));
        return update;
    }
}
