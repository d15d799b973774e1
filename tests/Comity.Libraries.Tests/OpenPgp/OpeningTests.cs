using Comity.OpenPgp;
using Comity.OpenPgp.Packets;
using Org.BouncyCastle.Bcpg;
using static Comity.Libraries.Tests.OpenPgp.Craft;
using static Comity.Libraries.Tests.OpenPgp.Parties;

namespace Comity.Libraries.Tests.OpenPgp;

public sealed class OpeningTests
{
    [Fact]
    public void What_is_sealed_is_opened_byte_for_byte()
    {
        var content = Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7)).ToArray();
        using var opened = Open(Seal(content)).Opened!;
        Assert.Equal(Qm.Certificate.KeysFor(KeyUse.Sign)[0], opened.ClaimedSignerFingerprint);
        using var verified = opened.Verify(Qm.Certificate, Now).Content!;
        Assert.Equal(content, verified.Octets.ToArray());
        Assert.Equal(Now, verified.SignedAt);
        Assert.Equal(IntendedRecipient.Named, verified.IntendedRecipient);
        Assert.Equal(Qm.Certificate.Fingerprint, verified.SignerFingerprint);
        Assert.Equal(KeyStanding.Usable, verified.SignerStandingNow);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(65535)]
    [InlineData(65536)]
    public void Every_length_of_content_survives(int length)
    {
        using var verified = Open(Seal(new byte[length])).Opened!.Verify(Qm.Certificate, Now).Content!;
        Assert.Equal(length, verified.Octets.Length);
    }

    [Fact]
    public void The_crafted_message_that_breaks_no_rule_is_opened() => Assert.Null(RefusalOf(Encrypted(Signed())));

    [Fact]
    public void An_envelope_without_integrity_protection_is_refused() =>
        Assert.Equal(OpeningRefusal.IntegrityProtectionMissing, RefusalOf(Encrypted(Signed(), mdc: false)));

    [Fact]
    public void A_damaged_modification_detection_code_is_refused()
    {
        var octets = Encrypted(Signed());
        octets[^3] ^= 1;
        Assert.Equal(OpeningRefusal.IntegrityBroken, RefusalOf(octets));
    }

    [Fact]
    public void A_damaged_content_is_refused_before_it_is_read()
    {
        var octets = Encrypted(Signed());
        octets[^60] ^= 1;
        Assert.Equal(OpeningRefusal.IntegrityBroken, RefusalOf(octets));
    }

    [Fact]
    public void Two_session_keys_are_refused() =>
        Assert.Equal(OpeningRefusal.MoreThanOneRecipient, RefusalOf(Encrypted(Signed(), recipients: [Qn, Qx])));

    [Fact]
    public void A_message_for_somebody_else_is_refused() =>
        Assert.Equal(OpeningRefusal.NotAddressedToUs, RefusalOf(Encrypted(Signed(), recipients: [Qx])));

    [Fact]
    public void A_session_key_for_nobody_by_name_is_refused()
    {
        var packets = Packets(Encrypted(Signed()));
        packets[0].Body.AsSpan(1, 8).Clear();
        Assert.Equal(OpeningRefusal.NotAddressedToUs, RefusalOf([.. packets.SelectMany(p => Packet(p.Tag, p.Body))]));
    }

    [Fact]
    public void A_session_key_of_another_message_is_refused()
    {
        var (one, other) = (Packets(Encrypted(Signed())), Packets(Encrypted(Signed())));
        byte[] mixed = [.. Packet(one[0].Tag, one[0].Body), .. Packet(other[1].Tag, other[1].Body)];
        Assert.Equal(OpeningRefusal.IntegrityBroken, RefusalOf(mixed));
    }

    [Theory]
    [InlineData(SymmetricKeyAlgorithmTag.TripleDes)]
    [InlineData(SymmetricKeyAlgorithmTag.Cast5)]
    [InlineData(SymmetricKeyAlgorithmTag.Twofish)]
    [InlineData(SymmetricKeyAlgorithmTag.Camellia256)]
    public void Ciphers_other_than_AES_are_refused(SymmetricKeyAlgorithmTag cipher) =>
        Assert.Equal(OpeningRefusal.CipherRefused, RefusalOf(Encrypted(Signed(), cipher: cipher)));

    [Theory]
    [InlineData(SymmetricKeyAlgorithmTag.Aes128)]
    [InlineData(SymmetricKeyAlgorithmTag.Aes192)]
    public void The_shorter_keys_of_AES_are_read(SymmetricKeyAlgorithmTag cipher) =>
        Assert.Null(RefusalOf(Encrypted(Signed(), cipher: cipher)));

    [Fact]
    public void Version_2_of_protected_data_is_refused()
    {
        var packets = Packets(Encrypted(Signed()));
        packets[1].Body[0] = 2;
        Assert.Equal(
            OpeningRefusal.EncryptionUnsupported,
            RefusalOf([.. packets.SelectMany(p => Packet(p.Tag, p.Body))])
        );
    }

    [Fact]
    public void Something_after_the_envelope_is_refused()
    {
        byte[] octets = [.. Encrypted(Signed()), .. Literal(Text)];
        Assert.Equal(OpeningRefusal.TrailingData, RefusalOf(octets));
        Assert.Equal(OpeningRefusal.TrailingData, RefusalOf([.. Encrypted(Signed()), 0]));
    }

    [Fact]
    public void Something_before_the_envelope_is_refused() =>
        Assert.Equal(OpeningRefusal.NotSealed, RefusalOf([.. Literal(Text), .. Encrypted(Signed())]));

    [Fact]
    public void A_signed_message_that_is_not_sealed_is_refused() =>
        Assert.Equal(OpeningRefusal.NotSealed, RefusalOf(Signed()));

    [Fact]
    public void Nothing_at_all_is_refused() => Assert.Equal(OpeningRefusal.NotSealed, RefusalOf([]));

    [Fact]
    public void More_octets_than_the_limit_are_refused()
    {
        var octets = Encrypted(Signed());
        Assert.Null(RefusalOf(octets, limits: new OpeningLimits(octets.Length, 1000)));
        Assert.Equal(OpeningRefusal.TooLarge, RefusalOf(octets, limits: new OpeningLimits(octets.Length - 1, 1000)));
    }
}
