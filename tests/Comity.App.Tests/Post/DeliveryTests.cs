using System.Security.Cryptography;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Post;
using Comity.Post.Data;
using Comity.Post.Peers;
using Comity.Post.Reading;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Post;

/// <summary>Two nodes on real ports, their whole post between them.</summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private readonly PostNode sender = new();
    private readonly PostNode recipient = new();

    public async ValueTask InitializeAsync()
    {
        recipient.Known[sender.Key.PublicKey] = sender.Url;
        sender.Known[recipient.Key.PublicKey] = recipient.Url;
        await sender.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await sender.DisposeAsync();
        await recipient.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(70_000)]
    [InlineData(5_000_000)]
    public async Task A_parcel_arrives_octet_for_octet_and_its_receipt_comes_back(int length)
    {
        await recipient.StartAsync();
        var octets = RandomNumberGenerator.GetBytes(length);

        await sender.PostAsync(recipient, octets, "dispatch-1");
        await sender.UntilNewsAsync(1);

        Assert.True(Assert.Single(recipient.Came).AsSpan().SequenceEqual(octets));
        var news = Assert.Single(sender.News);
        Assert.Equal(("dispatch-1", ParcelState.Delivered, ""), (news.Reference, news.State, news.Cause));
        Assert.Equal(PostNode.ReceiptFor(octets), news.Receipt.ToArray());
    }

    [Fact]
    public async Task A_parcel_that_may_not_go_any_more_is_taken_back_before_it_is_tried_again()
    {
        await sender.PostAsync(recipient, "sealed"u8.ToArray(), "dispatch-1");
        await PostNode.UntilAsync(async () => (await Line("dispatch-1")).Attempts > 0);
        sender.MayStillGo = () => false;

        await recipient.StartAsync();
        await PostNode.UntilAsync(() => Task.FromResult(!sender.Withdrawn.IsEmpty));

        Assert.Equal("dispatch-1", Assert.Single(sender.Withdrawn));
        Assert.Empty(recipient.Came);
        await using var db = sender.Services.GetRequiredService<AppDbFactory>().Open(Viewer.System("test"));
        Assert.Empty(await db.Set<OutgoingParcel>().ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_parcel_for_a_node_that_is_down_waits_and_arrives_once_when_it_is_back()
    {
        await sender.PostAsync(recipient, "sealed"u8.ToArray(), "dispatch-1");
        await PostNode.UntilAsync(async () => (await Line("dispatch-1")).Attempts > 0);
        Assert.Equal("connection", (await Line("dispatch-1")).LastError);
        Assert.NotNull((await Line("dispatch-1")).Due);

        await recipient.StartAsync();
        await sender.UntilNewsAsync(1);

        Assert.Single(recipient.Came);
        Assert.Equal(ParcelState.Delivered, (await Line("dispatch-1")).State);
        await PostNode.UntilAsync(async () => (await Line("dispatch-1")).Due is null);
    }

    [Fact]
    public async Task A_parcel_survives_the_end_of_the_process_that_accepted_it()
    {
        await sender.PostAsync(recipient, "sealed"u8.ToArray(), "dispatch-1");
        await sender.StopAsync();
        await recipient.StartAsync();

        await sender.StartAsync();
        await sender.UntilNewsAsync(1);

        Assert.Equal(ParcelState.Delivered, Assert.Single(sender.News).State);
    }

    [Fact]
    public async Task An_answer_that_is_not_the_receipt_delivers_nothing()
    {
        await recipient.StartAsync();
        var asked = 0;
        sender.IsReceipt = _ => Interlocked.Increment(ref asked) > 1;

        await sender.PostAsync(recipient, "sealed"u8.ToArray(), "dispatch-1");
        await PostNode.UntilAsync(async () => (await Line("dispatch-1")).LastError == "receipt-wrong");
        Assert.Empty(sender.News);

        await sender.UntilNewsAsync(1);
        Assert.Equal(2, recipient.Came.Count);
    }

    [Fact]
    public async Task What_is_refused_is_tried_again_because_they_may_only_not_know_this_node_yet()
    {
        await recipient.StartAsync();
        var known = recipient.Known[sender.Key.PublicKey];
        recipient.Known.Clear();

        await sender.PostAsync(recipient, "sealed"u8.ToArray(), "dispatch-1");
        await PostNode.UntilAsync(async () => (await Line("dispatch-1")).Attempts > 1);

        var news = Assert.Single(sender.News);
        Assert.Equal((ParcelState.Waiting, "refused-so-far"), (news.State, news.Cause));
        recipient.Known[sender.Key.PublicKey] = known;
        await sender.UntilNewsAsync(2);
        Assert.Equal(ParcelState.Delivered, sender.News.Last().State);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Whose_clock_is_off_by_a_day_is_told_that_and_what_waited_goes_as_soon_as_it_is_right(int days)
    {
        await recipient.StartAsync();
        sender.Clock.Shift = TimeSpan.FromDays(days);
        await sender.PostAsync(recipient, "sealed"u8.ToArray(), "dispatch-1");
        await sender.UntilNewsAsync(1);
        var refused = Assert.Single(sender.News);
        Assert.Equal((ParcelState.Waiting, "clocks-apart"), (refused.State, refused.Cause));
        var line = Assert.Single(ClockCheck.Lines(sender.Services.GetRequiredService<PeerClocks>().Latest()).Skip(1));
        Assert.Contains(
            days > 0 ? "1 day behind ours" : "1 day ahead of ours",
            line.Sentence,
            StringComparison.Ordinal
        );

        sender.Clock.Shift = TimeSpan.Zero;
        await sender.UntilNewsAsync(2);

        Assert.Equal(ParcelState.Delivered, sender.News.Last().State);
        Assert.Single(ClockCheck.Lines(sender.Services.GetRequiredService<PeerClocks>().Latest()));
    }

    [Fact]
    public async Task What_is_refused_for_five_days_is_not_delivered_and_the_reason_stays_where_it_was_refused()
    {
        await recipient.StartAsync();
        recipient.Answer = octets => new Reception.Refused("signer-wrong", Protocol.Digest.Of(octets));

        await sender.PostAsync(recipient, "sealed"u8.ToArray(), "dispatch-1");
        await sender.UntilNewsAsync(1);
        await sender.WriteAsync((db, token) => AcceptedAsync(db, DateTime.UnixEpoch, token));
        await sender.UntilNewsAsync(2);

        var news = sender.News.Last();
        Assert.Equal((ParcelState.NotDelivered, "refused"), (news.State, news.Cause));
        var refusals = await recipient.AskAsync(q => q.RefusalsAsync(10, CancellationToken.None));
        var refusal = refusals[0];
        Assert.Equal("signer-wrong", refusal.Reason);
        Assert.Equal("QM", refusal.Participants);
        Assert.Equal(sender.Key.PublicKey.Id, refusal.KeyId);
        Assert.Equal(Protocol.Digest.Of("sealed"u8), refusal.Envelope);
    }

    [Fact]
    public async Task What_is_stored_for_later_is_handed_over_until_its_receipt_returns()
    {
        await recipient.StartAsync();
        recipient.Answer = _ => new Reception.StoredForLater();
        await sender.PostAsync(recipient, "sealed"u8.ToArray(), "dispatch-1");
        await sender.UntilNewsAsync(1);
        Assert.Equal(ParcelState.HandedOver, Assert.Single(sender.News).State);

        await recipient.PostAsync(sender, "receipt"u8.ToArray(), "receipt-1", ParcelRoute.Returns);
        await recipient.UntilNewsAsync(1);

        Assert.Equal(["receipt"u8.ToArray()], sender.Came);
        Assert.Equal(ParcelState.Delivered, Assert.Single(recipient.News).State);
        var post = new PostCommands(TimeProvider.System);
        await sender.WriteAsync((db, token) => post.ReceiptArrivedAsync(db, "test", "dispatch-1", token));
        Assert.Equal(ParcelState.Delivered, (await Line("dispatch-1")).State);
        Assert.Empty(await sender.AskAsync(q => q.WaitingAsync(10, CancellationToken.None)));
    }

    [Fact]
    public async Task A_parcel_to_an_address_that_is_not_public_is_not_delivered()
    {
        await sender.WriteAsync(
            (db, token) =>
                new PostCommands(TimeProvider.System).PostAsync(
                    db,
                    new("test", "dispatch-1", new Uri("https://10.0.0.1"), ParcelRoute.Inbox, "sealed"u8.ToArray()),
                    token
                )
        );
        await sender.UntilNewsAsync(1);

        Assert.Equal("address-not-public", Assert.Single(sender.News).Cause);
    }

    [Fact]
    public async Task A_transaction_that_is_undone_sends_nothing()
    {
        await recipient.StartAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            sender.WriteAsync(
                async (db, token) =>
                {
                    NewParcel parcel = new("test", "lost", recipient.Url, ParcelRoute.Inbox, "sealed"u8.ToArray());
                    await new PostCommands(TimeProvider.System).PostAsync(db, parcel, token);
                    throw new InvalidOperationException();
                }
            )
        );

        await sender.PostAsync(recipient, "kept"u8.ToArray(), "kept");
        await sender.UntilNewsAsync(1);

        Assert.Equal(["kept"u8.ToArray()], recipient.Came);
    }

    [Fact]
    public async Task What_waits_for_a_node_is_tried_at_once_when_that_node_calls()
    {
        await sender.PostAsync(recipient, "sealed"u8.ToArray(), "dispatch-1");
        await PostNode.UntilAsync(async () => (await Line("dispatch-1")).Attempts > 0);
        await sender.WriteAsync((db, token) => DueAsync(db, "post.deliver", DateTime.MaxValue, token));
        await recipient.StartAsync();

        await recipient.PostAsync(sender, "hello"u8.ToArray(), "hello");
        await sender.UntilNewsAsync(1);

        Assert.Equal(["sealed"u8.ToArray()], recipient.Came);
    }

    [Fact]
    public async Task A_settled_parcel_is_kept_for_thirty_days_and_then_forgotten()
    {
        await recipient.StartAsync();
        await sender.PostAsync(recipient, "sealed"u8.ToArray(), "dispatch-1");
        await sender.UntilNewsAsync(1);
        await using (var db = sender.Services.GetRequiredService<AppDbFactory>().Open(Viewer.System("test")))
        {
            var due = await db.Set<WorkItem>().Where(w => w.Kind == "post.forget").Select(w => w.Due).SingleAsync();
            var settled = await db.Set<OutgoingParcel>().Select(p => p.Settled).SingleAsync();
            Assert.InRange((due - settled!.Value).TotalDays, 29.99, 30.01);
        }

        // Begun before its time, it sees that, and puts itself off anew.
        await sender.WriteAsync((db, token) => DueAsync(db, "post.forget", DateTime.UnixEpoch, token));
        await PostNode.UntilAsync(async () => await DueAsync("post.forget") > DateTime.UnixEpoch);
        Assert.NotEqual(0, await PiecesAsync());
        await sender.WriteAsync(
            async (db, token) =>
            {
                var longAgo = (DateTime?)DateTime.UnixEpoch;
                await db.Set<OutgoingParcel>().ExecuteUpdateAsync(s => s.SetProperty(p => p.Settled, longAgo), token);
                await DueAsync(db, "post.forget", DateTime.UnixEpoch, token);
            }
        );
        await PostNode.UntilAsync(async () => await PiecesAsync() == 0);
    }

    [Fact]
    public async Task What_its_sender_deletes_is_not_sent()
    {
        await sender.PostAsync(recipient, "sealed"u8.ToArray(), "dispatch-1");
        await PostNode.UntilAsync(async () => (await Line("dispatch-1")).Attempts > 0);
        await sender.WriteAsync((db, token) => PostCommands.ForgetAsync(db, "test", "dispatch-1", token));
        Assert.Equal(0, await PiecesAsync());
        await recipient.StartAsync();

        await sender.PostAsync(recipient, "kept"u8.ToArray(), "kept");
        await sender.UntilNewsAsync(1);

        Assert.Equal(["kept"u8.ToArray()], recipient.Came);
    }

    private static Task DueAsync(AppDb db, string kind, DateTime due, CancellationToken token) =>
        db.Set<WorkItem>().Where(w => w.Kind == kind).ExecuteUpdateAsync(s => s.SetProperty(w => w.Due, due), token);

    private async Task<DateTime> DueAsync(string kind)
    {
        await using var db = sender.Services.GetRequiredService<AppDbFactory>().Open(Viewer.System("test"));
        return await db.Set<WorkItem>().Where(w => w.Kind == kind).Select(w => w.Due).SingleAsync();
    }

    private static Task AcceptedAsync(AppDb db, DateTime at, CancellationToken token) =>
        db.Set<OutgoingParcel>().ExecuteUpdateAsync(s => s.SetProperty(p => p.Accepted, at), token);

    private async Task<int> PiecesAsync()
    {
        await using var db = sender.Services.GetRequiredService<AppDbFactory>().Open(Viewer.System("test"));
        return await db.Set<ParcelPiece>().CountAsync();
    }

    private async Task<ParcelLine> Line(string reference) =>
        Assert.Single(await sender.AskAsync(q => q.ParcelsAsync("test", [reference], CancellationToken.None)));
}
