using Comity.OpenPgp;
using Comity.OpenPgp.Certificates;
using Comity.OpenPgp.Keys;
using Comity.OpenPgp.Packets;
using static Comity.Libraries.Tests.OpenPgp.Parties;

namespace Comity.Libraries.Tests.OpenPgp;

public sealed class CertificateTests
{
    [Fact]
    public void A_certificate_is_read_back_from_octets_and_from_armor()
    {
        var fromArmor = Certificate.Read(System.Text.Encoding.ASCII.GetBytes(Qm.Certificate.ToArmor())).Certificate!;
        Assert.Equal(Qm.Certificate.ToOctets(), fromArmor.ToOctets());
        Assert.Equal(Qm.Certificate.Fingerprint, fromArmor.Fingerprint);
        Assert.Equal("QM technical <technical@qm.example>", fromArmor.UserId);
        Assert.Equal(Made, fromArmor.Created);
        Assert.Equal(Made.AddDays(700), fromArmor.Expires);
    }

    [Fact]
    public void An_office_signs_and_decrypts_and_its_primary_key_only_certifies()
    {
        var office = Qm.Certificate;
        Assert.Equal(KeyStanding.Usable, office.Standing(KeyUse.Sign, Now));
        Assert.Equal(KeyStanding.Usable, office.Standing(KeyUse.Encrypt, Now));
        Assert.Equal([office.Fingerprint], office.KeysFor(KeyUse.Certify));
        Assert.DoesNotContain(office.Fingerprint, office.KeysFor(KeyUse.Sign));
    }

    [Fact]
    public void A_participant_cannot_be_sealed_to_and_its_entry_key_lives_one_year()
    {
        var participant = QmParticipant.Certificate;
        Assert.Equal(KeyStanding.Missing, participant.Standing(KeyUse.Encrypt, Now));
        Assert.Equal(Made.AddDays(365), participant.UsableUntil(KeyUse.Sign));
        Assert.Equal(Made.AddDays(1500), participant.UsableUntil(KeyUse.Certify));
        Assert.Equal(KeyStanding.Expired, participant.Standing(KeyUse.Sign, Made.AddDays(365)));
        Assert.Equal(KeyStanding.Usable, participant.Standing(KeyUse.Sign, Made.AddDays(365).AddSeconds(-1)));
        Assert.Equal(KeyStanding.Usable, participant.Standing(KeyUse.Certify, Made.AddDays(365)));
    }

    [Fact]
    public void A_new_entry_key_takes_over()
    {
        using var renewed = QmParticipant.WithNewSigningKey(Made.AddDays(300), TimeSpan.FromDays(365));
        Assert.Equal(KeyStanding.Usable, renewed.Certificate.Standing(KeyUse.Sign, Made.AddDays(600)));
        var signature = DetachedSignature.Sign(renewed, [1], Made.AddDays(301));
        var check = DetachedSignature.Verify(renewed.Certificate, [1], signature);
        Assert.True(check.IsGood);
        Assert.Equal(renewed.Certificate.KeysFor(KeyUse.Sign)[1], check.KeyFingerprint);
        Assert.Equal(
            SignatureFault.OtherKey,
            DetachedSignature.Verify(QmParticipant.Certificate, [1], signature).Fault
        );
    }

    [Fact]
    public void A_key_is_not_valid_before_it_was_made() =>
        Assert.Equal(KeyStanding.NotYetValid, Qm.Certificate.Standing(KeyUse.Sign, Made.AddSeconds(-1)));

    [Fact]
    public void A_soft_revocation_counts_from_its_time_and_a_compromise_for_all_time()
    {
        var soft = Qm.Certificate.WithRevocation(Qm.RevocationCertificate(RevocationReason.Retired, Now))!;
        Assert.Equal(KeyStanding.Usable, soft.Standing(KeyUse.Encrypt, Now.AddSeconds(-1)));
        Assert.Equal(KeyStanding.Revoked, soft.Standing(KeyUse.Encrypt, Now));
        foreach (var reason in new[] { RevocationReason.Compromised, RevocationReason.None })
        {
            var hard = Qm.Certificate.WithRevocation(Qm.RevocationCertificate(reason, Now))!;
            Assert.Equal(KeyStanding.RevokedCompromised, hard.Standing(KeyUse.Encrypt, Made));
        }
    }

    [Fact]
    public void The_revocation_of_another_key_revokes_nothing() =>
        Assert.Null(Qm.Certificate.WithRevocation(Qx.RevocationCertificate(RevocationReason.Compromised, Now)));

    [Fact]
    public void A_signing_subkey_without_back_signature_is_ignored()
    {
        var octets = CertificateEditor.Rewrite(Qm.Certificate.ToOctets(), packet => WithoutBackSignature(packet));
        var read = Certificate.Read(octets).Certificate!;
        Assert.Equal(KeyStanding.Missing, read.Standing(KeyUse.Sign, Now));
        Assert.Equal(KeyStanding.Usable, read.Standing(KeyUse.Encrypt, Now));
    }

    [Fact]
    public void A_subkey_of_somebody_else_is_ignored()
    {
        var packets = Craft.Packets(Qx.Certificate.ToOctets());
        var theirs = packets.SkipWhile(p => p.Tag != Tag.PublicSubkey).SelectMany(p => Craft.Packet(p.Tag, p.Body));
        var read = Certificate.Read((byte[])[.. Qm.Certificate.ToOctets(), .. theirs]).Certificate!;
        Assert.Equal(Qm.Certificate.KeysFor(KeyUse.Encrypt), read.KeysFor(KeyUse.Encrypt));
    }

    [Fact]
    public void A_user_id_of_somebody_else_is_not_believed()
    {
        var packets = Craft.Packets(Qm.Certificate.ToOctets());
        packets[1] = (Tag.UserId, "QX technical <technical@qx.example>"u8.ToArray());
        Assert.Equal(
            KeyRefusal.NoValidSelfSignature,
            Certificate.Read(packets.SelectMany(p => Craft.Packet(p.Tag, p.Body)).ToArray()).Refusal
        );
    }

    [Fact]
    public void A_version_6_key_is_refused_in_its_own_words()
    {
        byte[] body = [6, 0, 0, 0, 1, 27, 0, 0, 0, 32, .. new byte[32]];
        Assert.Equal(KeyRefusal.Version6, Certificate.Read(Craft.Packet(Tag.PublicKey, body)).Refusal);
        body[0] = 3;
        Assert.Equal(KeyRefusal.UnsupportedVersion, Certificate.Read(Craft.Packet(Tag.PublicKey, body)).Refusal);
    }

    [Fact]
    public void Two_certificates_in_one_are_refused() =>
        Assert.Equal(
            KeyRefusal.MoreThanOneCertificate,
            Certificate.Read((byte[])[.. Qm.Certificate.ToOctets(), .. Qn.Certificate.ToOctets()]).Refusal
        );

    [Fact]
    public void A_secret_key_is_not_taken_for_a_certificate() =>
        Assert.Equal(KeyRefusal.SecretMaterial, Certificate.Read(Qm.ToOctets()).Refusal);

    [Fact]
    public void Too_large_a_certificate_is_refused() =>
        Assert.Equal(KeyRefusal.TooLarge, Certificate.Read(new byte[2 << 20]).Refusal);

    [Fact]
    public void A_certification_holds_for_its_certifier_and_its_subject_only()
    {
        var certified = QmParticipant.Certify(Qm.Certificate, Now);
        Assert.Equal(Qm.Certificate.Fingerprint, certified.Fingerprint);
        Assert.True(certified.IsCertifiedBy(QmParticipant.Certificate, Now));
        Assert.False(certified.IsCertifiedBy(QmParticipant.Certificate, Now.AddSeconds(-1)));
        Assert.False(certified.IsCertifiedBy(Qx.Certificate, Now));
        Assert.False(Qm.Certificate.IsCertifiedBy(QmParticipant.Certificate, Now));
        var revoked = QmParticipant.Certificate.WithRevocation(
            QmParticipant.RevocationCertificate(RevocationReason.Compromised, Now)
        )!;
        Assert.False(certified.IsCertifiedBy(revoked, Now));
    }

    [Fact]
    public void A_statement_says_one_thing_of_one_key()
    {
        var key = QmParticipant.Certificate;
        var statement = QmParticipant.CertifyStatement("core@comity.invalid", "sha256:00", Now);
        Assert.True(key.VerifyStatement(statement, "core@comity.invalid", "sha256:00", null).IsGood);
        Assert.Equal(
            SignatureFault.OtherStatement,
            key.VerifyStatement(statement, "core@comity.invalid", "sha256:01", null).Fault
        );
        Assert.Equal(
            SignatureFault.OtherStatement,
            key.VerifyStatement(statement, "successor@comity.invalid", "sha256:00", null).Fault
        );
        Assert.Equal(
            SignatureFault.OtherKey,
            Qm.Certificate.VerifyStatement(statement, "core@comity.invalid", "sha256:00", null).Fault
        );
        statement[^1] ^= 1;
        Assert.Equal(
            SignatureFault.DoesNotVerify,
            key.VerifyStatement(statement, "core@comity.invalid", "sha256:00", null).Fault
        );
    }

    [Fact]
    public void A_statement_put_into_the_certificate_changes_nothing()
    {
        var statement = QmParticipant.CertifyStatement("core@comity.invalid", "sha256:00", Now);
        var octets = CertificateEditor.InsertAfterPrimary(QmParticipant.Certificate.ToOctets(), statement);
        var read = Certificate.Read(octets).Certificate!;
        Assert.Equal(QmParticipant.Certificate.Expires, read.Expires);
        Assert.Equal(KeyStanding.Usable, read.Standing(KeyUse.Certify, Now.AddDays(1)));
    }

    [Fact]
    public void A_detached_signature_is_refused_for_other_data_and_other_signers()
    {
        var signature = DetachedSignature.Sign(Qm, [1, 2, 3], Now);
        Assert.True(DetachedSignature.Verify(Qm.Certificate, [1, 2, 3], signature).IsGood);
        Assert.Equal(SignatureFault.DoesNotVerify, DetachedSignature.Verify(Qm.Certificate, [1, 2], signature).Fault);
        Assert.Equal(SignatureFault.OtherKey, DetachedSignature.Verify(Qx.Certificate, [1, 2, 3], signature).Fault);
        Assert.Equal(
            SignatureFault.Malformed,
            DetachedSignature.Verify(Qm.Certificate, [1, 2, 3], [.. signature, .. signature]).Fault
        );
    }

    private static (Tag, byte[])? WithoutBackSignature(Packet packet)
    {
        if (packet.Tag != Tag.Signature || SignaturePacket.Parse(packet.Body.ToArray()) is not { } signature)
            return null;
        if (!signature.Unhashed.Exists(s => s.Type == SubpacketType.EmbeddedSignature))
            return null;
        var body = packet.Body.ToArray();
        var hashed = 6 + (body[4] << 8) + body[5];
        var unhashed = (body[hashed] << 8) + body[hashed + 1];
        // Only the issuer (10 octets, the first) stays.
        return (
            Tag.Signature,
            [.. body[..hashed], 0, 10, .. body[(hashed + 2)..(hashed + 12)], .. body[(hashed + 2 + unhashed)..]]
        );
    }
}
