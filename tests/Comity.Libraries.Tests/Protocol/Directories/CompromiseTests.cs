using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Signing;

namespace Comity.Libraries.Tests.Protocol.Directories;

/// <summary>What a thief of keys can still do after the participant has made everything new.</summary>
public sealed class CompromiseTests
{
    private static readonly DateTime Later = World.Made.AddDays(10);

    [Fact]
    public void An_old_certified_core_with_a_higher_number_is_not_taken()
    {
        var old = World.Qm.Entry(1);
        var rotated = Entry(2, World.Qm.Key, core: Rotated(), certified: Later);
        var stolen = Entry(3, World.Qm.Key);
        var outcome = Take(Held(old, rotated), stolen);
        Stays(outcome, EntryResult.GoesBack, rotated);
        Assert.Equal(FollowingNotice.EntryWentBack, Assert.Single(outcome.Alerts).Notice);
        Assert.True(outcome.Alerts[0].IsAlarm);
    }

    [Fact]
    public void The_same_core_may_be_signed_again_under_its_old_certification()
    {
        var again = Entry(2, World.Qm.Key);
        Assert.Equal(EntryResult.Updated, Assert.Single(Take(Held(World.Qm.Entry(1)), again).Entries).Result);
    }

    [Fact]
    public void An_entry_signed_by_an_entry_key_that_was_replaced_is_not_taken()
    {
        using var renewed = World.Qm.Key.WithNewSigningKey(Later, TimeSpan.FromDays(300));
        var first = World.Qm.Entry(1);
        var second = Entry(2, renewed, certified: Later);
        // With its own old certificate, and with the new one around the old key's signature.
        Stays(Take(Held(first, second), Entry(3, World.Qm.Key)), EntryResult.SignedByRevokedKey, second);
        var dated = Entry(
            3,
            World.Qm.Key,
            at: Later.AddHours(-1),
            change: entry => entry with { Certificate = renewed.Certificate.ToOctets(), Issued = Later.AddHours(3) }
        );
        Assert.True(EntryCheck.Check(dated.Octets, World.Now).IsGood);
        Stays(Take(Held(first, second), dated), EntryResult.GoesBack, second);
    }

    [Fact]
    public void A_certificate_without_the_revocation_that_was_seen_is_not_taken()
    {
        using var stolen = World.Qm.NewParticipantKey();
        using var renewed = stolen.WithNewSigningKey(Later, TimeSpan.FromDays(300), RevocationReason.Compromised);
        var second = Entry(2, renewed, core: Recertified(stolen), certified: Later);
        var state = Follow(Publisher.Start, second);
        Assert.Equal(KeyStanding.Usable, renewed.Certificate.Standing(KeyUse.Sign, Later));
        Assert.True(renewed.Certificate.Continues(stolen.Certificate));
        Assert.False(stolen.Certificate.Continues(renewed.Certificate));
        Stays(
            Take(state, Entry(3, stolen, core: Recertified(stolen), certified: Later)),
            EntryResult.SignedByRevokedKey,
            second
        );
    }

    [Fact]
    public void An_entry_issued_before_the_one_held_is_not_taken()
    {
        var held = Entry(2, World.Qm.Key, at: Later);
        Stays(Take(Held(held), Entry(3, World.Qm.Key, at: Later.AddHours(-1))), EntryResult.GoesBack, held);
    }

    [Fact]
    public void A_new_signing_key_leaves_the_old_one_revoked_and_the_secrets_usable()
    {
        using var renewed = World.Qm.Key.WithNewSigningKey(Later, TimeSpan.FromDays(300));
        var by = DetachedSignature.Sign(World.Qm.Key, [1], Later.AddDays(1));
        Assert.Equal(KeyStanding.Revoked, DetachedSignature.Verify(renewed.Certificate, [1], by).Standing);
        var before = DetachedSignature.Sign(World.Qm.Key, [1], Later.AddDays(-1));
        Assert.True(DetachedSignature.Verify(renewed.Certificate, [1], before).IsGood);
        using var node = SecretKey.Read(renewed.ToOctetsWithoutPrimary(), null).Key!;
        using var joined = World.Qm.Key.WithCertificate(renewed.Certificate).WithSecretsOf(node);
        var signed = DetachedSignature.Sign(joined, [1], Later.AddDays(1));
        Assert.True(DetachedSignature.Verify(renewed.Certificate, [1], signed).IsGood);
        Assert.Throws<ArgumentException>(() => World.Qm.Key.WithSecretsOf(World.Qn.Key));
    }

    [Theory]
    [InlineData(RevocationReason.Compromised)]
    [InlineData(RevocationReason.Retired)]
    public void A_revoked_participant_key_ends_what_is_held(RevocationReason reason)
    {
        var first = World.Qm.Entry(1);
        var outcome = Take(Held(first), Revoked(2, reason));
        Stays(outcome, EntryResult.Revoked, first);
        var alert = Assert.Single(outcome.Alerts);
        Assert.Equal(new FollowingAlert(FollowingNotice.ParticipantKeyRevoked, World.Qm.Code), alert);
        Assert.True(alert.IsAlarm);
        Assert.True(outcome.State.Entries[World.Qm.Code].IsRevoked(World.Now));

        // Nothing under that key brings it back, whatever its number.
        var next = Take(outcome.State, Entry(9, World.Qm.Key, at: Later));
        Stays(next, EntryResult.Revoked, first);
        Assert.True(next.State.Entries[World.Qm.Code].IsRevoked(World.Now));
    }

    [Fact]
    public void A_compromised_participant_key_does_not_name_its_successor_any_more()
    {
        using var successor = World.Qm.NewParticipantKey();
        var state = Take(Held(World.Qm.Entry(1)), Revoked(2, RevocationReason.Compromised)).State;
        var named = World.Qm.Key.CertifyStatement(
            DirectoryDocuments.SuccessorNotation,
            successor.Certificate.Fingerprint,
            World.Made
        );
        var entry = Entry(
            3,
            successor,
            core: Recertified(successor),
            change: e => e with { Succession = new Succession(World.Qm.Key.Certificate.ToOctets(), named) }
        );
        var outcome = Take(state, entry);
        Assert.Equal(EntryResult.KeyChangeHeld, Assert.Single(outcome.Entries).Result);
        var confirmed = outcome.State.WithConfirmedKey(World.Qm.Code, successor.Certificate.Fingerprint);
        Assert.False(confirmed.Entries[World.Qm.Code].IsRevoked(World.Now));
    }

    [Fact]
    public void A_revocation_of_another_key_changes_nothing()
    {
        using var stranger = World.Qm.NewParticipantKey();
        var first = World.Qm.Entry(1);
        var outcome = Take(Held(first), Revoked(2, RevocationReason.Compromised, stranger));
        Stays(outcome, EntryResult.Invalid, first);
        Assert.False(outcome.State.Entries[World.Qm.Code].IsRevoked(World.Now));
    }

    private static SignedPayload<Entry> Revoked(long sequence, RevocationReason reason, SecretKey? key = null)
    {
        var by = key ?? World.Qm.Key;
        var revoked = by.Certificate.WithRevocation(by.RevocationCertificate(reason, Later))!;
        return Entry(sequence, by, change: entry => entry with { Certificate = revoked.ToOctets() });
    }

    private static SignedPayload<Entry> Entry(
        long sequence,
        SecretKey by,
        EntryCore? core = null,
        DateTime? certified = null,
        DateTime? at = null,
        Func<Entry, Entry>? change = null
    )
    {
        var octets = EntryCoreJson.Write(core ?? World.Qm.Core());
        var issued = at ?? Later.AddHours(sequence);
        var entry = new Entry
        {
            Code = World.Qm.Code,
            Sequence = sequence,
            Previous = sequence == 1 ? null : Digest.Of("before"u8),
            Issued = issued,
            ValidUntil = World.Made.AddDays(300),
            Certificate = by.Certificate.ToOctets(),
            Core = octets,
            CoreCertification = by.CertifyStatement(
                DirectoryDocuments.CoreNotation,
                Digest.Of(octets).Value,
                certified ?? World.Made
            ),
        };
        return DirectoryDocuments.Sign(change?.Invoke(entry) ?? entry, by, issued);
    }

    private static EntryCore Rotated() => World.Qm.Core() with { NodeUrl = new Uri("https://new.qm.example/") };

    private static EntryCore Recertified(SecretKey participant) =>
        World.Qm.Core(participant.Certify(World.Qm.OfficeKey.Certificate, World.Made));

    private static FollowingState Held(params SignedPayload<Entry>[] entries) =>
        entries.Skip(1).Aggregate(Follow(Publisher.Start, entries[0]), (state, entry) => Take(state, entry).State);

    private static FollowingState Follow(FollowingState state, SignedPayload<Entry> entry) =>
        Following.Follow(state, Publisher.Snapshot(entries: [entry]), [], [], World.Now).State;

    private static FollowingOutcome Take(FollowingState state, SignedPayload<Entry> entry) =>
        Following.TakeEntry(state, entry.Octets, World.Now);

    private static void Stays(FollowingOutcome outcome, EntryResult result, SignedPayload<Entry> held)
    {
        Assert.Equal(result, Assert.Single(outcome.Entries).Result);
        Assert.Equal(held.Digest, outcome.State.Entries[World.Qm.Code].Current.Source.Digest);
    }
}
