using Comity.Exchange.Data;
using Comity.Exchange.Reading;
using Comity.Exchange.Sending;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Exchange;

public sealed class ReceivingTests
{
    [Fact]
    public async Task A_receipt_means_that_the_message_is_committed_there()
    {
        await using var pair = await Pair.MakeAsync();
        var accepted = await pair.SendAsync(Pair.Notification("Seen."));
        var answer = Assert.IsType<Reception.Accepted>(Assert.Single(await Pair.CarryAsync(pair.Qm, pair.Qn)));
        var receipt = SignedDocuments.ReadReceipt(answer.Receipt).Value!.Value;
        Assert.Equal(ReceiptLevel.Opened, receipt.Level);
        Assert.Equal(accepted.Digest, receipt.MessageDigest?.Value);
        await using var db = pair.Qn.Open();
        Assert.Equal(accepted.Digest, (await db.Set<StoredMessage>().SingleAsync()).Digest.Value);
        Assert.Equal(answer.Receipt.ToArray(), (await db.Set<StoredReceipt>().SingleAsync()).Octets);
        var sent = await Pair.MessageAsync(pair.Qm, accepted.Id);
        Assert.Contains(sent!.Recipients[0].Marks, m => m.Name == MarkNames.Opened && m.Theirs != m.Ours);
    }

    [Fact]
    public async Task A_duplicate_gets_the_same_receipt_byte_for_byte_and_adds_nothing()
    {
        await using var pair = await Pair.MakeAsync();
        await pair.SendAsync(Pair.Notification("Seen."));
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        var (_, octets) = Assert.Single(await Pair.WaitingAsync(pair.Qm));
        var first = Assert.IsType<Reception.Accepted>(await Pair.HandInAsync(pair.Qm, pair.Qn, octets));
        var rows = await Pair.RowsAsync(pair.Qn);
        pair.Qn.Clock.Advance(TimeSpan.FromHours(3));
        var second = Assert.IsType<Reception.Accepted>(await Pair.HandInAsync(pair.Qm, pair.Qn, octets));
        Assert.Equal(first.Receipt.ToArray(), second.Receipt.ToArray());
        Assert.Equal(rows, await Pair.RowsAsync(pair.Qn));
    }

    [Fact]
    public async Task Two_copies_at_the_same_moment_are_one_message()
    {
        await using var pair = await Pair.MakeAsync();
        await pair.SendAsync(Pair.Notification("Seen."));
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        var (_, octets) = Assert.Single(await Pair.WaitingAsync(pair.Qm));
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => Task.Run(() => Pair.HandInAsync(pair.Qm, pair.Qn, octets)))
        );
        var receipts = answers.Select(a => Convert.ToBase64String(((Reception.Accepted)a).Receipt.Span)).Distinct();
        Assert.Single(receipts);
        Assert.Equal(1, (await Pair.RowsAsync(pair.Qn))[1]);
    }

    [Fact]
    public async Task Other_content_under_the_same_id_is_refused_changes_nothing_and_both_people_are_told()
    {
        await using var pair = await Pair.MakeAsync();
        var message = await pair.DeliverAsync(Pair.Notification("Seen."));
        var rows = await Pair.RowsAsync(pair.Qn);
        var other = Forging.Notification(pair.Qm, "QN/technical", "Something else.") with
        {
            Id = MessageId.Parse(message.Id),
        };
        var refused = Assert.IsType<Reception.Refused>(await SealAndHandInAsync(pair, other));
        Assert.Equal("replay-with-other-content", refused.Reason);
        Assert.Equal(rows, await Pair.RowsAsync(pair.Qn));
        var alarm = Assert.Single((await Pair.DeskAsync(pair.Qn)).Alarms);
        Assert.Equal(("replay-with-other-content", "QM/technical"), (alarm.Code, alarm.Other));
        await Pair.CarryAsync(pair.Qn, pair.Qm);
        Assert.True(Assert.Single((await Pair.DeskAsync(pair.Qm)).Alarms).Told);
    }

    [Fact]
    public async Task An_envelope_that_another_participants_node_brings_is_refused()
    {
        await using var pair = await Pair.MakeAsync();
        await using var qp = await ExchangeNode.SetUpAsync("QP", pair.Qm.Clock.GetUtcNow().AddMinutes(-5));
        await pair.Qn.LearnAsync(qp);
        var message = Forging.Notification(pair.Qm, "QN/technical", "Seen.");
        var envelope = await Forging.SealAsync(pair.Qm, pair.Qn, message);
        var refused = Assert.IsType<Reception.Refused>(await Pair.HandInAsync(qp, pair.Qn, envelope));
        Assert.Equal("other-node", refused.Reason);
        Assert.All(await Pair.RowsAsync(pair.Qn), count => Assert.Equal(0, count));
    }

    [Fact]
    public async Task One_id_that_is_both_an_exercise_and_none_is_refused_whichever_comes_second()
    {
        await using var pair = await Pair.MakeAsync();
        var first = Forging.Notification(pair.Qm, "QN/technical", "Seen.");
        Assert.IsType<Reception.Accepted>(await SealAndHandInAsync(pair, first));
        // Nobody finds two such openings while a test runs; so what is here already is turned into the other.
        await pair.Qn.WriteAsync(db =>
            db.Set<Conversation>().ExecuteUpdateAsync(s => s.SetProperty(c => c.Exercise, true))
        );
        var more = Forging.Notification(pair.Qm, "QN/technical", "More.").In(first.OpenedBy);
        var refused = Assert.IsType<Reception.Refused>(await SealAndHandInAsync(pair, more));
        Assert.Equal("other-opening", refused.Reason);
    }

    [Fact]
    public async Task A_message_older_than_thirty_days_is_refused()
    {
        await using var pair = await Pair.MakeAsync();
        var message = Forging.Notification(pair.Qm, "QN/technical", "Seen.");
        message = message with { Created = message.Created.AddDays(-31) };
        var refused = Assert.IsType<Reception.Refused>(await SealAndHandInAsync(pair, message));
        Assert.Equal("too-old", refused.Reason);
        Assert.All(await Pair.RowsAsync(pair.Qn), count => Assert.Equal(0, count));
    }

    [Fact]
    public async Task A_message_from_the_future_waits_until_its_time_and_its_receipt_follows()
    {
        await using var pair = await Pair.MakeAsync();
        pair.Qm.Clock.Advance(TimeSpan.FromMinutes(30));
        var accepted = await pair.SendAsync(Pair.Notification("Seen."));
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        var (parcel, octets) = Assert.Single(await Pair.WaitingAsync(pair.Qm));
        var answer = await Pair.HandInAsync(pair.Qm, pair.Qn, octets);
        Assert.IsType<Reception.StoredForLater>(answer);
        await Pair.SettleAsync(pair.Qm, parcel, answer);
        Assert.Equal(0, (await Pair.RowsAsync(pair.Qn))[1]);
        pair.Qn.Clock.Advance(TimeSpan.FromMinutes(30));
        await pair.Qn.WorkAsync("exchange.unpark");
        Assert.Equal(1, (await Pair.RowsAsync(pair.Qn))[1]);
        await Pair.CarryAsync(pair.Qn, pair.Qm);
        var sent = await Pair.MessageAsync(pair.Qm, accepted.Id);
        Assert.Contains(sent!.Recipients[0].Marks, m => m.Name == MarkNames.Opened);
        Assert.Contains((await Pair.DeskAsync(pair.Qm)).Alarms, a => a.Code == "clock-ahead");
    }

    private static async Task<Reception> SealAndHandInAsync(Pair pair, Protocol.Messages.Message message) =>
        await Pair.HandInAsync(pair.Qm, pair.Qn, await Forging.SealAsync(pair.Qm, pair.Qn, message));
}
