using Comity.Directory.Keys;
using Comity.Exchange.Data;
using Comity.Exchange.Reading;
using Comity.Exchange.Sending;
using Comity.Kernel.Data;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Sealing;
using Comity.Kernel.Viewing;
using Comity.OpenPgp;
using Comity.Post;
using Comity.Post.Data;
using Comity.Post.Sending;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Exchange;

public sealed class SealingTests
{
    private static readonly Viewer Operator = Viewer.System("test");

    [Fact]
    public async Task An_envelope_lies_in_one_place_and_the_post_sends_it_from_there()
    {
        await using var pair = await Pair.MakeAsync();
        await pair.SendAsync(Pair.Notification("Seen."));
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        await using var db = pair.Qm.Open();
        var delivery = await db.Set<Delivery>().SingleAsync();
        var parcel = await db.Set<OutgoingParcel>().SingleAsync();
        Assert.Equal(delivery.EnvelopeBlob, parcel.Kept);
        Assert.Empty(await db.Set<ParcelPiece>().ToListAsync());
        using var content = new ParcelContent(pair.Qm.Get<AppDbFactory>(), pair.Qm.Get<Blobs>(), parcel);
        var sent = await content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal((parcel.Length, parcel.Sha256), (sent.Length, Protocol.Digest.Of(sent)));
    }

    [Fact]
    public async Task What_was_refused_so_far_is_shown_and_no_more_when_it_is_delivered()
    {
        await using var pair = await Pair.MakeAsync();
        var accepted = await pair.SendAsync(Pair.Notification("Seen."));
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        var (parcel, octets) = Assert.Single(await Pair.WaitingAsync(pair.Qm));
        var now = pair.Qm.Clock.GetUtcNow().UtcDateTime;
        var news = new ParcelNews(parcel.Id, parcel.Reference, ParcelState.Waiting, now, default, "refused-so-far");
        await pair.Qm.WriteAsync(db => pair.Qm.Get<IParcelSink>().ParcelMovedAsync(db, news, default));
        Assert.Equal("refused-so-far", Assert.Single((await Pair.DeskAsync(pair.Qm)).Asked).Cause);
        await Pair.SettleAsync(pair.Qm, parcel, await Pair.HandInAsync(pair.Qm, pair.Qn, octets));
        var sent = await Pair.MessageAsync(pair.Qm, accepted.Id);
        Assert.DoesNotContain(sent!.Recipients[0].Marks, m => m.Name == MarkNames.NotDelivered);
    }

    [Fact]
    public async Task An_expired_key_means_not_delivered_with_its_cause_and_delivered_as_soon_as_there_is_a_new_one()
    {
        await using var pair = await Pair.MakeAsync();
        await ShortLivedKeyAsync(pair);
        pair.Qm.Clock.Advance(TimeSpan.FromDays(3));
        pair.Qn.Clock.Advance(TimeSpan.FromDays(3));
        var accepted = await pair.SendAsync(Pair.Notification("Seen."));
        Assert.Equal("expired", Assert.Single(accepted.Recipients).KeyStanding);
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        var line = Assert.Single((await Pair.DeskAsync(pair.Qm)).Asked);
        Assert.Equal((DeskWhy.NotDelivered, "key-expired"), (line.Why, line.Cause));

        await NewKeyAsync(pair.Qn);
        pair.Qm.Clock.Advance(TimeSpan.FromMinutes(2));
        await pair.Qm.LearnAsync(pair.Qn);
        // The newer entry wakes the work by itself; no pause is waited for.
        await Pair.CarryAsync(pair.Qm, pair.Qn);
        var sent = await Pair.MessageAsync(pair.Qm, accepted.Id);
        Assert.Contains(sent!.Recipients[0].Marks, m => m.Name == MarkNames.Opened);
        Assert.DoesNotContain(sent.Recipients[0].Marks, m => m.Name == MarkNames.NotDelivered);
    }

    [Fact]
    public async Task The_office_without_a_usable_key_hears_once_and_without_content_that_something_waits()
    {
        await using var pair = await Pair.MakeAsync();
        await ShortLivedKeyAsync(pair);
        pair.Qm.Clock.Advance(TimeSpan.FromDays(3));
        pair.Qn.Clock.Advance(TimeSpan.FromDays(3));
        await pair.SendAsync(Pair.Notification("Seen."));
        await Pair.CarryAsync(pair.Qm, pair.Qn);
        pair.Qm.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(await Pair.CarryAsync(pair.Qm, pair.Qn));
        var alarm = Assert.Single((await Pair.DeskAsync(pair.Qn)).Alarms);
        Assert.Equal(("waiting-for-key", "QM/technical", true), (alarm.Code, alarm.Other, alarm.Told));
        Assert.Null(alarm.Message);
        Assert.Null(alarm.EnvelopeDigest);
    }

    [Fact]
    public async Task Nothing_is_ever_handed_to_the_post_that_is_not_sealed()
    {
        await using var pair = await Pair.MakeAsync();
        await pair.SendAsync(Pair.Notification("Seen at the hospital."));
        Assert.Empty(await Pair.WaitingAsync(pair.Qm));
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        var (_, octets) = Assert.Single(await Pair.WaitingAsync(pair.Qm));
        var text = global::System.Text.Encoding.UTF8.GetString(octets);
        Assert.Contains("BEGIN PGP MESSAGE", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hospital", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sealing_that_is_begun_twice_gives_one_envelope()
    {
        await using var pair = await Pair.MakeAsync();
        await pair.SendAsync(Pair.Notification("Seen."));
        var handler = pair.Qm.Handler(Acceptance.SealWork);
        await using var db = pair.Qm.Open();
        var item = await db.Set<Kernel.Work.WorkItem>().AsNoTracking().SingleAsync(w => w.Kind == Acceptance.SealWork);
        await Task.WhenAll(handler.DoAsync(item, default), handler.DoAsync(item, default));
        await handler.DoAsync(item, default);
        Assert.Single(await Pair.WaitingAsync(pair.Qm));
        Assert.Single(await db.Set<Delivery>().AsNoTracking().ToListAsync());
    }

    private static async Task ShortLivedKeyAsync(Pair pair)
    {
        var now = pair.Qn.Clock.GetUtcNow().UtcDateTime;
        using var key = SecretKey.Create(
            KeyProfile.Office,
            "QN/technical <technical@qn.example>",
            now,
            TimeSpan.FromDays(2)
        );
        var request = new ImportKey(
            key.Export(ExchangeNode.Passphrase),
            ExchangeNode.Passphrase,
            "QN/technical",
            pair.Qn.Made.ParticipantKey,
            ExchangeNode.Passphrase
        );
        ExchangeNode.Done(
            await pair.Qn.AskAsync<ImportKeyHandler, Outcome<ImportedKey>>(h =>
                h.HandleAsync(request, Operator, default)
            )
        );
        await pair.Qm.LearnAsync(pair.Qn);
    }

    private static async Task NewKeyAsync(ExchangeNode node)
    {
        var request = new CreateKey(node.Made.ParticipantKey, ExchangeNode.Passphrase, node.Technical.Value);
        ExchangeNode.Done(
            await node.AskAsync<CreateKeyHandler, Outcome<CreatedKey>>(h => h.HandleAsync(request, Operator, default))
        );
    }
}
