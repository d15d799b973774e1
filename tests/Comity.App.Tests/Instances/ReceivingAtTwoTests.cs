using Comity.App.Tests.Exchange;
using Comity.Exchange.Data;
using Comity.Exchange.Receipts;
using Comity.Exchange.Receiving;
using Comity.Exchange.Resending;
using Comity.Kernel.Outcomes;
using Comity.Post;
using Comity.Post.Data;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Instances;

/// <summary>What comes from another node to two instances: at the same moment, or to the second what the first had.</summary>
public sealed class ReceivingAtTwoTests
{
    [Fact]
    public async Task The_same_envelope_at_both_instances_at_the_same_moment_is_one_message_with_one_receipt()
    {
        await using var twins = await Twins.MakeAsync();
        var octets = await twins.SealedByQnAsync("Seen.");
        var receptions = await twins.BothAsync("exchange_conversation", at => twins.TakeAsync(at, octets));
        Assert.Single(receptions.Select(Receipt).Distinct());
        Assert.Equal([1, 1, 1, 0, 1, 1], await Pair.RowsAsync(twins.Other));
    }

    [Fact]
    public async Task An_envelope_that_one_instance_has_is_answered_by_the_other_with_the_same_octets()
    {
        await using var twins = await Twins.MakeAsync();
        var octets = await twins.SealedByQnAsync("Seen.");
        var first = await twins.TakeAsync(twins.One, octets);
        twins.One.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(Receipt(first), Receipt(await twins.TakeAsync(twins.Other, octets)));
        Assert.Equal([1, 1, 1, 0, 1, 1], await Pair.RowsAsync(twins.One));
    }

    [Fact]
    public async Task Two_messages_of_one_conversation_that_come_to_two_instances_at_the_same_moment_are_both_taken()
    {
        await using var twins = await Twins.MakeAsync();
        var opening = await Twins.SendAsync(twins.Qn, Pair.Notification("Seen.", "QM/technical"));
        await twins.TakeAsync(twins.One, await Twins.LastSealedAsync(twins.Qn));
        var updates = new List<byte[]>();
        foreach (var text in new[] { "More of it.", "Still more." })
        {
            var update = Trio.Say("update", opening.Conversation, null) with { To = ["QM/technical"] };
            await Twins.SendAsync(twins.Qn, update);
            updates.Add(await Twins.LastSealedAsync(twins.Qn));
        }
        // Both are the newest in their conversation, so both would change its row.
        twins.One.Clock.Advance(TimeSpan.FromSeconds(1));
        var receptions = await Meeting.AtAsync(
            twins.Database,
            "exchange_message",
            () => twins.TakeAsync(twins.One, updates[0]),
            () => twins.TakeAsync(twins.Other, updates[1])
        );
        Assert.All(receptions, r => Assert.IsType<Reception.Accepted>(r));
        Assert.Equal([1, 3, 3], (await Pair.RowsAsync(twins.One)).Take(3));
    }

    [Fact]
    public async Task What_came_before_its_time_to_both_instances_is_kept_once_opened_once_and_receipted_once()
    {
        await using var twins = await Twins.MakeAsync();
        twins.Qn.Clock.Advance(TimeSpan.FromHours(1));
        var octets = await twins.SealedByQnAsync("Seen.");
        var kept = await twins.BothAsync("exchange_parked", at => twins.TakeAsync(at, octets));
        Assert.All(kept, r => Assert.IsType<Reception.StoredForLater>(r));
        string key;
        await using (var db = twins.One.Open())
            key = (await db.Set<Parked>().SingleAsync()).Id.ToString();

        twins.One.Clock.Advance(TimeSpan.FromHours(2));
        await twins.BothAsync("exchange_parked", at => Twins.DoAsync(at, Parking.UnparkWork, key));

        Assert.Equal([1, 1, 1, 0, 1, 1], await Pair.RowsAsync(twins.One));
        await using var after = twins.One.Open();
        // The warning that its clock runs ahead, and the receipt.
        Assert.Equal(2, await after.Set<OutgoingParcel>().CountAsync(p => p.Reference == Notices.Reference));
    }

    [Fact]
    public async Task A_request_to_send_again_is_heeded_by_one_instance_and_put_off_by_the_other()
    {
        await using var twins = await Twins.MakeAsync();
        var asked = new AskAgain(twins.Qn.Clock.GetUtcNow().UtcDateTime.AddHours(-1));
        ExchangeNode.Done(
            await twins.Qn.AskAsync<AskAgainHandler, Outcome<AskedToResend>>(h => h.HandleAsync(asked, default))
        );
        var (_, request) = Assert.Single(await Pair.WaitingAsync(twins.Qn));
        Task<Reception> Take(ExchangeNode at) => twins.TakeAsync(at, request, ParcelRoute.Returns);
        var receptions = await twins.BothAsync("kernel_work", Take);
        Assert.Single(receptions.OfType<Reception.Accepted>());
        Assert.Single(receptions.OfType<Reception.PutOff>());
        twins.One.Clock.Advance(ResendRest.Between - TimeSpan.FromSeconds(1));
        var wait = Assert.IsType<Reception.PutOff>(await Take(twins.One)).Wait;
        Assert.Equal(TimeSpan.FromSeconds(1), wait);
        twins.One.Clock.Advance(wait);
        Assert.IsType<Reception.Accepted>(await Take(twins.Other));
    }

    private static string Receipt(Reception reception) =>
        Convert.ToBase64String(Assert.IsType<Reception.Accepted>(reception).Receipt.Span);
}
