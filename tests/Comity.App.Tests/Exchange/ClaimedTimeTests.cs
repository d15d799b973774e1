using Comity.Exchange.Receipts;
using Comity.Exchange.Sending;
using Comity.Kernel.Keys;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Messages;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;
using Delivery = Comity.Exchange.Data.Delivery;

namespace Comity.App.Tests.Exchange;

/// <summary>Times are what somebody says of itself; what they decide is bounded by what we know.</summary>
public sealed class ClaimedTimeTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(-9, true)]
    [InlineData(-11, false)]
    [InlineData(11, false)]
    public async Task A_receipt_dated_before_the_sealing_or_after_the_present_counts_for_nothing(
        int minutes,
        bool counts
    )
    {
        await using var pair = await Pair.MakeAsync();
        await pair.SendAsync(Pair.Notification("Seen."));
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        await using var db = pair.Qm.Open();
        var delivery = await db.Set<Delivery>().AsNoTracking().SingleAsync();
        await using var theirs = pair.Qn.Open();
        var held = await theirs.Set<HeldKey>().AsNoTracking().SingleAsync(k => k.Purpose == KeyPurpose.Node);
        using var node = pair.Qn.Get<KeyStore>().OpenNode(held);
        var receipt = new Receipt
        {
            Level = ReceiptLevel.Stored,
            Office = delivery.Office,
            EnvelopeDigest = delivery.EnvelopeDigest!.Value,
            At = Instants.InMilliseconds(delivery.SealedAt!.Value.AddMinutes(minutes)),
        };

        var found = await pair
            .Qm.Get<ReceiptCheck>()
            .CheckAsync(delivery.Id, SignedDocuments.Sign(receipt, node).Octets, default);

        Assert.Equal(counts, found is not null);
    }

    [Fact]
    public async Task A_peer_that_dates_a_message_earlier_does_not_own_the_conversation()
    {
        await using var pair = await Pair.MakeAsync();
        var accepted = await pair.DeliverAsync(Pair.Notification("Seen."));
        var opening = await Forging.OpeningAsync(pair.Qn, accepted.Conversation);
        var first = Forging.Notification(pair.Qn, "QM/technical", "x").In(opening);
        var earlier = first with
        {
            Kind = MessageKind.Information,
            Created = first.Created.AddHours(-2),
            Fields = new TextFields("I was first."),
        };
        var envelope = await Forging.SealAsync(pair.Qn, pair.Qm, earlier);

        Assert.IsType<Reception.Accepted>(await Pair.HandInAsync(pair.Qn, pair.Qm, envelope));

        var seen = await Pair.ConversationAsync(pair.Qm, accepted.Conversation);
        Assert.Equal(2, seen!.Messages.Count);
        Assert.Equal("QM/technical", seen.Opener);
    }
}
