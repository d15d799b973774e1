using Comity.Directory;
using Comity.Directory.Keys;
using Comity.Exchange.Data;
using Comity.Exchange.Proving;
using Comity.Exchange.Reading;
using Comity.Exchange.Sending;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Sealing;
using Comity.Kernel.Viewing;
using Comity.Post;
using Comity.Post.Data;
using Comity.Protocol.Evidence;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Exchange;

/// <summary>An envelope that waits while the key that it was sealed to is replaced.</summary>
public sealed class SealedTodayTests
{
    private static readonly Viewer Operator = Viewer.System("test");
    private static readonly Uri Qn = new("http://127.0.0.1:1/");

    [Fact]
    public async Task What_was_sealed_to_a_key_that_is_no_more_used_does_not_go_and_is_sealed_anew()
    {
        await using var pair = await Pair.MakeAsync();
        var accepted = await pair.SendAsync(Pair.Notification("Seen."));
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        var (parcel, _) = Assert.Single(await Pair.WaitingAsync(pair.Qm));
        var sink = pair.Qm.Get<IParcelSink>();
        var node = new Uri(parcel.Node);
        Assert.True(await sink.MayStillGoAsync(parcel.Reference, node, default));
        Assert.False(await sink.MayStillGoAsync(parcel.Reference, Qn, default));

        await NewKeyAsync(pair);
        Assert.False(await sink.MayStillGoAsync(parcel.Reference, node, default));
        await WithdrawAsync(pair, parcel);
        Assert.Empty(await Pair.WaitingAsync(pair.Qm));
        await using (var db = pair.Qm.Open())
            Assert.False(await db.Set<Blob>().AnyAsync(b => b.Id == parcel.Kept));

        Assert.IsType<Reception.Accepted>(Assert.Single(await Pair.CarryAsync(pair.Qm, pair.Qn)));
        var sent = await Pair.MessageAsync(pair.Qm, accepted.Id);
        Assert.Contains(sent!.Recipients[0].Marks, m => m.Name == MarkNames.Opened);
    }

    [Fact]
    public async Task What_was_taken_back_and_had_arrived_all_the_same_is_one_message_with_its_first_receipt()
    {
        await using var pair = await Pair.MakeAsync();
        var accepted = await pair.SendAsync(Pair.Notification("Seen."));
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        var (parcel, octets) = Assert.Single(await Pair.WaitingAsync(pair.Qm));
        var first = Assert.IsType<Reception.Accepted>(await Pair.HandInAsync(pair.Qm, pair.Qn, octets));
        var rows = await Pair.RowsAsync(pair.Qn);

        await NewKeyAsync(pair);
        await WithdrawAsync(pair, parcel);
        var second = Assert.IsType<Reception.Accepted>(Assert.Single(await Pair.CarryAsync(pair.Qm, pair.Qn)));

        Assert.Equal(first.Receipt.ToArray(), second.Receipt.ToArray());
        Assert.Equal(rows, await Pair.RowsAsync(pair.Qn));
        var sent = await Pair.MessageAsync(pair.Qm, accepted.Id);
        Assert.Contains(sent!.Recipients[0].Marks, m => m.Name == MarkNames.Opened);
    }

    [Fact]
    public async Task A_receipt_for_what_was_taken_back_counts_and_nothing_is_sealed_again()
    {
        await using var pair = await Pair.MakeAsync();
        await pair.SendAsync(Pair.Notification("Seen."));
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        var (parcel, octets) = Assert.Single(await Pair.WaitingAsync(pair.Qm));
        var arrived = Assert.IsType<Reception.Accepted>(await Pair.HandInAsync(pair.Qm, pair.Qn, octets));
        await NewKeyAsync(pair);
        await WithdrawAsync(pair, parcel);

        var answer = await Pair.HandInAsync(pair.Qn, pair.Qm, arrived.Receipt, ParcelRoute.Returns);

        Assert.IsType<Reception.Accepted>(answer);
        Assert.Empty(await Pair.CarryAsync(pair.Qm, pair.Qn));
    }

    [Fact]
    public async Task What_was_signed_while_our_clock_ran_ahead_is_signed_anew_and_is_not_refused()
    {
        await using var pair = await Pair.MakeAsync();
        var accepted = await pair.SendAsync(Pair.Notification("Seen."));
        var now = pair.Qm.Clock.GetUtcNow();
        pair.Qm.Clock.AdjustTime(now.AddHours(5));
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        pair.Qm.Clock.AdjustTime(now);
        var (parcel, _) = Assert.Single(await Pair.WaitingAsync(pair.Qm));

        Assert.False(await pair.Qm.Get<IParcelSink>().MayStillGoAsync(parcel.Reference, new Uri(parcel.Node), default));
        await WithdrawAsync(pair, parcel);
        Assert.IsType<Reception.Accepted>(Assert.Single(await Pair.CarryAsync(pair.Qm, pair.Qn)));
        Assert.Empty((await Pair.DeskAsync(pair.Qn)).Alarms);
        var sent = await Pair.MessageAsync(pair.Qm, accepted.Id);
        Assert.Contains(sent!.Recipients[0].Marks, m => m.Name == MarkNames.Opened);
    }

    [Fact]
    public async Task What_was_written_while_our_clock_ran_ahead_goes_as_it_is_and_waits_there()
    {
        await using var pair = await Pair.MakeAsync();
        var now = pair.Qm.Clock.GetUtcNow();
        pair.Qm.Clock.AdjustTime(now.AddHours(5));
        await pair.SendAsync(Pair.Notification("Seen."));
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        pair.Qm.Clock.AdjustTime(now);
        var (parcel, _) = Assert.Single(await Pair.WaitingAsync(pair.Qm));
        Assert.True(await pair.Qm.Get<IParcelSink>().MayStillGoAsync(parcel.Reference, new Uri(parcel.Node), default));
    }

    [Fact]
    public async Task What_a_former_key_of_ours_signed_does_not_go_and_is_signed_and_sealed_anew()
    {
        await using var pair = await Pair.MakeAsync();
        await pair.SendAsync(Pair.Notification("Seen."));
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        var (parcel, old) = Assert.Single(await Pair.WaitingAsync(pair.Qm));
        var (sink, node) = (pair.Qm.Get<IParcelSink>(), new Uri(parcel.Node));

        await KeyNoticeTests.NewKeyAsync(pair.Qm);
        pair.Qn.Clock.Advance(TimeSpan.FromMinutes(2));
        await pair.Qn.LearnAsync(pair.Qm);

        // Whoever has our newer entry refuses what the former key signed.
        var refused = Assert.IsType<Reception.Refused>(await Pair.HandInAsync(pair.Qm, pair.Qn, old));
        Assert.Equal("wrong-signer", refused.Reason);
        Assert.False(await sink.MayStillGoAsync(parcel.Reference, node, default));
        await WithdrawAsync(pair, parcel);
        Assert.IsType<Reception.Accepted>(Assert.Single(await Pair.CarryAsync(pair.Qm, pair.Qn)));
    }

    [Fact]
    public async Task What_was_signed_before_our_key_ended_goes_as_it_is_unless_somebody_else_may_hold_that_key()
    {
        await using var pair = await Pair.MakeAsync();
        await pair.SendAsync(Pair.Notification("Seen."));
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        var (parcel, _) = Assert.Single(await Pair.WaitingAsync(pair.Qm));
        var (sink, node) = (pair.Qm.Get<IParcelSink>(), new Uri(parcel.Node));

        await RevokeAsync(pair.Qm, "superseded");
        Assert.True(await sink.MayStillGoAsync(parcel.Reference, node, default));

        await RevokeAsync(pair.Qm, "compromised");
        Assert.False(await sink.MayStillGoAsync(parcel.Reference, node, default));
    }

    [Fact]
    public async Task Of_what_was_taken_back_statement_and_keys_are_kept_and_can_be_shown()
    {
        await using var pair = await Pair.MakeAsync();
        var accepted = await pair.SendAsync(Pair.Notification("Seen."));
        await pair.Qm.WorkAsync(Acceptance.SealWork);
        var (parcel, octets) = Assert.Single(await Pair.WaitingAsync(pair.Qm));
        var arrived = Assert.IsType<Reception.Accepted>(await Pair.HandInAsync(pair.Qm, pair.Qn, octets));
        var before = await EvidenceAsync(pair, accepted.Conversation);
        await NewKeyAsync(pair);
        await WithdrawAsync(pair, parcel);
        // The receipt comes, and nothing is sealed any more: what can be shown is what went.
        await Pair.HandInAsync(pair.Qn, pair.Qm, arrived.Receipt, ParcelRoute.Returns);

        var after = await EvidenceAsync(pair, accepted.Conversation);

        Assert.Equal(Assert.Single(before.Statements).ToArray(), Assert.Single(after.Statements).ToArray());
        await using var db = pair.Qm.Open();
        var former = await db.Set<FormerEnvelope>().SingleAsync();
        Assert.Equal((40, 40), (former.SealedTo!.Length, former.SignedBy!.Length));
        Assert.NotEqual(former.SealedTo, former.SignedBy);
    }

    private static async Task<EvidenceFile> EvidenceAsync(Pair pair, string conversation) =>
        await pair.Qm.AskAsync<EvidenceQuery, EvidenceFile?>(q => q.MakeAsync(Guid.Parse(conversation), default))
        ?? throw new InvalidOperationException("There is no such conversation.");

    private static async Task RevokeAsync(ExchangeNode node, string reason)
    {
        var fingerprint = (await node.Get<DirectoryQueries>().OfficeAsync(node.Technical, default))!.Fingerprint!;
        var request = new RevokeKey(fingerprint, reason);
        ExchangeNode.Done(
            await node.AskAsync<RevokeKeyHandler, Outcome<RevokedKey>>(h => h.HandleAsync(request, Operator, default))
        );
    }

    private static Task WithdrawAsync(Pair pair, OutgoingParcel parcel) =>
        pair.Qm.WriteAsync(async db =>
        {
            await db.Set<OutgoingParcel>().Where(p => p.Id == parcel.Id).ExecuteDeleteAsync();
            await pair.Qm.Get<IParcelSink>().ParcelWithdrawnAsync(db, parcel.Reference, default);
        });

    private static async Task NewKeyAsync(Pair pair)
    {
        var node = pair.Qn;
        var request = new CreateKey(node.Made.ParticipantKey, ExchangeNode.Passphrase, node.Technical.Value);
        ExchangeNode.Done(
            await node.AskAsync<CreateKeyHandler, Outcome<CreatedKey>>(h => h.HandleAsync(request, Operator, default))
        );
        // What was made by a clock ahead of ours is not valid yet.
        pair.Qm.Clock.Advance(TimeSpan.FromMinutes(2));
        await pair.Qm.LearnAsync(node);
    }
}
