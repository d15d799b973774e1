using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Signing;

namespace Comity.Libraries.Tests.Protocol.Directories;

/// <summary>What a thief signed does not keep its victim out.</summary>
public sealed class RecoveryTests
{
    private static readonly DateTime Later = World.Made.AddDays(10);

    [Fact]
    public void The_highest_number_of_a_stolen_entry_key_does_not_shut_its_participant_out()
    {
        using var whole = World.Qm.NewParticipantKey();
        var thief = Entry(int.MaxValue, whole, Later.AddHours(1));
        var held = Follow(thief);
        using var renewed = whole.WithNewSigningKey(Later, TimeSpan.FromDays(300), RevocationReason.Compromised);

        var recovered = Entry(2, renewed, Later.AddMinutes(1));
        var outcome = Take(held, recovered);

        Assert.Equal(EntryResult.Updated, Assert.Single(outcome.Entries).Result);
        Assert.Equal(recovered.Digest, Current(outcome.State));
        // And the thief's does not come back.
        var again = Take(outcome.State, thief);
        Assert.Equal(EntryResult.SignedByRevokedKey, Assert.Single(again.Entries).Result);
        Assert.Equal(recovered.Digest, Current(again.State));
    }

    [Fact]
    public void An_entry_key_that_was_only_replaced_gives_no_leave_to_go_back_in_number()
    {
        using var whole = World.Qm.NewParticipantKey();
        var held = Follow(Entry(5, whole, Later.AddHours(-1)));
        using var renewed = whole.WithNewSigningKey(Later, TimeSpan.FromDays(300), RevocationReason.Superseded);
        Assert.Equal(
            EntryResult.Older,
            Assert.Single(Take(held, Entry(2, renewed, Later.AddMinutes(1))).Entries).Result
        );
    }

    [Fact]
    public void A_participant_that_comes_back_under_a_new_key_is_held_whatever_its_number()
    {
        using var back = World.Qm.NewParticipantKey();
        var held = Follow(Entry(7, World.Qm.Key, Later));
        var outcome = Take(held, Entry(1, back, Later.AddHours(1)));
        Assert.Equal(EntryResult.KeyChangeHeld, Assert.Single(outcome.Entries).Result);
        Assert.True(Assert.Single(outcome.Alerts).IsAlarm);
        var confirmed = outcome.State.WithConfirmedKey(World.Qm.Code, back.Certificate.Fingerprint);
        Assert.Equal(back.Certificate.Fingerprint, confirmed.Entries[World.Qm.Code].Current.Fingerprint);
    }

    [Fact]
    public void The_key_that_was_followed_by_the_one_in_use_does_not_come_back()
    {
        using var successor = World.Qm.NewParticipantKey();
        var named = World.Qm.Key.CertifyStatement(
            DirectoryDocuments.SuccessorNotation,
            successor.Certificate.Fingerprint,
            World.Made
        );
        var first = Entry(7, World.Qm.Key, Later);
        var next = Entry(
            1,
            successor,
            Later.AddHours(1),
            entry => entry with { Succession = new Succession(World.Qm.Key.Certificate.ToOctets(), named) }
        );
        var taken = Take(Follow(first), next);
        Assert.Equal(EntryResult.KeyChanged, Assert.Single(taken.Entries).Result);
        var back = Take(taken.State, first);
        Assert.Equal(EntryResult.Older, Assert.Single(back.Entries).Result);
        Assert.Null(back.State.Entries[World.Qm.Code].Pending);
    }

    private static SignedPayload<Entry> Entry(
        long sequence,
        SecretKey by,
        DateTime at,
        Func<Entry, Entry>? change = null
    )
    {
        var octets = EntryCoreJson.Write(World.Qm.Core(by.Certify(World.Qm.OfficeKey.Certificate, World.Made)));
        var entry = new Entry
        {
            Code = World.Qm.Code,
            Sequence = sequence,
            Previous = sequence == 1 ? null : Digest.Of("before"u8),
            Issued = at,
            ValidUntil = World.Made.AddDays(300),
            Certificate = by.Certificate.ToOctets(),
            Core = octets,
            CoreCertification = by.CertifyStatement(
                DirectoryDocuments.CoreNotation,
                Digest.Of(octets).Value,
                World.Made
            ),
        };
        return DirectoryDocuments.Sign(change?.Invoke(entry) ?? entry, by, at);
    }

    private static Digest Current(FollowingState state) => state.Entries[World.Qm.Code].Current.Source.Digest;

    private static FollowingState Follow(SignedPayload<Entry> entry) =>
        Following.Follow(Publisher.Start, Publisher.Snapshot(entries: [entry]), [], [], World.Now).State;

    private static FollowingOutcome Take(FollowingState state, SignedPayload<Entry> entry) =>
        Following.TakeEntry(state, entry.Octets, World.Now);
}
