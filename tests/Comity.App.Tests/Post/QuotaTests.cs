using Comity.Kernel.Hosting;
using Comity.Post;
using Comity.Post.Quotas;
using Comity.Protocol;
using Comity.Protocol.Signing;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Comity.App.Tests.Post;

public sealed class QuotaTests
{
    private static readonly QuotaSettings Small = new()
    {
        Messages = new(10, TimeSpan.FromMinutes(1)),
        Octets = new(1000, TimeSpan.FromHours(1)),
        BodiesAtOnce = 2,
        OctetsAtOnce = 500,
    };

    private readonly FakeTimeProvider clock = new();
    private readonly Holder flooding = new("QM");
    private readonly Holder quiet = new("QN");

    [Fact]
    public void A_flood_from_one_leaves_the_others_their_whole_allowance()
    {
        var quotas = new PeerQuotas(Small, clock);

        Assert.Equal(10, Enumerable.Range(0, 100).Count(_ => Pass(quotas, flooding, 1) is null));
        Assert.Equal(10, Enumerable.Range(0, 10).Count(_ => Pass(quotas, quiet, 1) is null));
    }

    [Fact]
    public void Several_node_keys_of_one_participant_share_its_allowance()
    {
        var quotas = new PeerQuotas(Small, clock);
        var keys = Enumerable.Range(0, 8).Select(_ => NodeKey.Create()).ToList();

        var passed = keys.SelectMany(key => Enumerable.Repeat(Of(key, "QM"), 10))
            .Count(peer => Pass(quotas, Holder.Of(peer), 1) is null);

        Assert.Equal(10, passed);
        // Whoever lists a foreign key beside its own uses up nothing of its owner's.
        Assert.Null(Pass(quotas, Holder.Of(Of(keys[0], "QM", "QN")), 1));
        keys.ForEach(key => key.Dispose());
    }

    [Fact]
    public void What_is_put_off_passes_when_the_time_named_has_gone_by()
    {
        var quotas = new PeerQuotas(Small, clock);
        for (var i = 0; i < 10; i++)
        {
            Assert.Null(Pass(quotas, flooding, 1));
        }

        var throttled = Pass(quotas, flooding, 1)!;

        Assert.Equal(QuotaLimit.MessagesPerMinute, throttled.Limit);
        Assert.Equal(TimeSpan.FromSeconds(6), throttled.RetryAfter);
        clock.Advance(throttled.RetryAfter);
        Assert.Null(Pass(quotas, flooding, 1));
        Assert.NotNull(Pass(quotas, flooding, 1));
    }

    [Fact]
    public void Octets_are_counted_by_the_hour()
    {
        var quotas = new PeerQuotas(Small, clock);
        Assert.Null(Pass(quotas, flooding, 900));

        var throttled = Pass(quotas, flooding, 200)!;

        Assert.Equal(QuotaLimit.OctetsPerHour, throttled.Limit);
        Assert.Equal(TimeSpan.FromMinutes(6), throttled.RetryAfter);
        Assert.Null(Pass(quotas, flooding, 100));
    }

    [Fact]
    public void One_peer_has_so_many_bodies_under_way_and_all_together_so_many_octets()
    {
        var quotas = new PeerQuotas(Small, clock);
        Assert.Null(quotas.TryEnter(flooding, 200));
        Assert.Null(quotas.TryEnter(flooding, 200));

        Assert.Equal(QuotaLimit.BodiesAtOnce, quotas.TryEnter(flooding, 1)!.Limit);
        Assert.Equal(QuotaLimit.NodeIsFull, quotas.TryEnter(quiet, 200)!.Limit);
        Assert.Null(quotas.TryEnter(quiet, 100));

        quotas.Leave(flooding, 200);
        Assert.Null(quotas.TryEnter(flooding, 200));
    }

    [Fact]
    public void One_peer_that_announces_much_leaves_room_for_the_bodies_of_others()
    {
        var quotas = new PeerQuotas(new QuotaSettings(), clock);
        const long Most = 64L * 1024 * 1024;
        Assert.Equal(2, Enumerable.Range(0, 8).Count(_ => quotas.TryEnter(flooding, Most) is null));
        Assert.Equal(QuotaLimit.OctetsOfOneAtOnce, quotas.TryEnter(flooding, Most)!.Limit);
        Assert.Null(quotas.TryEnter(quiet, Most));
        quotas.Leave(flooding, Most);
        Assert.Null(quotas.TryEnter(flooding, Most));
    }

    [Fact]
    public void An_operator_sets_how_many_messages_a_peer_may_send_in_a_minute()
    {
        var node = new NodeOptions { BaseUrl = new Uri("https://node.qn.example") };
        Assert.Equal(300, Passing(node));
        Assert.Equal(3, Passing(node with { MessagesPerMinute = 3 }));

        int Passing(NodeOptions options)
        {
            var quotas = new PeerQuotas(QuotaSettings.Of(options), clock);
            return Enumerable.Range(0, 1000).Count(_ => Pass(quotas, flooding, 1) is null);
        }
    }

    [Fact]
    public void A_flood_is_summed_up_once_a_minute_and_every_refusal_is_in_a_sum()
    {
        var quotas = new PeerQuotas(Small with { Messages = new(1, TimeSpan.FromDays(1)) }, clock);
        Assert.Null(Pass(quotas, flooding, 1));

        var first = Enumerable.Range(0, 50).Select(_ => Pass(quotas, flooding, 1)!.Report).ToList();
        clock.Advance(TimeSpan.FromMinutes(1));
        var second = Enumerable.Range(0, 50).Select(_ => Pass(quotas, flooding, 1)!.Report).ToList();

        Assert.Equal([1, 50], first.Concat(second).Where(report => report > 0));
    }

    [Fact]
    public void A_bucket_never_gives_more_than_its_size_and_what_time_refilled() =>
        Gen.Select(Gen.Long[1, 100], Gen.Select(Gen.Int[0, 30_000], Gen.Long[1, 120]).Array[1, 60])
            .Sample(
                (size, steps) =>
                {
                    var allowance = new Allowance(size, TimeSpan.FromMinutes(1));
                    var start = DateTimeOffset.UnixEpoch;
                    var now = start;
                    var bucket = TokenBucket.Full(allowance, now);
                    long taken = 0;
                    foreach (var (milliseconds, amount) in steps)
                    {
                        now += TimeSpan.FromMilliseconds(milliseconds);
                        bucket = bucket.RefilledAt(now, allowance);
                        if (bucket.Wait(amount, allowance) == TimeSpan.Zero)
                        {
                            bucket = bucket.Without(amount);
                            taken += amount;
                        }
                    }

                    var refilled = (now - start).Ticks * allowance.PerTick;
                    var largest = steps.Max(step => step.Item2);
                    Assert.True(taken <= size + refilled + Math.Max(0, largest - size) + 0.001);
                }
            );

    [Fact]
    public void A_clock_that_is_set_back_refills_nothing_and_stops_nothing()
    {
        var allowance = new Allowance(10, TimeSpan.FromMinutes(1));
        var now = DateTimeOffset.UnixEpoch.AddHours(1);
        var empty = TokenBucket.Full(allowance, now).Without(10).RefilledAt(now.AddMinutes(-30), allowance);

        Assert.Equal(TimeSpan.FromSeconds(6), empty.Wait(1, allowance));
        Assert.Equal(TimeSpan.Zero, empty.RefilledAt(now.AddMinutes(-29), allowance).Wait(10, allowance));
    }

    private static Peer Of(NodeKey key, params string[] participants) =>
        new(
            key.PublicKey,
            [.. participants.Select(ParticipantCode.Parse)],
            DateTime.MaxValue,
            new Uri("https://qm.example/")
        );

    private static Throttled? Pass(PeerQuotas quotas, Holder holder, long length)
    {
        var throttled = quotas.TryEnter(holder, length);
        if (throttled is null)
        {
            quotas.Leave(holder, length);
        }

        return throttled;
    }
}
