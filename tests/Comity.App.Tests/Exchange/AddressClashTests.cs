using Comity.Exchange.Sending;
using Comity.Post;
using Comity.Protocol;
using Comity.Protocol.Signing;

namespace Comity.App.Tests.Exchange;

/// <summary>A participant writes another's mail address and node key into its own entry.</summary>
public sealed class AddressClashTests
{
    private static readonly ParticipantCode[] Both = [ParticipantCode.Parse("QP"), ParticipantCode.Parse("QM")];

    [Fact]
    public async Task An_entry_with_the_address_and_the_node_key_of_another_silences_nobody_and_alarms()
    {
        await using var pair = await Pair.MakeAsync();
        await using var qp = await ClaimantAsync(pair);
        await pair.SendAsync(Pair.Notification("Seen."));

        Assert.IsType<Reception.Accepted>(await HandInAsync(pair));
        var alarm = Assert.Single((await Pair.DeskAsync(pair.Qn)).Alarms);
        Assert.Equal(("address-clash", "QP/technical"), (alarm.Code, alarm.Other));
    }

    [Fact]
    public async Task What_waited_for_its_time_is_opened_although_another_has_its_address_by_then()
    {
        await using var pair = await Pair.MakeAsync();
        pair.Qm.Clock.Advance(TimeSpan.FromMinutes(30));
        await pair.SendAsync(Pair.Notification("Seen."));
        Assert.IsType<Reception.StoredForLater>(await HandInAsync(pair));
        await using var qp = await ClaimantAsync(pair);
        pair.Qn.Clock.Advance(TimeSpan.FromMinutes(30));

        await pair.Qn.WorkAsync("exchange.unpark");
        Assert.Equal("QM/technical", Assert.Single((await Pair.DeskAsync(pair.Qn)).Waiting).Other);
        Assert.Contains((await Pair.DeskAsync(pair.Qn)).Alarms, a => a.Code == "address-clash");
    }

    private static async Task<ExchangeNode> ClaimantAsync(Pair pair)
    {
        var now = pair.Qn.Clock.GetUtcNow().AddMinutes(-5);
        var qp = await ExchangeNode.SetUpAsync("QP", now, "technical@qm.example");
        await pair.Qn.LearnAsync(qp);
        return qp;
    }

    // As the post would say it: both entries name the key of the node.
    private static async Task<Reception> HandInAsync(Pair pair)
    {
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        var (_, octets) = Assert.Single(await Pair.WaitingAsync(pair.Qm));
        Assert.True(NodePublicKey.TryParse(pair.Qm.Made.NodeKey, out var key));
        var known = await pair.Qn.Get<IPeers>().FindAsync(key, default);
        return await pair
            .Qn.Get<IEnvelopeReceiver>()
            .ReceiveEnvelopeAsync(octets, known! with { Participants = Both }, default);
    }
}
