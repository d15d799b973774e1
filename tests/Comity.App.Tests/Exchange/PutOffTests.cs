using Comity.Exchange.Data;
using Comity.Exchange.Receiving;
using Comity.Kernel.Sealing;
using Comity.Kernel.Work;
using Comity.Post;
using Comity.Protocol.Messages;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Exchange;

/// <summary>What is not taken now is seen by people, and what waits for its time has bounds.</summary>
public sealed class PutOffTests
{
    [Fact]
    public async Task What_is_put_off_is_said_once_on_both_desks()
    {
        await using var pair = await Pair.MakeAsync();
        var services = pair.Qn.Get<IServiceProvider>();
        var bounds = new IntakeBounds { ConversationsADay = 0 };
        var narrow = ActivatorUtilities.CreateInstance<TakingIn>(services, new Intake(bounds, pair.Qn.Clock));
        var receive = ActivatorUtilities.CreateInstance<ReceiveEnvelope>(services, narrow);
        await pair.SendAsync(Pair.Notification("Seen."));
        await pair.Qm.WorkAsync("exchange.seal");
        var (_, octets) = Assert.Single(await Pair.WaitingAsync(pair.Qm));
        Assert.True(NodePublicKey.TryParse(pair.Qm.Made.NodeKey, out var key));
        var peer = await pair.Qn.Get<IPeers>().FindAsync(key, default);

        for (var i = 0; i < 2; i++)
            Assert.IsType<Reception.PutOff>(await receive.ReceiveEnvelopeAsync(octets, peer!, default));
        Assert.Equal("put-off", Assert.Single((await Pair.DeskAsync(pair.Qn)).Alarms).Code);
        await Pair.CarryAsync(pair.Qn, pair.Qm);
        var told = Assert.Single((await Pair.DeskAsync(pair.Qm)).Alarms);
        Assert.Equal(("put-off", true, "QN/technical"), (told.Code, told.Told, told.Other));
    }

    [Fact]
    public async Task One_participant_has_so_many_envelopes_waiting_for_their_time()
    {
        await using var pair = await Pair.MakeAsync();
        pair.Qm.Clock.Advance(TimeSpan.FromMinutes(30));
        for (var i = 0; i < new IntakeBounds().Parked; i++)
            Assert.IsType<Reception.StoredForLater>(await HandInAsync(pair, $"Number {i}."));
        Assert.IsType<Reception.PutOff>(await HandInAsync(pair, "One more."));
    }

    [Fact]
    public async Task What_is_begun_before_its_time_is_put_off_until_its_time()
    {
        await using var pair = await Pair.MakeAsync();
        pair.Qm.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.IsType<Reception.StoredForLater>(await HandInAsync(pair, "Seen."));
        await using var db = pair.Qn.Open();
        var parked = await db.Set<Parked>().SingleAsync();
        var work = await db.Set<WorkItem>().SingleAsync(w => w.Kind == Parking.UnparkWork);

        var result = await pair.Qn.Handler(Parking.UnparkWork).DoAsync(work, default);

        Assert.Equal(parked.Due, result.NextDue);
        Assert.True(await db.Set<Parked>().AnyAsync());
    }

    [Fact]
    public async Task Nothing_of_an_envelope_that_waited_stays_behind()
    {
        await using var pair = await Pair.MakeAsync();
        pair.Qm.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.IsType<Reception.StoredForLater>(await HandInAsync(pair, "Seen."));
        pair.Qn.Clock.Advance(TimeSpan.FromMinutes(30));
        await pair.Qn.WorkAsync("exchange.unpark");

        await using var db = pair.Qn.Open();
        Assert.False(await db.Set<Parked>().AnyAsync());
        var whole = await db.Set<Conversation>().SingleAsync();
        Assert.Equal(whole.StorageKeyId, (await db.Set<StorageKey>().SingleAsync()).Id);
        Assert.Equal(whole.StorageKeyId, (await db.Set<Blob>().SingleAsync()).StorageKeyId);
    }

    private static async Task<Reception> HandInAsync(Pair pair, string seen)
    {
        Message message = Forging.Notification(pair.Qm, "QN/technical", seen);
        return await Pair.HandInAsync(pair.Qm, pair.Qn, await Forging.SealAsync(pair.Qm, pair.Qn, message));
    }
}
