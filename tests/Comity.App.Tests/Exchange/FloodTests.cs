using Comity.Exchange.Data;
using Comity.Exchange.Reading;
using Comity.Exchange.Receiving;
using Comity.Exchange.Sending;
using Comity.Post;
using Comity.Protocol.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Comity.App.Tests.Exchange;

/// <summary>What one peer sends must neither hide nor slow down what others say.</summary>
public sealed class FloodTests
{
    [Fact]
    public async Task What_waits_is_not_pushed_off_the_desk_by_what_is_newer()
    {
        await using var pair = await Pair.MakeAsync();
        var first = await pair.DeliverAsync(Pair.Notification("Waits."));
        pair.Qn.Clock.Advance(TimeSpan.FromMinutes(1));
        await using var qp = await ExchangeNode.SetUpAsync("QP", pair.Qn.Clock.GetUtcNow().AddMinutes(-5));
        await pair.Qn.LearnAsync(qp);
        for (var i = 0; i < DeskChoice.MostOfOne + 5; i++)
            Assert.IsType<Reception.Accepted>(await HandInAsync(qp, pair.Qn, $"Flood {i}."));

        var desk = await Pair.DeskAsync(pair.Qn);
        Assert.Equal("QM/technical", Assert.Single(desk.Waiting, l => l.Title == "Waits.").Other);
        Assert.Equal(DeskChoice.MostOfOne + 1, desk.Waiting.Count);
        Assert.Equal(5, desk.LeftOut);
        // What is not on the desk stands in the list, page by page.
        var (newest, more) = await ListAsync(pair.Qn, 1);
        Assert.True(more);
        var (older, _) = await ListAsync(pair.Qn, 2);
        Assert.Equal(DeskChoice.MostOfOne + 6, newest.Count + older.Count);
        Assert.Equal(first.Conversation, older[^1].Conversation);
    }

    [Fact]
    public async Task What_is_settled_is_not_opened_for_the_desk()
    {
        await using var pair = await Pair.MakeAsync();
        var first = await pair.DeliverAsync(Pair.Notification("Seen."));
        Assert.Equal(1, await OpenAsync(pair.Qn));
        Assert.Equal(1, await OpenAsync(pair.Qm));
        await pair.AcknowledgeAsync(first.Id);
        await Pair.CarryAsync(pair.Qn, pair.Qm);
        Assert.Equal(1, await OpenAsync(pair.Qn));
        var answer = Answer(first.Conversation, first.Id);
        ExchangeNode.Done(
            await pair.Qn.AskAsync<SendMessageHandler, Kernel.Outcomes.Outcome<MessageAccepted>>(h =>
                h.HandleAsync(answer, default)
            )
        );
        await Pair.CarryAsync(pair.Qn, pair.Qm);
        Assert.Equal(0, await OpenAsync(pair.Qn));
        // To whom it came it is new for a week, and then nothing waits there either.
        Assert.Equal(1, await OpenAsync(pair.Qm));
        pair.Qm.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(0, await OpenAsync(pair.Qm));
    }

    [Fact]
    public async Task One_participant_opens_so_many_conversations_a_day_and_the_rest_is_put_off()
    {
        await using var pair = await Pair.MakeAsync();
        var bounds = new IntakeBounds { ConversationsADay = 2 };
        Assert.Null(await ObjectionAsync(pair, bounds, Forging.Notification(pair.Qm, "QN/technical", "One.")));
        for (var i = 0; i < 2; i++)
            Assert.IsType<Reception.Accepted>(await HandInAsync(pair.Qm, pair.Qn, $"Number {i}."));
        var one = Forging.Notification(pair.Qm, "QN/technical", "One more.");
        Assert.NotNull((await ObjectionAsync(pair, bounds, one))?.Wait);
        // A drill takes nothing of what is real, nor the reverse.
        Assert.Null(await ObjectionAsync(pair, bounds, one with { Exercise = true }));
        await using var qp = await ExchangeNode.SetUpAsync("QP", pair.Qn.Clock.GetUtcNow().AddMinutes(-5));
        await pair.Qn.LearnAsync(qp);
        Assert.Null(await ObjectionAsync(pair, bounds, Forging.Notification(qp, "QN/technical", "Another.")));
        pair.Qn.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(await ObjectionAsync(pair, bounds, one));
    }

    [Fact]
    public async Task One_participant_sends_so_many_octets_a_day_and_the_rest_is_put_off()
    {
        await using var pair = await Pair.MakeAsync();
        await HandInAsync(pair.Qm, pair.Qn, "One.");
        var more = Forging.Notification(pair.Qm, "QN/technical", "More.");
        Assert.Null(await ObjectionAsync(pair, new IntakeBounds { OctetsADay = 100_000 }, more));
        Assert.NotNull((await ObjectionAsync(pair, new IntakeBounds { OctetsADay = 6000 }, more))?.Wait);
        pair.Qn.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(await ObjectionAsync(pair, new IntakeBounds { OctetsADay = 6000 }, more));
    }

    [Fact]
    public async Task A_conversation_holds_so_many_messages_of_one_participant()
    {
        await using var pair = await Pair.MakeAsync();
        var first = Forging.Notification(pair.Qm, "QN/technical", "Seen.");
        await HandInAsync(pair.Qm, pair.Qn, first);
        var more = Forging.Notification(pair.Qm, "QN/technical", "More.").In(first.OpenedBy);
        Assert.Null(await ObjectionAsync(pair, new IntakeBounds { MessagesPerConversation = 2 }, more));
        var full = await ObjectionAsync(pair, new IntakeBounds { MessagesPerConversation = 1 }, more);
        Assert.Equal("conversation-full", full?.Refusal);
        full = await ObjectionAsync(pair, new IntakeBounds { OctetsPerConversation = 1000 }, more);
        Assert.Equal("conversation-full", full?.Refusal);
    }

    [Fact]
    public async Task Only_so_many_envelopes_are_opened_at_the_same_time()
    {
        using var room = new OpeningRoom();
        var hold = new TaskCompletionSource();
        var waiting = Enumerable
            .Range(0, OpeningRoom.Places + 5)
            .Select(_ =>
                room.InAsync(
                    async () =>
                    {
                        await hold.Task;
                        return room.Taken;
                    },
                    default
                )
            )
            .ToList();
        Assert.Equal(OpeningRoom.Places, room.Taken);
        hold.SetResult();
        Assert.All(await Task.WhenAll(waiting), taken => Assert.InRange(taken, 1, OpeningRoom.Places));
        Assert.Equal(0, room.Taken);
    }

    [Theory]
    [InlineData(1000, 4 << 20)]
    [InlineData(10 << 20, 10 << 20)]
    [InlineData(int.MaxValue, 96 << 20)]
    public void An_envelope_expands_to_no_more_than_its_own_size(int envelope, int most) =>
        Assert.Equal(most, OpeningRoom.LimitsFor(envelope).ExpandedBytes);

    private static SendMessage Answer(string conversation, string inReplyTo) =>
        new(
            "QN/technical",
            [],
            null,
            new MessageDraft(
                "information",
                conversation,
                inReplyTo,
                Tlp: "AMBER",
                Fields: System.Text.Json.JsonSerializer.SerializeToElement(new { text = "We see nothing." })
            )
        );

    private static Task<(IReadOnlyList<ConversationLine> Lines, bool More)> ListAsync(ExchangeNode node, int page) =>
        node.AskAsync<ConversationQuery, (IReadOnlyList<ConversationLine>, bool)>(q =>
            q.ListAsync(null, page, default)
        );

    private static async Task<int> OpenAsync(ExchangeNode node)
    {
        var since = node.Clock.GetUtcNow().UtcDateTime - DeskLines.NewFor;
        var (chosen, _) = await node.AskAsync<OpenConversations, (IReadOnlyList<Conversation>, int)>(o =>
            o.ChooseAsync(since, default)
        );
        return chosen.Count;
    }

    private static Task<Reception> HandInAsync(ExchangeNode from, ExchangeNode to, string seen) =>
        HandInAsync(from, to, Forging.Notification(from, $"{to.Code}/technical", seen));

    private static async Task<Reception> HandInAsync(ExchangeNode from, ExchangeNode to, Message message)
    {
        var envelope = await Forging.SealAsync(from, to, message);
        return await Pair.HandInAsync(from, to, envelope);
    }

    private static async Task<Objection?> ObjectionAsync(Pair pair, IntakeBounds bounds, Message message)
    {
        var from = message.From.Participant.Value == "QM" ? pair.Qm : null;
        await using var db = pair.Qn.Open();
        var whole = await Conversations.FindAsync(db, message.Conversation, pair.Qn.Technical, default);
        var intake = new Intake(bounds, pair.Qn.Clock);
        Assert.True(from is not null || whole is null);
        var size = new IntakeSize(MessageJson.Write(message).Length, 5000);
        return await intake.ObjectionAsync(db, whole, message, size, default);
    }
}
