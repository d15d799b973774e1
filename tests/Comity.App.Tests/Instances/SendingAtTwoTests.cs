using Comity.App.Tests.Exchange;
using Comity.Exchange.Acknowledging;
using Comity.Exchange.Data;
using Comity.Exchange.Resending;
using Comity.Exchange.Sending;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Work;
using Comity.Post;
using Comity.Post.Data;
using Comity.Post.Sending;
using Comity.Protocol;
using Comity.Protocol.Messages;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Instances;

/// <summary>What two instances say, seal and settle at the same moment: once.</summary>
public sealed class SendingAtTwoTests
{
    [Fact]
    public async Task Two_people_who_acknowledge_at_two_instances_at_the_same_moment_send_one_acknowledgement()
    {
        await using var twins = await Twins.MakeAsync();
        var sent = await Twins.SendAsync(twins.Qn, Pair.Notification("Seen.", "QM/technical"));
        await twins.TakeAsync(twins.One, await Twins.LastSealedAsync(twins.Qn));
        var outcomes = await twins.BothAsync(
            "exchange_message",
            at =>
                at.AskAsync<AcknowledgeHandler, Outcome<Acknowledged>>(h =>
                    h.HandleAsync(new(Guid.Parse(sent.Id)), default)
                )
        );
        AssertOne(outcomes);
        await using var db = twins.One.Open();
        Assert.Equal(1, await db.Set<Delivery>().CountAsync());
        Assert.Equal(1, await db.Set<WorkItem>().CountAsync(w => w.Kind == Acceptance.SealWork));
    }

    [Fact]
    public async Task Two_people_who_withdraw_or_close_at_two_instances_at_the_same_moment_do_so_once()
    {
        await using var twins = await Twins.MakeAsync();
        var sent = await Twins.SendAsync(twins.One, Pair.Notification("Seen in error."));
        foreach (var about in new[] { sent.Id, null })
        {
            var says = Trio.Say(about is null ? "closure" : "withdrawal", sent.Conversation, about);
            AssertOne(await twins.BothAsync("exchange_message", at => Trio.TrySendAsync(at, says)));
        }
        Assert.Equal(3, (await Pair.RowsAsync(twins.One))[1]);
    }

    [Fact]
    public async Task Two_instances_that_seal_one_delivery_at_the_same_moment_make_one_envelope()
    {
        await using var twins = await Twins.MakeAsync();
        await Twins.SendAsync(twins.One, Pair.Notification("Seen."));
        string key;
        await using (var before = twins.One.Open())
            key = (await before.Set<Delivery>().SingleAsync()).Id.ToString();
        var results = await twins.BothAsync("post_parcel", at => Twins.DoAsync(at, Acceptance.SealWork, key));
        Assert.All(results, r => Assert.Equal(WorkResult.Done, r));
        await using var db = twins.One.Open();
        var parcel = await db.Set<OutgoingParcel>().SingleAsync();
        Assert.Equal((await db.Set<Delivery>().SingleAsync()).EnvelopeBlob, parcel.Kept);
        Assert.Equal(1, await db.Set<Comity.Kernel.Sealing.Blob>().CountAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_counts_whichever_of_two_instances_was_the_first_to_settle(bool answered)
    {
        await using var twins = await Twins.MakeAsync();
        var (parcel, receipt) = await DeliveredAsync(twins);
        CallResult[] ends = [new(CallEnd.Answered, "", receipt), new(CallEnd.Refused, "http-413")];
        Assert.Equal(WorkResult.Done, await SettleAsync(twins.One, parcel, answered ? ends[0] : ends[1]));
        Assert.Equal(WorkResult.Done, await SettleAsync(twins.Other, parcel, answered ? ends[1] : ends[0]));
        await AssertDeliveredAsync(twins.One);
    }

    [Fact]
    public async Task What_one_instance_has_settled_another_that_looked_before_does_not_settle_anew()
    {
        await using var twins = await Twins.MakeAsync();
        var (parcel, receipt) = await DeliveredAsync(twins);
        var looks = 0;
        await twins.Other.WriteAsync(async db =>
        {
            var stored = await db.Set<OutgoingParcel>().SingleAsync();
            if (looks++ == 0)
                await SettleAsync(twins.One, parcel, new(CallEnd.Answered, "", receipt));
            if (!stored.IsSettled)
                stored.MoveTo(ParcelState.NotDelivered, "patience-over", DateTime.UnixEpoch);
        });
        Assert.Equal(2, looks);
        await AssertDeliveredAsync(twins.One);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_two_instances_give_back_at_the_same_moment_is_given_back_and_nothing_twice(bool theSame)
    {
        await using var twins = await Twins.MakeAsync();
        var opening = await Twins.SendAsync(twins.Qn, Pair.Notification("Seen.", "QM/technical"));
        await twins.TakeAsync(twins.One, await Twins.LastSealedAsync(twins.Qn));
        var update = Trio.Say("update", opening.Conversation, null) with { To = ["QM/technical"] };
        await Twins.SendAsync(twins.Qn, update);
        await twins.TakeAsync(twins.One, await Twins.LastSealedAsync(twins.Qn));
        List<string> rows;
        await using (var before = twins.One.Open())
            rows = await before.Set<StoredMessage>().OrderBy(m => m.Id).Select(m => m.Id.ToString()).ToListAsync();

        var results = await Meeting.AtAsync(
            twins.Database,
            "exchange_message",
            () => Twins.DoAsync(twins.One, GiveBack.WorkKind, rows[0]),
            () => Twins.DoAsync(twins.Other, GiveBack.WorkKind, rows[theSame ? 0 : 1])
        );

        Assert.All(results, r => Assert.Equal(WorkResult.Done, r));
        await using var db = twins.One.Open();
        var given = await db.Set<StoredMessage>().Where(m => m.Kind == MessageKind.GivenBack).ToListAsync();
        Assert.Equal(theSame ? 1 : 2, given.Count);
        Assert.Equal(given.Count, given.Select(m => m.InReplyTo).Distinct().Count());
    }

    // Sealed here, taken in there; what was answered has not come back yet.
    private static async Task<(OutgoingParcel Parcel, ReadOnlyMemory<byte> Receipt)> DeliveredAsync(Twins twins)
    {
        await Twins.SendAsync(twins.One, Pair.Notification("Seen."));
        var octets = await Twins.LastSealedAsync(twins.One);
        var accepted = Assert.IsType<Reception.Accepted>(await Pair.HandInAsync(twins.One, twins.Qn, octets));
        return (Assert.Single(await Pair.WaitingAsync(twins.One)).Parcel, accepted.Receipt);
    }

    private static Task<WorkResult> SettleAsync(ExchangeNode at, OutgoingParcel parcel, CallResult end) =>
        at.Get<ParcelSettlement>().SettleAsync(NotClaimed(parcel), parcel, end, wakeOthers: false, default);

    // Its row was claimed anew meanwhile, or has ended: so it is settled by the loop, which then finds nothing.
    private static WorkItem NotClaimed(OutgoingParcel parcel) =>
        new(parcel.Id, DeliverParcel.WorkKind, parcel.WorkKey, DateTime.UnixEpoch);

    private static async Task AssertDeliveredAsync(ExchangeNode at)
    {
        await using var db = at.Open();
        Assert.Equal(ParcelState.Delivered, (await db.Set<OutgoingParcel>().SingleAsync()).State);
        var delivery = await db.Set<Delivery>().SingleAsync();
        Assert.NotNull(delivery.HandedOver);
        Assert.Null(delivery.Cause);
        Assert.Equal(1, await db.Set<StoredReceipt>().CountAsync(r => !r.Given));
    }

    private static void AssertOne<T>(IReadOnlyList<Outcome<T>> outcomes)
    {
        Assert.Single(outcomes, o => o.IsDone);
        Assert.Equal("exchange.already-said", Assert.Single(outcomes, o => !o.IsDone).Problem!.Code);
    }
}
