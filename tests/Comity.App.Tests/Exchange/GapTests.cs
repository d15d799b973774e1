using Comity.Exchange.Data;
using Comity.Exchange.Reading;
using Comity.Exchange.Resending;
using Comity.Exchange.Sending;
using Comity.Kernel;
using Comity.Kernel.Keys;
using Comity.Kernel.Work;
using Comity.Post;
using Comity.Post.Data;
using Comity.Protocol;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Exchange;

/// <summary>A message that did not come although a later one did is asked for, and sent again to whom it was for.</summary>
public sealed class GapTests
{
    [Fact]
    public async Task What_did_not_come_is_asked_for_after_some_minutes_and_comes()
    {
        await using var pair = await Pair.MakeAsync();
        var first = await LoseTheSecondAsync(pair);
        await pair.Qn.WorkAsync(AskForGap.WorkKind);
        Assert.Empty(await Pair.WaitingAsync(pair.Qn));

        Pass(pair, AskForGap.Patience);
        await pair.Qn.WorkAsync(AskForGap.WorkKind);
        var asked = Assert.Single(await ConversationGapsAsync(pair.Qn, first));
        Assert.Equal((2, 1, null), (asked.Sequence, asked.Asked!.Times, asked.Asked.Taken));
        Assert.IsType<Reception.Accepted>(Assert.Single(await Pair.CarryAsync(pair.Qn, pair.Qm)));
        Assert.NotNull(Assert.Single(await ConversationGapsAsync(pair.Qn, first)).Asked!.Taken);
        Assert.IsType<Reception.Accepted>(Assert.Single(await Pair.CarryAsync(pair.Qm, pair.Qn)));

        Assert.Empty(await ConversationGapsAsync(pair.Qn, first));
        Assert.Equal(3, (await Pair.ConversationAsync(pair.Qn, first.Conversation))!.Messages.Count);
        // The next look finds everything there, and is the last.
        Pass(pair, TimeSpan.FromDays(1));
        await pair.Qn.WorkAsync(AskForGap.WorkKind);
        await using var db = pair.Qn.Open();
        Assert.False(await db.Set<AskedGap>().AnyAsync());
        Assert.False(await db.Set<WorkItem>().AnyAsync(w => w.Kind == AskForGap.WorkKind));
    }

    [Fact]
    public async Task What_comes_out_of_order_is_not_asked_for()
    {
        await using var pair = await Pair.MakeAsync();
        var first = await pair.DeliverAsync(Pair.Notification("Seen."));
        await pair.SendAsync(Update(first));
        await pair.SendAsync(Update(first));
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        foreach (var (parcel, octets) in (await Pair.WaitingAsync(pair.Qm)).Reverse())
            await Pair.SettleAsync(pair.Qm, parcel, await Pair.HandInAsync(pair.Qm, pair.Qn, octets));

        Pass(pair, AskForGap.Patience);
        await pair.Qn.WorkAsync(AskForGap.WorkKind);

        Assert.Empty(await Pair.WaitingAsync(pair.Qn));
    }

    [Fact]
    public async Task Where_nothing_comes_it_is_asked_a_few_times_ever_more_seldom_and_then_no_more()
    {
        await using var pair = await Pair.MakeAsync();
        var first = await LoseTheSecondAsync(pair);
        var asked = new List<TimeSpan>();
        for (var hours = 0; hours < 24 * 30; hours++)
        {
            Pass(pair, TimeSpan.FromHours(1));
            await pair.Qn.WorkAsync(AskForGap.WorkKind);
            foreach (var (parcel, _) in await Pair.WaitingAsync(pair.Qn))
            {
                await Pair.SettleAsync(pair.Qn, parcel, new Reception.Accepted(default));
                asked.Add(TimeSpan.FromHours(hours + 1));
            }
        }
        Assert.Equal([1, 7, 31, 127], asked.Select(a => (int)a.TotalHours));
        Assert.Equal(4, Assert.Single(await ConversationGapsAsync(pair.Qn, first)).Asked!.Times);
    }

    [Fact]
    public async Task What_was_sealed_to_a_key_that_is_no_more_used_goes_sealed_anew()
    {
        await using var pair = await Pair.MakeAsync();
        var first = await LoseTheSecondAsync(pair);
        await KeyNoticeTests.NewKeyAsync(pair.Qn);
        Pass(pair, AskForGap.Patience);
        await pair.Qm.LearnAsync(pair.Qn);

        await pair.Qn.WorkAsync(AskForGap.WorkKind);
        await Pair.CarryAsync(pair.Qn, pair.Qm);
        var (parcel, _) = Assert.Single(await Pair.WaitingAsync(pair.Qm));
        Assert.False(await pair.Qm.Get<IParcelSink>().MayStillGoAsync(parcel.Reference, new(parcel.Node), default));
        await pair.Qm.WriteAsync(async db =>
        {
            await db.Set<OutgoingParcel>().Where(p => p.Id == parcel.Id).ExecuteDeleteAsync();
            await pair.Qm.Get<IParcelSink>().ParcelWithdrawnAsync(db, parcel.Reference, default);
        });
        Assert.IsType<Reception.Accepted>(Assert.Single(await Pair.CarryAsync(pair.Qm, pair.Qn)));

        Assert.Empty(await ConversationGapsAsync(pair.Qn, first));
    }

    [Fact]
    public async Task What_is_not_kept_any_more_is_sealed_anew_and_what_was_never_sealed_waits_as_before()
    {
        await using var pair = await Pair.MakeAsync();
        var first = await LoseTheSecondAsync(pair);
        await pair.SendAsync(Update(first));
        await pair.Qm.WriteAsync(db => db.Set<OutgoingParcel>().ExecuteDeleteAsync());
        await pair.Qm.WriteAsync(db =>
            db.Set<WorkItem>().Where(w => w.Kind == Acceptance.SealWork).ExecuteDeleteAsync()
        );

        var request = await RequestAsync(pair.Qn, first.Conversation, 2, 4);
        Assert.IsType<Reception.Accepted>(await Pair.HandInAsync(pair.Qn, pair.Qm, request, ParcelRoute.Returns));
        Assert.IsType<Reception.Accepted>(Assert.Single(await Pair.CarryAsync(pair.Qm, pair.Qn)));

        Assert.Empty(await ConversationGapsAsync(pair.Qn, first));
        Assert.Equal(3, (await Pair.ConversationAsync(pair.Qn, first.Conversation))!.Messages.Count);
    }

    [Fact]
    public async Task Nobody_gets_by_asking_what_was_not_for_them()
    {
        await using var trio = await Trio.MakeAsync();
        var first = await trio.SendAsync(trio.Qm, Pair.Notification("Seen."));
        var theirs = await RequestAsync(trio.Qn, first.Conversation, 1);
        // In the name of QN, by QP's node; QN's own request, brought by QP; and in QP's own name.
        Assert.Equal("gap-not-theirs", await RefusedAsync(trio.Qp, trio.Qm, theirs));
        var forged = await RequestAsync(trio.Qp, first.Conversation, [1], by: "QN/technical");
        Assert.Equal("gap-not-theirs", await RefusedAsync(trio.Qp, trio.Qm, forged));
        var own = await RequestAsync(trio.Qp, first.Conversation, 1);
        Assert.IsType<Reception.Accepted>(await Pair.HandInAsync(trio.Qp, trio.Qm, own, ParcelRoute.Returns));

        Assert.Empty(await Pair.WaitingAsync(trio.Qm));
        // Another office of the same State was not told either.
        var policy = await RequestAsync(trio.Qn, first.Conversation, [1], by: "QN/policy");
        Assert.IsType<Reception.Accepted>(await Pair.HandInAsync(trio.Qn, trio.Qm, policy, ParcelRoute.Returns));
        Assert.Empty(await Pair.WaitingAsync(trio.Qm));
    }

    [Fact]
    public async Task One_office_is_sent_again_what_it_misses_of_a_conversation_only_so_often()
    {
        await using var pair = await Pair.MakeAsync();
        var first = await pair.DeliverAsync(Pair.Notification("Seen."));
        var request = await RequestAsync(pair.Qn, first.Conversation, 1);
        Assert.IsType<Reception.Accepted>(await Pair.HandInAsync(pair.Qn, pair.Qm, request, ParcelRoute.Returns));
        Assert.IsType<Reception.PutOff>(await Pair.HandInAsync(pair.Qn, pair.Qm, request, ParcelRoute.Returns));
        var (rows, again) = (await Pair.RowsAsync(pair.Qn), await Pair.CarryAsync(pair.Qm, pair.Qn));
        // It is there already, and answered with the first receipt.
        Assert.IsType<Reception.Accepted>(Assert.Single(again));
        Assert.Equal(rows, await Pair.RowsAsync(pair.Qn));
    }

    [Fact]
    public async Task What_is_older_than_thirty_days_is_not_sent_again()
    {
        await using var pair = await Pair.MakeAsync();
        var first = await pair.DeliverAsync(Pair.Notification("Seen."));
        Pass(pair, TimeSpan.FromDays(31));
        var request = await RequestAsync(pair.Qn, first.Conversation, 1);

        Assert.IsType<Reception.Accepted>(await Pair.HandInAsync(pair.Qn, pair.Qm, request, ParcelRoute.Returns));

        Assert.Empty(await Pair.WaitingAsync(pair.Qm));
    }

    // The second of three does not come.
    private static async Task<MessageAccepted> LoseTheSecondAsync(Pair pair)
    {
        var first = await pair.DeliverAsync(Pair.Notification("Seen."));
        await pair.SendAsync(Update(first));
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        var (lost, _) = Assert.Single(await Pair.WaitingAsync(pair.Qm));
        await Pair.SettleAsync(pair.Qm, lost, new Reception.StoredForLater());
        await pair.DeliverAsync(Update(first));
        Assert.Equal(2, Assert.Single(await ConversationGapsAsync(pair.Qn, first)).Sequence);
        return first;
    }

    private static SendMessage Update(MessageAccepted first) =>
        Trio.Say("update", first.Conversation, text: "More.") with
        {
            From = "QM/technical",
            To = ["QN/technical"],
        };

    private static void Pass(Pair pair, TimeSpan time)
    {
        pair.Qm.Clock.Advance(time);
        pair.Qn.Clock.Advance(time);
    }

    private static async Task<IReadOnlyList<GapView>> ConversationGapsAsync(ExchangeNode node, MessageAccepted first) =>
        (await Pair.ConversationAsync(node, first.Conversation))!.Gaps;

    private static async Task<string> RefusedAsync(ExchangeNode from, ExchangeNode to, ReadOnlyMemory<byte> request) =>
        Assert.IsType<Reception.Refused>(await Pair.HandInAsync(from, to, request, ParcelRoute.Returns)).Reason;

    private static Task<ReadOnlyMemory<byte>> RequestAsync(ExchangeNode by, string conversation, params int[] places) =>
        RequestAsync(by, conversation, places, by.Technical.Value);

    private static async Task<ReadOnlyMemory<byte>> RequestAsync(
        ExchangeNode node,
        string conversation,
        int[] places,
        string by
    )
    {
        await using var db = node.Open();
        var key = await node.Get<KeyStore>().OpenNodeAsync(db, default);
        var says = new GapRequest
        {
            By = OfficeName.Parse(by),
            Of = OfficeName.Parse("QM/technical"),
            Conversation = ConversationId.Parse(conversation),
            Places = places,
            At = Instants.InMilliseconds(node.Clock.GetUtcNow().UtcDateTime),
        };
        return SignedDocuments.Sign(says, key!).Octets;
    }
}
