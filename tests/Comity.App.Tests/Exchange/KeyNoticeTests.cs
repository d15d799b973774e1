using Comity.Directory.Following;
using Comity.Directory.Keys;
using Comity.Exchange.Announcing;
using Comity.Kernel;
using Comity.Kernel.Keys;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Post;
using Comity.Post.Data;
using Comity.Protocol;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Exchange;

/// <summary>A node tells others that an entry of its own is newer; what it says, to whom, and what a notice can do.</summary>
public sealed class KeyNoticeTests
{
    private static readonly Viewer Operator = Viewer.System("test");

    [Fact]
    public async Task Who_corresponds_with_an_office_is_told_once_that_its_entry_is_newer_and_nobody_else()
    {
        await using var trio = await Trio.MakeAsync();
        await trio.SendAsync(trio.Qm, Pair.Notification("Seen."));

        await NewKeyAsync(trio.Qn);
        await trio.Qn.WorkAsync(AnnounceEntry.WorkKind);

        var (parcel, octets) = Assert.Single(await Pair.WaitingAsync(trio.Qn));
        Assert.Equal((ParcelRoute.Returns, "qm.localhost"), (parcel.Route, new Uri(parcel.Node).Host));
        var says = SignedDocuments.ReadKeyNotice(octets).Value!.Value;
        Assert.Equal((ParticipantCode.Parse("QN"), 2), (says.Of, says.Sequence));
        // Three members and no more: no key, no office, no conversation.
        var payload = SignedDocuments.ReadKeyNotice(octets).Value!.Document.Payload;
        Assert.Equal(
            ["of", "sequence", "at"],
            System.Text.Json.Nodes.JsonNode.Parse(payload.Span)!.AsObject().Select(m => m.Key)
        );
    }

    [Fact]
    public async Task An_entry_that_only_goes_on_for_longer_is_not_announced()
    {
        await using var pair = await Pair.MakeAsync();
        await pair.DeliverAsync(Pair.Notification("Seen."));
        pair.Qn.Clock.Advance(TimeSpan.FromDays(21));

        await pair.Qn.WorkAsync("directory.keep");

        Assert.Equal(2, await SequenceAsync(pair.Qn));
        await pair.Qn.WorkAsync(AnnounceEntry.WorkKind);
        Assert.Empty(await Pair.WaitingAsync(pair.Qn));
    }

    [Fact]
    public async Task A_notice_has_the_node_asked_that_is_known_and_what_is_known_already_has_nobody_asked()
    {
        await using var pair = await Pair.MakeAsync();
        var notice = await NoticeAsync(pair.Qn, "QN", sequence: 2);

        Assert.IsType<Reception.Accepted>(await HandInAsync(pair, notice));
        Assert.Equal("QN", Assert.Single(await LooksAsync(pair.Qm)).Key);
        await pair.Qm.WriteAsync(db =>
            db.Set<WorkItem>().Where(w => w.Kind == LookAtNode.WorkKind).ExecuteDeleteAsync()
        );

        Assert.IsType<Reception.Accepted>(await HandInAsync(pair, await NoticeAsync(pair.Qn, "QN", sequence: 1)));
        Assert.Empty(await LooksAsync(pair.Qm));
    }

    [Fact]
    public async Task Nobody_but_the_node_of_a_participant_says_that_its_entry_is_newer()
    {
        await using var trio = await Trio.MakeAsync();
        var forged = await NoticeAsync(trio.Qp, "QN", sequence: 9);
        var brought = await NoticeAsync(trio.Qn, "QN", sequence: 9);

        Assert.Equal("key-notice-not-theirs", await RefusedAsync(trio.Qp, trio.Qm, forged));
        Assert.Equal("key-notice-not-theirs", await RefusedAsync(trio.Qp, trio.Qm, brought));
        Assert.Equal("key-notice-not-theirs", await RefusedAsync(trio.Qn, trio.Qm, forged));
        Assert.Empty(await LooksAsync(trio.Qm));
    }

    [Fact]
    public async Task A_notice_that_is_too_old_or_from_the_future_is_refused()
    {
        await using var pair = await Pair.MakeAsync();
        var ahead = await NoticeAsync(pair.Qn, "QN", sequence: 2, TimeSpan.FromMinutes(12));
        var old = await NoticeAsync(pair.Qn, "QN", sequence: 2, TimeSpan.FromDays(-6));

        Assert.Equal("key-notice-time", await RefusedAsync(pair.Qn, pair.Qm, ahead));
        Assert.Equal("key-notice-time", await RefusedAsync(pair.Qn, pair.Qm, old));
        Assert.Empty(await LooksAsync(pair.Qm));
    }

    [Fact]
    public async Task However_many_notices_come_a_node_is_asked_ever_more_seldom_and_the_last_word_is_not_lost()
    {
        await using var pair = await Pair.MakeAsync();
        var limit = pair.Qm.Get<LookLimit>();
        var qn = ParticipantCode.Parse("QN");
        var start = pair.Qm.Clock.GetUtcNow().UtcDateTime;
        // The node does not answer: nothing listens there.
        var asked = 0;
        while (pair.Qm.Clock.GetUtcNow().UtcDateTime - start < TimeSpan.FromHours(12))
        {
            Assert.IsType<Reception.Accepted>(await HandInAsync(pair, await NoticeAsync(pair.Qn, "QN", sequence: 50)));
            if (Assert.Single(await LooksAsync(pair.Qm)).Due <= pair.Qm.Clock.GetUtcNow().UtcDateTime)
            {
                limit.Asked(qn);
                await pair.Qm.WriteAsync(db =>
                    db.Set<WorkItem>().Where(w => w.Kind == LookAtNode.WorkKind).ExecuteDeleteAsync()
                );
                asked++;
            }
            pair.Qm.Clock.Advance(TimeSpan.FromMinutes(1));
            pair.Qn.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.InRange(asked, 15, 25);
    }

    [Fact]
    public async Task A_notice_that_waited_until_a_newer_one_was_made_does_not_go()
    {
        await using var pair = await Pair.MakeAsync();
        await pair.DeliverAsync(Pair.Notification("Seen."));
        await NewKeyAsync(pair.Qn);
        await pair.Qn.WorkAsync(AnnounceEntry.WorkKind);
        var (parcel, _) = Assert.Single(await Pair.WaitingAsync(pair.Qn));
        var sink = pair.Qn.Get<IParcelSink>();
        Assert.True(await sink.MayStillGoAsync(parcel.Reference, new Uri(parcel.Node), default));

        await NewKeyAsync(pair.Qn);

        Assert.False(await sink.MayStillGoAsync(parcel.Reference, new Uri(parcel.Node), default));
        await pair.Qn.WriteAsync(db => sink.ParcelWithdrawnAsync(db, parcel.Reference, default));
    }

    [Fact]
    public async Task What_waits_for_a_node_is_tried_soon_after_it_has_the_notice()
    {
        await using var pair = await Pair.MakeAsync();
        await pair.DeliverAsync(Pair.Notification("Seen."));
        await NewKeyAsync(pair.Qn);
        await pair.Qn.WorkAsync(AnnounceEntry.WorkKind);
        var (notice, _) = Assert.Single(await Pair.WaitingAsync(pair.Qn));
        var now = pair.Qn.Clock.GetUtcNow().UtcDateTime;
        // Something that was refused there so often that its next attempt is far away.
        var other = new OutgoingParcel(
            Ids.New(pair.Qn.Clock),
            new NewParcel("exchange", "other", new Uri(notice.Node), ParcelRoute.Inbox, new byte[] { 1 }),
            now
        );
        await pair.Qn.WriteAsync(async db =>
        {
            db.Add(other);
            await db.EnqueueAsync("post.deliver", other.WorkKey, now.AddMinutes(30), pair.Qn.Clock, default);
        });

        await Pair.SettleAsync(pair.Qn, notice, new Reception.Accepted(default));

        await using var reading = pair.Qn.Open();
        var due = await reading.Set<WorkItem>().Where(w => w.Key == other.WorkKey).Select(w => w.Due).SingleAsync();
        Assert.Equal(now.AddSeconds(10), due);
    }

    private static Task<Reception> HandInAsync(Pair pair, ReadOnlyMemory<byte> notice) =>
        Pair.HandInAsync(pair.Qn, pair.Qm, notice, ParcelRoute.Returns);

    private static async Task<string> RefusedAsync(ExchangeNode from, ExchangeNode to, ReadOnlyMemory<byte> notice) =>
        Assert.IsType<Reception.Refused>(await Pair.HandInAsync(from, to, notice, ParcelRoute.Returns)).Reason;

    private static async Task<ReadOnlyMemory<byte>> NoticeAsync(
        ExchangeNode by,
        string of,
        long sequence,
        TimeSpan ahead = default
    )
    {
        await using var db = by.Open();
        var key = await by.Get<KeyStore>().OpenNodeAsync(db, default);
        var says = new KeyNotice
        {
            Of = ParticipantCode.Parse(of),
            Sequence = sequence,
            At = Instants.InMilliseconds(by.Clock.GetUtcNow().UtcDateTime + ahead),
        };
        return SignedDocuments.Sign(says, key!).Octets;
    }

    private static async Task<IReadOnlyList<WorkItem>> LooksAsync(ExchangeNode node)
    {
        await using var db = node.Open();
        return await db.Set<WorkItem>().AsNoTracking().Where(w => w.Kind == LookAtNode.WorkKind).ToListAsync();
    }

    private static async Task<long> SequenceAsync(ExchangeNode node) =>
        (await node.Get<Comity.Directory.DirectoryQueries>().OwnEntryAsync(default))!.Sequence;

    internal static async Task NewKeyAsync(ExchangeNode node)
    {
        var request = new CreateKey(node.Made.ParticipantKey, ExchangeNode.Passphrase, node.Technical.Value);
        ExchangeNode.Done(
            await node.AskAsync<CreateKeyHandler, Outcome<CreatedKey>>(h => h.HandleAsync(request, Operator, default))
        );
    }
}
