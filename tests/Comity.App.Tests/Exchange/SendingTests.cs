using Comity.Exchange.Data;
using Comity.Exchange.Reading;
using Comity.Exchange.Sending;
using Comity.Kernel.Work;
using Comity.Post;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Exchange;

public sealed class SendingTests
{
    [Fact]
    public async Task What_was_accepted_is_committed_with_its_recipient_and_the_work_that_seals_it()
    {
        await using var pair = await Pair.MakeAsync();
        var accepted = await pair.SendAsync(Pair.Notification("Contacts to a control server."));
        await using var db = pair.Qm.Open();
        var row = await db.Set<StoredMessage>().SingleAsync();
        var delivery = await db.Set<Delivery>().SingleAsync();
        Assert.Equal(accepted.Id, row.MessageId.ToString());
        Assert.Equal("QN/technical", delivery.Office.Value);
        Assert.True(
            await db.Set<WorkItem>().AnyAsync(w => w.Kind == Acceptance.SealWork && w.Key == delivery.Id.ToString())
        );
    }

    [Fact]
    public async Task A_message_to_an_office_that_nobody_lists_is_not_accepted_and_leaves_nothing()
    {
        await using var pair = await Pair.MakeAsync();
        var outcome = await pair.TrySendAsync(Pair.Notification("Seen.", to: "QT/technical"));
        Assert.Equal("exchange.unknown-office", outcome.Problem?.Code);
        Assert.All(await Pair.RowsAsync(pair.Qm), count => Assert.Equal(0, count));
    }

    [Fact]
    public async Task Nobody_sends_for_an_office_that_is_not_theirs()
    {
        await using var pair = await Pair.MakeAsync();
        var message = Pair.Notification("Seen.") with { From = "QM/policy" };
        Assert.Equal("exchange.not-your-office", (await pair.TrySendAsync(message)).Problem?.Code);
    }

    [Fact]
    public async Task A_field_that_would_be_dropped_silently_is_refused_by_its_name()
    {
        await using var pair = await Pair.MakeAsync();
        var message = Pair.Notification("Seen.");
        var fields = System.Text.Json.JsonDocument.Parse(
            """{"relation":"for-information","seen":"x","criticalInfrastructure":"no","goodFaith":true,"responsibleState":"QT"}"""
        );
        var outcome = await pair.TrySendAsync(
            message with
            {
                Message = message.Message with { Fields = fields.RootElement },
            }
        );
        Assert.Equal("message.fields.responsibleState", Assert.Single(outcome.Problem!.Fields).Key);
    }

    [Fact]
    public async Task An_update_continues_the_chain_and_arrives_once()
    {
        await using var pair = await Pair.MakeAsync();
        var first = await pair.DeliverAsync(Pair.Notification("Seen."));
        // Two messages of one millisecond have no order but that of their digests.
        pair.Qm.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await pair.DeliverAsync(Update(first));
        var there = await Pair.ConversationAsync(pair.Qn, first.Conversation);
        Assert.Equal([first.Id, second.Id], there!.Messages.Select(m => m.Message));
        Assert.Empty(there.Gaps);
        Assert.Empty(there.Forks);
    }

    [Fact]
    public async Task A_message_that_did_not_come_is_a_gap_in_the_chain()
    {
        await using var pair = await Pair.MakeAsync();
        var first = await pair.DeliverAsync(Pair.Notification("Seen."));
        await pair.SendAsync(Update(first));
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        var lost = Assert.Single(await Pair.WaitingAsync(pair.Qm));
        await Pair.SettleAsync(pair.Qm, lost.Parcel, new Reception.StoredForLater());
        await pair.DeliverAsync(Update(first));
        var gap = Assert.Single((await Pair.ConversationAsync(pair.Qn, first.Conversation))!.Gaps);
        Assert.Equal(2, gap.Sequence);
    }

    [Fact]
    public async Task A_kind_that_belongs_into_a_conversation_opens_none()
    {
        await using var pair = await Pair.MakeAsync();
        var message = Pair.Notification("Seen.") with
        {
            Message = new(
                "update",
                Tlp: "GREEN",
                Fields: System.Text.Json.JsonSerializer.SerializeToElement(new { text = "More." })
            ),
        };
        Assert.Equal("exchange.opens-nothing", (await pair.TrySendAsync(message)).Problem?.Code);
    }

    [Fact]
    public async Task Another_office_of_the_same_node_sees_nothing_of_a_conversation()
    {
        await using var pair = await Pair.MakeAsync();
        var accepted = await pair.SendAsync(Pair.Notification("Seen."));
        var view = await pair.Qm.AskAsync<ConversationQuery, ConversationView?>(
            q => q.FindAsync(Guid.Parse(accepted.Conversation), default),
            "QM/policy"
        );
        Assert.Null(view);
        Assert.Empty((await Pair.DeskAsync(pair.Qm, "QM/policy")).Asked);
    }

    internal static SendMessage Update(MessageAccepted first) =>
        new(
            "QM/technical",
            ["QN/technical"],
            null,
            new MessageDraft(
                "update",
                Conversation: first.Conversation,
                InReplyTo: first.Id,
                Tlp: "AMBER",
                Fields: System.Text.Json.JsonSerializer.SerializeToElement(new { text = "It stopped." })
            )
        );
}
