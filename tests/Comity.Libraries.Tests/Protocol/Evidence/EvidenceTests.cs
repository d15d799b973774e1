using System.Text;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Evidence;
using Comity.Protocol.Messages;
using Comity.Protocol.Signing;
using CsCheck;

namespace Comity.Libraries.Tests.Protocol.Evidence;

public sealed class EvidenceTests
{
    [Fact]
    public void A_whole_conversation_is_proven_line_by_line_from_the_directory_root()
    {
        var report = EvidenceVerifier.Verify(Case.File.ToJson(), Case.RootOnly);
        Assert.True(report.NothingFailed, Show(report));
        Assert.Contains(
            "QN's office QN/technical states that a person acknowledged notification",
            Show(report),
            StringComparison.Ordinal
        );
        Assert.Equal(
            [
                "",
                "directories[0]",
                "entries[0]",
                "entries[1]",
                "statements[0]",
                "statements[1]",
                "statements",
                "statements",
                "receipts[0]",
                "receipts[1]",
            ],
            report.Lines.Select(line => line.Item)
        );
    }

    [Fact]
    public void It_is_proven_from_participant_fingerprints_alone()
    {
        var file = Case.File with { Directories = [] };
        var report = EvidenceVerifier.Verify(file.ToJson(), Case.ParticipantsOnly);
        Assert.True(report.NothingFailed, Show(report));
    }

    [Fact]
    public void A_file_reads_back_octet_for_octet()
    {
        var octets = Case.File.ToJson();
        Assert.Equal(octets, EvidenceFile.Read(octets).Value?.ToJson());
    }

    [Fact]
    public void One_changed_octet_anywhere_fails_with_a_reason()
    {
        var octets = Case.File.ToJson();
        Gen.Select(Gen.Int[0, octets.Length - 1], Gen.Byte[1, 255])
            .Sample(
                (at, flip) =>
                {
                    var copy = octets.ToArray();
                    copy[at] ^= flip;
                    var report = EvidenceVerifier.Verify(copy, Case.RootOnly);
                    return !report.NothingFailed
                        && report.Lines.Any(line => line.Verdict == EvidenceVerdict.Failed && line.Reason is not null);
                },
                iter: 150
            );
    }

    [Fact]
    public void A_document_changed_on_purpose_fails_even_where_the_file_is_written_anew()
    {
        var statement = Encoding.ASCII.GetString(Case.File.Statements[0].Span);
        var start = statement.IndexOf("payload\":\"", StringComparison.Ordinal) + 10;
        var end = statement.IndexOf('"', start);
        Gen.Select(Gen.Int[start, end - 1], Gen.Char['A', 'Z'])
            .Where((at, letter) => statement[at] != letter)
            .Sample(
                (at, letter) =>
                {
                    var changed = statement[..at] + letter + statement[(at + 1)..];
                    var file = Case.File with
                    {
                        Statements = [Encoding.ASCII.GetBytes(changed), Case.File.Statements[1]],
                    };
                    var report = EvidenceVerifier.Verify(file.ToJson(), Case.RootOnly);
                    return report.Lines.Any(line => line is { Verdict: EvidenceVerdict.Failed, Item: "statements[0]" });
                },
                iter: 100
            );
    }

    [Fact]
    public void Nothing_is_proven_to_somebody_who_trusts_nobody()
    {
        var nobody = new TrustFile(new Dictionary<ParticipantCode, string>(), []);
        Assert.Equal(
            ["root-not-trusted", "participant-not-trusted", "participant-not-trusted", "office-unknown"],
            Codes(Case.File, nobody).Take(4)
        );
    }

    [Fact]
    public void A_participant_whose_fingerprint_is_another_is_not_trusted_even_where_a_root_lists_it()
    {
        var trust = Case.RootOnly with
        {
            Participants = new Dictionary<ParticipantCode, string> { [World.Qm.Code] = new string('A', 40) },
        };
        Assert.Contains("other-participant-key", Codes(Case.File, trust));
    }

    [Fact]
    public void A_statement_by_another_office_key_fails() =>
        Assert.Contains(
            "signature-bad",
            Codes(Case.File with { Statements = [Case.Sign(Case.NoticeStatement, World.Qx)], Receipts = [] })
        );

    [Fact]
    public void An_acknowledgement_of_something_that_is_not_shown_fails() =>
        Assert.Contains(
            "reply-to-nothing-shown",
            Codes(Case.File with { Statements = [Case.File.Statements[1]], Receipts = [] })
        );

    [Fact]
    public void An_acknowledgement_by_an_office_that_was_not_addressed_fails()
    {
        var self = Case.ReplyStatement with { From = World.Qm.Office, To = World.Qn.Office };
        self = self with { Chain = new ChainLink(World.Qn.Office, 2, Case.NoticeStatement.MessageDigest) };
        Assert.Contains(
            "acknowledged-by-another",
            Codes(Case.File with { Statements = [Case.File.Statements[0], Case.Sign(self, World.Qm)], Receipts = [] })
        );
    }

    [Fact]
    public void The_wrong_office_is_not_reported_as_having_acknowledged()
    {
        var other = Case.ReplyStatement with { Form = AcknowledgementForm.NotTheRightOffice };
        var file = Case.File with { Statements = [Case.File.Statements[0], Case.Sign(other, World.Qn)], Receipts = [] };
        var report = EvidenceVerifier.Verify(file.ToJson(), Case.RootOnly);
        Assert.True(report.NothingFailed, Show(report));
        Assert.DoesNotContain("a person acknowledged", Show(report), StringComparison.Ordinal);
        Assert.Contains("not the right office", Show(report), StringComparison.Ordinal);
    }

    [Fact]
    public void A_statement_of_another_conversation_or_exercise_fails()
    {
        var elsewhere = Case.NoticeStatement with
        {
            Conversation = ConversationId.Of(World.Qx.Office, exercise: false, World.Opening.Nonce),
        };
        Assert.Contains(
            "other-conversation",
            Codes(Case.File with { Statements = [Case.Sign(elsewhere, World.Qm)], Receipts = [] })
        );
        Assert.Contains("exercise-disagrees", Codes(Case.File with { Exercise = true }));
    }

    [Fact]
    public void A_chain_with_a_hole_fails()
    {
        var third = Case.NoticeStatement with
        {
            Message = MessageId.New(World.Now),
            MessageDigest = Digest.Of("third"u8),
            Chain = new ChainLink(World.Qn.Office, 3, Digest.Of("second"u8)),
        };
        Assert.Contains(
            "chain-broken",
            Codes(Case.File with { Statements = [.. Case.File.Statements, Case.Sign(third, World.Qm)] })
        );
    }

    [Fact]
    public void A_receipt_by_a_node_key_that_the_entry_does_not_name_fails() =>
        Assert.Contains(
            "node-key-unknown",
            Codes(Case.File with { Receipts = [Case.Sign(Case.NoticeReceipt, World.Qx)] })
        );

    [Fact]
    public void A_receipt_outside_of_the_time_of_the_node_key_fails() =>
        Assert.Contains(
            "node-key-not-valid-then",
            Codes(
                Case.File with
                {
                    Receipts = [Case.Sign(Case.NoticeReceipt with { At = World.Made.AddDays(201) }, World.Qn)],
                }
            )
        );

    [Fact]
    public void A_receipt_for_other_content_fails() =>
        Assert.Contains(
            "receipt-for-nothing-shown",
            Codes(
                Case.File with
                {
                    Receipts = [Case.Sign(Case.NoticeReceipt with { MessageDigest = Digest.Of("other"u8) }, World.Qn)],
                }
            )
        );

    [Fact]
    public void A_list_of_entries_that_the_directory_did_not_sign_fails()
    {
        var forged = Case.File.Directories[0] with { Entries = [Case.Entries[0].Digest, Digest.Of("x"u8)] };
        Assert.Contains("entries-differ", Codes(Case.File with { Directories = [forged] }));
    }

    [Fact]
    public void An_opened_receipt_names_what_was_opened_and_a_stored_one_cannot()
    {
        var nameless = SignedDocuments.Sign(Case.NoticeReceipt with { MessageDigest = null }, World.Qn.Node);
        Assert.Equal("level", SignedDocuments.ReadReceipt(nameless.Octets).Fault?.Path);
        var knowing = SignedDocuments.Sign(Case.NoticeReceipt with { Level = ReceiptLevel.Stored }, World.Qn.Node);
        Assert.Equal("level", SignedDocuments.ReadReceipt(knowing.Octets).Fault?.Path);
    }

    [Fact]
    public void A_trust_file_takes_fingerprints_as_people_see_them()
    {
        var groups = Case.RootOnly.Roots[0].InGroups();
        var json = $$"""{"participants":{"QM":"{{new string('a', 40)}}"},"roots":["{{groups}}"]}""";
        var trust = TrustFile.Read(Encoding.UTF8.GetBytes(json)).Value;
        Assert.Equal(Case.RootOnly.Roots, trust?.Roots);
        Assert.Equal(new string('A', 40), trust?.Participants[World.Qm.Code]);
        Assert.False(TrustFile.Read("{\"participants\":{\"QM\":\"12\"}}"u8.ToArray()).IsGood);
    }

    [Fact]
    public void A_statement_by_a_key_that_a_newer_entry_shows_compromised_fails()
    {
        var office = World.Qm.OfficeKey;
        var revocation = office.RevocationCertificate(RevocationReason.Compromised, World.Now);
        var revoked = World.Qm.Certified.WithRevocation(revocation)!;
        var file = Case.File with
        {
            Entries = [.. Case.File.Entries, World.Qm.Entry(2, core: World.Qm.Core(revoked)).Octets],
        };
        Assert.Contains("key-compromised", Codes(file, Case.ParticipantsOnly));
        Assert.DoesNotContain("key-compromised", Codes(Case.File, Case.ParticipantsOnly));
    }

    [Fact]
    public void Nothing_counts_that_a_compromised_participant_key_vouched_for()
    {
        var key = World.Qm.Key;
        var revoked = key.Certificate.WithRevocation(
            key.RevocationCertificate(RevocationReason.Compromised, World.Now)
        )!;
        var shown = World.Qm.Entry(2, change: entry => entry with { Certificate = revoked.ToOctets() });
        var file = Case.File with { Entries = [.. Case.File.Entries, shown.Octets] };
        Assert.Contains("participant-key-compromised", Codes(file, Case.ParticipantsOnly));
        Assert.Contains("office-unknown", Codes(file, Case.ParticipantsOnly));
    }

    [Fact]
    public void A_receipt_by_a_node_key_that_was_taken_back_before_fails()
    {
        var without = World.Qn.Core() with
        {
            NodeKeys = [new NodeKeyGrant(World.Qx.Node.PublicKey, World.Made, World.Made.AddDays(200))],
        };
        var file = Case.File with { Entries = [.. Case.File.Entries, World.Qn.Entry(2, core: without).Octets] };
        Assert.Contains("node-key-not-valid-then", Codes(file, Case.ParticipantsOnly));
        var before = Case.NoticeReceipt with { At = World.Made.AddMinutes(30) };
        file = file with { Receipts = [Case.Sign(before, World.Qn)] };
        Assert.DoesNotContain("node-key-not-valid-then", Codes(file, Case.ParticipantsOnly));
    }

    [Fact]
    public void A_receipt_for_an_unopened_envelope_is_only_claimed()
    {
        var stored = new Receipt
        {
            Level = ReceiptLevel.Stored,
            Office = World.Qn.Office,
            EnvelopeDigest = Digest.Of("any envelope"u8),
            At = World.Now,
        };
        var file = Case.File with { Receipts = [Case.Sign(stored, World.Qn)] };
        var line = EvidenceVerifier.Verify(file.ToJson(), Case.RootOnly).Lines.Single(l => l.Item == "receipts[0]");
        Assert.Equal(EvidenceVerdict.Claimed, line.Verdict);
        Assert.DoesNotContain("proven", line.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_receipt_with_two_signatures_is_not_proven()
    {
        // The name of a key whose time it is, over the good signature of a key whose time it is not.
        var one = SignedDocuments.ReadReceipt(Case.Sign(Case.NoticeReceipt, World.Qn)).Value!.Document;
        var two = one.SignedBy(World.Qx.Node);
        var file = Case.File with { Receipts = [two.ToJson()] };
        Assert.Contains("receipt-unreadable", Codes(file));
    }

    [Fact]
    public void A_receipt_under_the_name_of_a_node_key_that_did_not_sign_it_fails()
    {
        var good = Encoding.ASCII.GetString(Case.Sign(Case.NoticeReceipt, World.Qn).ToArray());
        var at = good.IndexOf("value\":\"", StringComparison.Ordinal) + 8;
        var changed = good[..at] + (good[at] == 'A' ? 'B' : 'A') + good[(at + 1)..];
        var file = Case.File with { Receipts = [Encoding.ASCII.GetBytes(changed)] };
        Assert.Contains("signature-bad", Codes(file));
        Assert.DoesNotContain("signature-bad", Codes(Case.File));
    }

    [Fact]
    public void Statements_receipts_and_errors_have_exactly_one_signature()
    {
        var error = new ErrorNotice
        {
            Code = "x",
            Office = World.Qn.Office,
            To = World.Qm.Office,
            At = World.Now,
        };
        var statement = SignedDocuments.Sign(Case.NoticeStatement, World.Qm.OfficeKey, World.Now).Document;
        var notice = SignedDocuments.Sign(error, World.Qn.Node).Document;
        Assert.True(SignedDocuments.ReadError(notice.ToJson()).IsGood);
        Assert.Equal("signatures", SignedDocuments.ReadError(notice.SignedBy(World.Qx.Node).ToJson()).Fault?.Path);
        Assert.Equal(
            "signatures",
            SignedDocuments.ReadStatement(statement.SignedBy(World.Qx.Node).ToJson()).Fault?.Path
        );
    }

    [Fact]
    public void An_acknowledgement_without_what_it_answers_fails_a_line_and_nothing_else()
    {
        var lone = Case.ReplyStatement with { InReplyTo = null };
        var file = Case.File with { Statements = [Case.File.Statements[0], Case.Sign(lone, World.Qn)] };
        var report = EvidenceVerifier.Verify(file.ToJson(), Case.RootOnly);
        Assert.Contains(report.Lines, l => l is { Item: "statements[1]", Code: "statement-unreadable" });
        Assert.Contains(report.Lines, l => l is { Item: "statements[0]", Verdict: EvidenceVerdict.Proven });
    }

    private static List<string?> Codes(EvidenceFile file, TrustFile? trust = null) =>
        [
            .. EvidenceVerifier
                .Verify(file.ToJson(), trust ?? Case.RootOnly)
                .Lines.Where(line => line.Verdict == EvidenceVerdict.Failed)
                .Select(line => line.Code),
        ];

    private static string Show(EvidenceReport report) => string.Join('\n', report.Lines);
}
