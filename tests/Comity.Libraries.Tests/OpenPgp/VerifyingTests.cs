using Comity.OpenPgp;
using Comity.OpenPgp.Packets;
using CsCheck;
using static Comity.Libraries.Tests.OpenPgp.Craft;
using static Comity.Libraries.Tests.OpenPgp.Parties;

namespace Comity.Libraries.Tests.OpenPgp;

public sealed class VerifyingTests
{
    // A session key packet of one octet of length, as RFC 9580, 4.2.2 writes it.
    private const byte OlderForm = 0x84;

    [Fact]
    public void The_right_name_with_the_wrong_key_is_refused()
    {
        using var impostor = Office(Qm.Certificate.UserId);
        Assert.Equal(OpeningRefusal.OtherSigner, RefusalOf(Seal(Text, impostor)));
    }

    [Fact]
    public void A_signature_over_other_content_is_refused()
    {
        byte[] inner = [.. OnePass(Qm), .. Literal("Other."u8.ToArray()), .. Signature(Qm, Text)];
        Assert.Equal(OpeningRefusal.SignatureBad, RefusalOf(Encrypted(inner)));
    }

    [Fact]
    public void After_a_refusal_the_content_can_still_be_had_with_the_right_certificate()
    {
        using var opened = Open(Seal(Text)).Opened!;
        Assert.Null(opened.Verify(Qx.Certificate, Now).Content);
        using var content = opened.Verify(Qm.Certificate, Now).Content!;
        Assert.Equal(Text, content.Octets.ToArray());
    }

    [Fact]
    public void Content_is_handed_over_once()
    {
        using var opened = Open(Seal(Text)).Opened!;
        using var content = opened.Verify(Qm.Certificate, Now).Content!;
        Assert.Throws<ObjectDisposedException>(() => opened.Verify(Qm.Certificate, Now));
    }

    [Fact]
    public void Content_is_wiped_when_it_is_disposed_of()
    {
        using var opened = Open(Seal(Text)).Opened!;
        var content = opened.Verify(Qm.Certificate, Now).Content!;
        var octets = content.Octets;
        content.Dispose();
        Assert.All(octets.ToArray(), octet => Assert.Equal(0, octet));
    }

    [Fact]
    public void A_signature_older_than_its_key_is_refused()
    {
        byte[] inner = [.. OnePass(Qm), .. Literal(Text), .. Signature(Qm, Text, at: Made.AddDays(-1))];
        using var opened = Open(Encrypted(inner)).Opened!;
        var result = opened.Verify(Qm.Certificate, Now);
        Assert.Equal(OpeningRefusal.SignerKeyNotUsable, result.Refusal);
        Assert.Equal(KeyStanding.NotYetValid, result.SignerStanding);
    }

    [Fact]
    public void A_signature_that_says_it_has_expired_is_refused() =>
        Assert.Equal(
            OpeningRefusal.SignatureExpired,
            RefusalOf(
                Encrypted([
                    .. OnePass(Qm),
                    .. Literal(Text),
                    .. Signature(
                        Qm,
                        Text,
                        w => w.AddSeconds(SubpacketType.SignatureExpiration, TimeSpan.FromHours(1)),
                        at: Now.AddHours(-2)
                    ),
                ])
            )
        );

    [Fact]
    public void A_key_that_expired_since_it_signed_is_accepted_and_marked()
    {
        using var opened = Open(Seal(Text)).Opened!;
        using var content = opened.Verify(Qm.Certificate, Made.AddDays(701)).Content!;
        Assert.Equal(KeyStanding.Expired, content.SignerStandingNow);
    }

    [Fact]
    public void A_key_superseded_since_it_signed_is_accepted_and_marked()
    {
        var revoked = Qm.Certificate.WithRevocation(
            Qm.RevocationCertificate(RevocationReason.Superseded, Now.AddDays(1))
        )!;
        using var opened = Open(Seal(Text)).Opened!;
        using var content = opened.Verify(revoked, Now.AddDays(2)).Content!;
        Assert.Equal(KeyStanding.Revoked, content.SignerStandingNow);
    }

    [Fact]
    public void A_key_revoked_as_compromised_is_refused_whenever_it_signed()
    {
        var revoked = Qm.Certificate.WithRevocation(
            Qm.RevocationCertificate(RevocationReason.Compromised, Now.AddDays(1))
        )!;
        using var opened = Open(Seal(Text)).Opened!;
        Assert.Equal(OpeningRefusal.SignerKeyCompromised, opened.Verify(revoked, Now.AddDays(2)).Refusal);
    }

    /// <summary>263 bits are 33 octets, and so are 259: a change that would alter the envelope's digest and nothing else.</summary>
    [Fact]
    public void A_length_in_bits_that_is_not_that_of_its_number_is_refused()
    {
        var octets = Seal(Text);
        Assert.Equal((byte)(263 & 0xff), octets[13]);
        octets[13] ^= 4;
        Assert.Equal(OpeningRefusal.SessionKeyUnreadable, RefusalOf(octets));
    }

    [Fact]
    public void No_change_of_one_bit_is_ever_opened_and_verified()
    {
        var octets = Seal(Text);
        for (var bit = 0; bit < octets.Length * 8; bit++)
        {
            var changed = octets.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(RefusalOf(changed) is not null, $"bit {bit % 8} of octet {bit / 8} may be changed");
        }
    }

    [Fact]
    public void No_change_of_the_head_of_a_packet_is_taken_but_the_older_form_that_GnuPG_writes()
    {
        var octets = Seal(Text);
        var taken = new List<byte>();
        for (var mask = 1; mask < 256; mask++)
        {
            var changed = octets.ToArray();
            changed[0] ^= (byte)mask;
            if (RefusalOf(changed) is null)
                taken.Add(changed[0]);
        }
        Assert.Equal([OlderForm], taken);
    }

    [Fact]
    public void No_change_of_one_octet_is_ever_opened_and_verified()
    {
        var octets = Seal(Text);
        Gen.Select(Gen.Int[0, octets.Length - 1], Gen.Byte[1, 255])
            .Sample(
                (at, mask) =>
                {
                    var changed = octets.ToArray();
                    changed[at] ^= mask;
                    return RefusalOf(changed) is not null || (at == 0 && changed[0] == OlderForm);
                },
                iter: 2000
            );
    }

    [Fact]
    public void No_change_of_one_octet_under_the_encryption_is_ever_verified_as_the_same()
    {
        // Whoever seals can repair the integrity code; the signature must then hold by itself.
        var inner = Signed();
        Gen.Select(Gen.Int[0, inner.Length - 1], Gen.Byte[1, 255])
            .Sample(
                (at, mask) =>
                {
                    var changed = inner.ToArray();
                    changed[at] ^= mask;
                    using var opened = Open(Encrypted(changed)).Opened;
                    using var content = opened?.Verify(Qm.Certificate, Now).Content;
                    return content is null || content.Octets.Span.SequenceEqual(Text);
                },
                iter: 500
            );
    }

    [Fact]
    public void No_truncation_is_ever_opened()
    {
        var octets = Seal(Text);
        for (var length = 0; length < octets.Length; length++)
            Assert.NotNull(RefusalOf(octets[..length]));
    }
}
