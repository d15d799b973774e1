using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Signing;

namespace Comity.Libraries.Tests.Protocol.Directories;

public sealed class EntryTests
{
    private static FollowingState Held => Take(Publisher.Start, World.Qm.Entry(), first: true).State;

    [Fact]
    public void A_core_reads_back_as_it_was_written()
    {
        var octets = EntryCoreJson.Write(World.Qm.Core());
        var reading = EntryCoreJson.Read(octets);
        Assert.True(reading.IsGood, reading.Fault?.ToString());
        Assert.Equal(octets, EntryCoreJson.Write(reading.Value));
    }

    [Theory]
    [InlineData("http://node.example/")]
    [InlineData("https://node.example/?a=b")]
    [InlineData("https://user@node.example/")]
    [InlineData("ftp://node.example/")]
    public void A_node_url_is_https_and_plain(string url) =>
        Assert.Equal(
            new Malformation(MalformationCode.BadValue, "nodeUrl"),
            EntryCoreJson.Read(EntryCoreJson.Write(World.Qm.Core() with { NodeUrl = new Uri(url) })).Fault
        );

    [Theory]
    [InlineData("en\nexercise: true", "Participant")]
    [InlineData("en", "Participant\nexercise: true")]
    [InlineData("en", "Participant \u202E QN")]
    public void A_name_cannot_pass_for_another_line_or_turn_one_around(string language, string name) =>
        Assert.Equal(
            MalformationCode.BadValue,
            EntryCoreJson
                .Read(
                    EntryCoreJson.Write(
                        World.Qm.Core() with
                        {
                            Names = new Dictionary<string, string> { [language] = name },
                        }
                    )
                )
                .Fault?.Code
        );

    [Fact]
    public void A_name_may_have_the_joiners_that_its_script_needs()
    {
        var names = new Dictionary<string, string> { ["fa"] = "می\u200cخواهم" };
        Assert.True(EntryCoreJson.Read(EntryCoreJson.Write(World.Qm.Core() with { Names = names })).IsGood);
    }

    [Fact]
    public void An_office_of_another_participant_has_no_place_in_a_core() =>
        Assert.Equal(
            new Malformation(MalformationCode.BadValue, "offices"),
            EntryCoreJson
                .Read(
                    EntryCoreJson.Write(
                        World.Qm.Core() with
                        {
                            Code = World.Qn.Code,
                            EntryOffices = new Dictionary<MessageKind, OfficeName>(),
                            EscalationOrder = [],
                        }
                    )
                )
                .Fault
        );

    [Fact]
    public void A_core_that_the_participant_key_does_not_vouch_for_is_invalid() =>
        Invalid(
            EntryFault.CoreNotCertified,
            World.Qm.Entry(change: entry =>
                entry with
                {
                    Core = EntryCoreJson.Write(World.Qm.Core() with { Suites = ["another"] }),
                }
            )
        );

    [Fact]
    public void An_entry_signed_by_another_key_is_invalid() =>
        Invalid(EntryFault.NotSigned, World.Qm.Entry(signedBy: World.Qn.Key));

    [Fact]
    public void An_office_key_that_the_participant_key_did_not_certify_is_invalid() =>
        Invalid(EntryFault.OfficeKeyNotCertified, World.Qm.Entry(core: World.Qm.Core(World.Qm.OfficeKey.Certificate)));

    [Fact]
    public void An_entry_under_another_code_than_its_core_is_invalid() =>
        Invalid(EntryFault.CodeDiffers, World.Qm.Entry(change: entry => entry with { Code = World.Qx.Code }));

    [Fact]
    public void An_entry_that_is_spelled_otherwise_is_malformed()
    {
        ReadOnlyMemory<byte> spaced = (byte[])[.. World.Qm.Entry().Octets.ToArray(), (byte)' '];
        Assert.Equal(EntryFault.Malformed, EntryCheck.Check(spaced, World.Now).Fault);
    }

    [Fact]
    public void The_highest_sequence_wins_whatever_the_source()
    {
        var newer = Take(Held, World.Qm.Entry(2));
        Assert.Equal(EntryResult.Updated, Assert.Single(newer.Entries).Result);
        var older = Take(newer.State, World.Qm.Entry(1));
        Assert.Equal(EntryResult.Older, Assert.Single(older.Entries).Result);
        Assert.Equal(2, older.State.Entries[World.Qm.Code].Sequence);
    }

    [Fact]
    public void The_same_sequence_with_other_octets_alarms_and_the_held_one_stays()
    {
        var held = Held;
        var other = Take(held, World.Qm.Entry(change: entry => entry with { ValidUntil = World.Made.AddDays(301) }));
        Assert.Equal(FollowingNotice.EntryForked, Assert.Single(other.Alerts).Notice);
        Assert.Equal(Digests(held), Digests(other.State));
    }

    [Fact]
    public void A_changed_participant_key_is_held_for_a_person_and_the_old_one_stays()
    {
        var stranger = World.Qm.NewParticipantKey();
        var entry = World.Qm.Entry(2, by: stranger, core: Recertified(stranger));
        var outcome = Take(Held, entry);
        Assert.Equal(EntryResult.KeyChangeHeld, Assert.Single(outcome.Entries).Result);
        Assert.True(Assert.Single(outcome.Alerts).IsAlarm);
        var held = outcome.State.Entries[World.Qm.Code];
        Assert.Equal(World.Qm.Key.Certificate.Fingerprint, held.Current.Fingerprint);
        Assert.Equal(stranger.Certificate.Fingerprint, held.Pending?.Fingerprint);
        var confirmed = outcome.State.WithConfirmedKey(World.Qm.Code, stranger.Certificate.Fingerprint);
        Assert.Equal(stranger.Certificate.Fingerprint, confirmed.Entries[World.Qm.Code].Current.Fingerprint);
        Assert.Same(outcome.State, outcome.State.WithConfirmedKey(World.Qm.Code, new string('0', 40)));
    }

    [Fact]
    public void A_changed_participant_key_that_the_old_one_names_is_taken()
    {
        var successor = World.Qm.NewParticipantKey();
        var outcome = Take(Held, Succeeding(successor, World.Qm.Key, successor.Certificate.Fingerprint));
        Assert.Equal(EntryResult.KeyChanged, Assert.Single(outcome.Entries).Result);
        Assert.Equal(successor.Certificate.Fingerprint, outcome.State.Entries[World.Qm.Code].Current.Fingerprint);
    }

    [Fact]
    public void A_succession_that_names_another_key_or_is_not_the_old_keys_is_held()
    {
        var successor = World.Qm.NewParticipantKey();
        var other = Take(Held, Succeeding(successor, World.Qm.Key, new string('0', 40)));
        Assert.Equal(EntryResult.KeyChangeHeld, Assert.Single(other.Entries).Result);
        var self = Take(Held, Succeeding(successor, successor, successor.Certificate.Fingerprint));
        Assert.Equal(EntryResult.KeyChangeHeld, Assert.Single(self.Entries).Result);
    }

    [Fact]
    public void A_state_is_put_together_again_from_stored_octets()
    {
        var held = Held;
        var restored = FollowingState.Start(Publisher.Pinned) with
        {
            Number = held.Number,
            Header = held.Header,
            Expires = held.Expires,
            Entries = held.Entries.ToDictionary(
                pair => pair.Key,
                pair => pair.Value with { Current = EntryCheck.FromOwnStorage(pair.Value.Current.Source.Octets)! }
            ),
        };
        Assert.Equal(Digests(held), Digests(restored));
        Assert.Equal(EntryResult.Updated, Assert.Single(Take(restored, World.Qm.Entry(2)).Entries).Result);
        Assert.Null(EntryCheck.FromOwnStorage("{}"u8.ToArray()));
    }

    [Fact]
    public void A_participant_that_is_not_held_is_not_taken_from_elsewhere() =>
        Assert.Empty(Following.TakeEntry(Publisher.Start, World.Qm.Entry().Octets, World.Now).State.Entries);

    [Fact]
    public void Whom_a_directory_lists_is_its_word_and_nobody_elses()
    {
        var held = Take(Publisher.Start, World.Qm.Entry(), first: true).State;
        var dropped = Following.Follow(held, Publisher.Snapshot(2, held.Header, [World.Qn.Entry()]), [], [], World.Now);
        Assert.False(dropped.State.Entries[World.Qm.Code].Listed);

        var outcome = Take(dropped.State, World.Qm.Entry(2));

        Assert.Equal(EntryResult.Updated, Assert.Single(outcome.Entries).Result);
        Assert.False(outcome.State.Entries[World.Qm.Code].Listed);
    }

    [Fact]
    public void A_section_verifies_against_its_salted_digest_only()
    {
        var section = new Section("contacts", "all", new byte[32], "{\"a\":1}"u8.ToArray());
        Assert.Equal(section.ToDigest(), section.ToDigest());
        Assert.NotEqual(section.ToDigest(), (section with { Salt = new byte[] { 1 } }).ToDigest());
    }

    private static SignedPayload<Entry> Succeeding(SecretKey successor, SecretKey by, string named) =>
        World.Qm.Entry(
            2,
            by: successor,
            core: Recertified(successor),
            change: entry =>
                entry with
                {
                    Succession = new Succession(
                        World.Qm.Key.Certificate.ToOctets(),
                        by.CertifyStatement(DirectoryDocuments.SuccessorNotation, named, World.Made)
                    ),
                }
        );

    private static EntryCore Recertified(SecretKey participant) =>
        World.Qm.Core(participant.Certify(World.Qm.OfficeKey.Certificate, World.Made));

    private static FollowingOutcome Take(FollowingState state, SignedPayload<Entry> entry, bool first = false) =>
        first
            ? Following.Follow(state, Publisher.Snapshot(entries: [entry]), [], [], World.Now)
            : Following.TakeEntry(state, entry.Octets, World.Now);

    private static void Invalid(EntryFault fault, SignedPayload<Entry> entry) =>
        Assert.Equal(fault, EntryCheck.Check(entry.Octets, World.Now).Fault);

    private static IEnumerable<Digest> Digests(FollowingState state) =>
        state.Entries.Values.Select(held => held.Current.Source.Digest);
}
