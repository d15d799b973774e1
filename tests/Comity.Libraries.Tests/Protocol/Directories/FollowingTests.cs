using Comity.Protocol;
using Comity.Protocol.Directories;
using CsCheck;

namespace Comity.Libraries.Tests.Protocol.Directories;

public sealed class FollowingTests
{
    [Fact]
    public void A_snapshot_signed_up_to_the_pinned_root_is_accepted()
    {
        var outcome = Follow(Publisher.Start, Publisher.Snapshot());
        Assert.True(outcome.IsAccepted, outcome.Refusal?.ToString());
        Assert.Equal([EntryResult.New, EntryResult.New], outcome.Entries.Select(entry => entry.Result));
        Assert.Empty(outcome.Alerts);
        Assert.Equal(World.Qm.Key.Certificate.Fingerprint, outcome.State.Entries[World.Qm.Code].Current.Fingerprint);
    }

    [Fact]
    public void A_snapshot_reads_back_from_its_file_octet_for_octet()
    {
        var octets = SnapshotFile.Write(Publisher.Snapshot());
        var reading = SnapshotFile.Read(octets);
        Assert.True(reading.IsGood, reading.Fault?.ToString());
        Assert.Equal(octets, SnapshotFile.Write(reading.Value));
        Assert.True(Follow(Publisher.Start, reading.Value).IsAccepted);
    }

    [Fact]
    public void Another_root_is_refused() =>
        Refused(FollowingRefusal.OtherRoot, FollowingState.Start(Digest.Of("other"u8)), Publisher.Snapshot());

    [Fact]
    public void A_delegation_by_fewer_roots_than_the_threshold_is_refused() =>
        Refused(
            FollowingRefusal.TooFewRootSignatures,
            Publisher.Start,
            Publisher.Snapshot(delegation: Publisher.Delegation(Publisher.Roots[..1]))
        );

    [Fact]
    public void One_root_listed_twice_counts_once()
    {
        var root = DirectoryDocuments.Write(Publisher.RootOf([Publisher.Roots[0], Publisher.Roots[0]]));
        var delegation = Publisher.Delegation(Publisher.Roots[..1], root: Digest.Of(root));
        var snapshot = Publisher.Snapshot(delegation: delegation) with { Root = root };
        Refused(FollowingRefusal.TooFewRootSignatures, FollowingState.Start(Digest.Of(root)), snapshot);
    }

    [Fact]
    public void A_delegation_of_more_than_ninety_days_is_refused() =>
        Refused(
            FollowingRefusal.DelegationTooLong,
            Publisher.Start,
            Publisher.Snapshot(delegation: Publisher.Delegation(days: 91))
        );

    [Fact]
    public void A_delegation_that_has_ended_is_refused() =>
        Refused(
            FollowingRefusal.DelegationNotValid,
            Publisher.Start,
            Publisher.Snapshot(delegation: Publisher.Delegation(days: 30))
        );

    [Fact]
    public void A_delegation_for_another_directory_is_refused() =>
        Refused(
            FollowingRefusal.OtherDirectory,
            Publisher.Start,
            Publisher.Snapshot(delegation: Publisher.Delegation(directory: "QX"))
        );

    [Fact]
    public void A_header_signed_by_another_key_is_refused() =>
        Refused(FollowingRefusal.HeaderNotSigned, Publisher.Start, Publisher.Snapshot(signer: Publisher.Roots[0]));

    [Fact]
    public void A_header_of_another_directory_is_refused() =>
        Refused(
            FollowingRefusal.OtherDirectory,
            Publisher.Start,
            Publisher.Snapshot(change: header => header with { Directory = World.Qx.Code })
        );

    [Fact]
    public void A_snapshot_from_the_future_is_refused() =>
        Refused(FollowingRefusal.FromTheFuture, Publisher.Start, Publisher.Snapshot(created: World.Now.AddMinutes(11)));

    [Fact]
    public void A_snapshot_that_claims_to_be_fresh_for_more_than_a_week_is_refused() =>
        Refused(
            FollowingRefusal.FreshTooLong,
            Publisher.Start,
            Publisher.Snapshot(change: header => header with { Expires = header.Created.AddDays(8) })
        );

    [Fact]
    public void Entries_that_the_header_does_not_name_are_refused()
    {
        var snapshot = Publisher.Snapshot();
        Refused(
            FollowingRefusal.EntriesDiffer,
            Publisher.Start,
            snapshot with
            {
                Entries = [snapshot.Entries[1], snapshot.Entries[0]],
            }
        );
        Refused(FollowingRefusal.EntriesDiffer, Publisher.Start, snapshot with { Entries = [snapshot.Entries[0]] });
    }

    [Fact]
    public void An_older_snapshot_is_never_accepted()
    {
        var first = Publisher.Snapshot();
        var second = Publisher.Snapshot(2, Publisher.HeaderDigest(first));
        var state = Follow(Follow(Publisher.Start, first).State, second).State;
        Refused(FollowingRefusal.Older, state, first);
    }

    [Fact]
    public void The_same_number_with_other_octets_is_a_fork_and_alarms()
    {
        var state = Follow(Publisher.Start, Publisher.Snapshot()).State;
        var other = Follow(state, Publisher.Snapshot(entries: [World.Qm.Entry()]));
        Assert.Equal(FollowingRefusal.Fork, other.Refusal);
        Assert.Equal(FollowingNotice.DirectoryForked, Assert.Single(other.Alerts).Notice);
        Assert.True(other.Alerts[0].IsAlarm);
    }

    [Fact]
    public void A_next_snapshot_that_names_another_history_is_a_fork()
    {
        var state = Follow(Publisher.Start, Publisher.Snapshot()).State;
        Refused(FollowingRefusal.Fork, state, Publisher.Snapshot(2, Digest.Of("another"u8)));
    }

    [Fact]
    public void A_jump_needs_the_headers_between()
    {
        var first = Publisher.Snapshot();
        var second = Publisher.Snapshot(2, Publisher.HeaderDigest(first));
        var third = Publisher.Snapshot(3, Publisher.HeaderDigest(second));
        var state = Follow(Publisher.Start, first).State;
        Refused(FollowingRefusal.ChainMissing, state, third);
        Assert.Equal(FollowingRefusal.ChainBroken, Follow(state, third, [first.Header]).Refusal);
        var stranger = Publisher.Snapshot(2, Digest.Of("another"u8));
        Assert.Equal(FollowingRefusal.ChainBroken, Follow(state, third, [stranger.Header]).Refusal);
        Assert.True(Follow(state, third, [second.Header]).IsAccepted);
    }

    [Fact]
    public void A_fork_that_jumps_ahead_alarms_too()
    {
        var first = Publisher.Snapshot();
        var state = Follow(Publisher.Start, first).State;
        var otherSecond = Publisher.Snapshot(2, Digest.Of("another"u8));
        var third = Publisher.Snapshot(3, Publisher.HeaderDigest(otherSecond));
        var outcome = Follow(state, third, [otherSecond.Header]);
        Assert.Equal(FollowingRefusal.ChainBroken, outcome.Refusal);
        Assert.Equal(FollowingNotice.DirectoryForked, Assert.Single(outcome.Alerts).Notice);
        Assert.Empty(Follow(state, third).Alerts);
        Assert.Same(state, outcome.State);
    }

    [Fact]
    public void A_directory_that_goes_back_alarms()
    {
        var first = Publisher.Snapshot();
        var second = Publisher.Snapshot(2, Publisher.HeaderDigest(first));
        var state = Follow(Follow(Publisher.Start, first).State, second).State;
        var alert = Assert.Single(Follow(state, first).Alerts);
        Assert.Equal(FollowingNotice.DirectoryWentBack, alert.Notice);
        Assert.True(alert.IsAlarm);
    }

    [Fact]
    public void The_number_of_a_snapshot_counts_only_where_it_is_signed_up_to_the_root()
    {
        Assert.Equal(1, Following.NumberOf(Publisher.Start, Publisher.Snapshot(), World.Now));
        var forged = Publisher.Snapshot(20_000, signer: Publisher.Roots[0]);
        Assert.Null(Following.NumberOf(Publisher.Start, forged, World.Now));
    }

    [Fact]
    public void An_expired_snapshot_warns_and_goes_on()
    {
        var outcome = Follow(Publisher.Start, Publisher.Snapshot(created: World.Now.AddDays(-8)));
        Assert.True(outcome.IsAccepted);
        var alert = Assert.Single(outcome.Alerts);
        Assert.Equal(FollowingNotice.SnapshotExpired, alert.Notice);
        Assert.False(alert.IsAlarm);
    }

    [Fact]
    public void An_own_entry_that_is_not_what_we_signed_alarms()
    {
        var mine = World.Qm.Entry();
        var good = Publisher.Snapshot(entries: [mine]);
        Assert.Empty(Follow(Publisher.Start, good, own: new OwnEntry(World.Qm.Code, mine.Digest)).Alerts);
        var other = Follow(Publisher.Start, good, own: new OwnEntry(World.Qm.Code, Digest.Of("mine"u8)));
        Assert.Equal(FollowingNotice.OwnEntryDiffers, Assert.Single(other.Alerts).Notice);
        var missing = Follow(Publisher.Start, good, own: new OwnEntry(World.Qx.Code, Digest.Of("mine"u8)));
        Assert.Equal(FollowingNotice.OwnEntryMissing, Assert.Single(missing.Alerts).Notice);
    }

    [Fact]
    public void No_sequence_of_snapshots_lowers_a_number_or_a_sequence()
    {
        var entries = Enumerable.Range(1, 4).Select(i => World.Qm.Entry(i)).ToArray();
        var stranger = World.Qm.NewParticipantKey();
        var hostile = World.Qm.Entry(9, by: stranger);
        var first = Publisher.Snapshot(1, entries: [entries[1]]);
        var second = Publisher.Snapshot(2, Publisher.HeaderDigest(first), [entries[0]]);
        var third = Publisher.Snapshot(3, Publisher.HeaderDigest(second), [entries[2]]);
        var fork = Publisher.Snapshot(3, Publisher.HeaderDigest(second), [hostile]);
        var fourth = Publisher.Snapshot(4, Publisher.HeaderDigest(third), [entries[3], World.Qn.Entry()]);
        Snapshot[] all = [first, second, third, fork, fourth, Publisher.Snapshot(7)];
        Gen.Int[0, all.Length - 1]
            .Array[1, 12]
            .Sample(
                order =>
                {
                    var state = Publisher.Start;
                    foreach (var index in order)
                    {
                        var next = Follow(state, all[index], [first.Header, second.Header, third.Header]).State;
                        next = Follow(next, all[index]).State;
                        if (next.Number < state.Number || Sequence(next) < Sequence(state))
                        {
                            return false;
                        }

                        state = next;
                    }

                    return true;
                },
                iter: 40
            );
    }

    private static long Sequence(FollowingState state) => state.Entries.GetValueOrDefault(World.Qm.Code)?.Sequence ?? 0;

    private static FollowingOutcome Follow(
        FollowingState state,
        Snapshot snapshot,
        IReadOnlyList<ReadOnlyMemory<byte>>? between = null,
        params OwnEntry[] own
    ) => Following.Follow(state, snapshot, between ?? [], own, World.Now);

    private static void Refused(FollowingRefusal refusal, FollowingState state, Snapshot snapshot)
    {
        var outcome = Follow(state, snapshot);
        Assert.Equal(refusal, outcome.Refusal);
        Assert.Same(state, outcome.State);
    }
}
