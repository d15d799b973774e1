using System.Text;
using Comity.OpenPgp;
using static Comity.Libraries.Tests.OpenPgp.Parties;

namespace Comity.Libraries.Tests.OpenPgp;

public sealed class SecretKeyTests
{
    [Fact]
    public void A_secret_key_is_read_back_with_everything_it_can_do()
    {
        using var read = SecretKey.Read(Qn.ToOctets(), null).Key!;
        Assert.Equal(Qn.Certificate.ToOctets(), read.Certificate.ToOctets());
        Assert.True(read.HasPrimary);
        using var content = Open(Seal([1, 2, 3]), read).Opened!.Verify(Qm.Certificate, Now).Content!;
        Assert.Equal([1, 2, 3], content.Octets.ToArray());
    }

    [Fact]
    public void Without_its_primary_secret_a_key_signs_but_does_not_certify()
    {
        using var read = SecretKey.Read(QmParticipant.ToOctetsWithoutPrimary(), null).Key!;
        Assert.False(read.HasPrimary);
        Assert.True(DetachedSignature.Verify(read.Certificate, [1], DetachedSignature.Sign(read, [1], Now)).IsGood);
        Assert.Throws<InvalidOperationException>(() => read.Certify(Qm.Certificate, Now));
        Assert.Throws<InvalidOperationException>(() => read.CertifyStatement("core@comity.invalid", "x", Now));
        using var again = SecretKey.Read(read.ToOctets(), null).Key!;
        Assert.False(again.HasPrimary);
    }

    [Fact]
    public void An_export_opens_with_its_passphrase_only()
    {
        var armored = Encoding.ASCII.GetBytes(Qm.Export("a passphrase"));
        Assert.Equal(KeyRefusal.PassphraseWrong, SecretKey.Read(armored, "another").Refusal);
        Assert.Equal(KeyRefusal.PassphraseWrong, SecretKey.Read(armored, null).Refusal);
        using var read = SecretKey.Read(armored, "a passphrase").Key!;
        Assert.Equal(Qm.ToOctets(), read.ToOctets());
    }

    [Fact]
    public void An_export_shows_nothing_of_the_secret()
    {
        var plain = Craft.Packets(Qm.ToOctets())[0].Body[^34..^2];
        var octets = Armor.Read(ArmorKind.PrivateKey, Encoding.ASCII.GetBytes(Qm.Export("a passphrase")))!;
        Assert.Equal(-1, octets.AsSpan().IndexOf(plain));
    }

    [Fact]
    public void A_secret_that_does_not_belong_to_its_key_is_refused()
    {
        var (ours, theirs) = (Craft.Packets(Qm.ToOctets()), Craft.Packets(Qx.ToOctets()));
        var length = Craft.Packets(Qm.Certificate.ToOctets())[0].Body.Length;
        ours[0] = (ours[0].Tag, [.. ours[0].Body[..length], .. theirs[0].Body[length..]]);
        var octets = ours.SelectMany(p => Craft.Packet(p.Tag, p.Body)).ToArray();
        Assert.Equal(KeyRefusal.SecretMismatch, SecretKey.Read(octets, null).Refusal);
    }

    [Fact]
    public void A_certificate_is_not_taken_for_a_secret_key() =>
        Assert.Equal(KeyRefusal.NoSecretMaterial, SecretKey.Read(Qm.Certificate.ToOctets(), null).Refusal);

    [Fact]
    public void An_office_key_of_more_than_two_years_is_not_made() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            SecretKey.Create(KeyProfile.Office, "QM <qm@qm.example>", Made, TimeSpan.FromDays(800))
        );

    [Fact]
    public void A_message_is_not_sealed_with_or_to_an_expired_key()
    {
        using var output = new MemoryStream();
        var late = Made.AddDays(701);
        using var young = SecretKey.Create(KeyProfile.Office, "QP <qp@qp.example>", late, TimeSpan.FromDays(1));
        var result = Sealing.Seal(new MemoryStream([1]), output, young, Qn.Certificate, late);
        Assert.Equal(new SealingResult(KeyStanding.Usable, KeyStanding.Expired), result);
        result = Sealing.Seal(new MemoryStream([1]), output, Qm, young.Certificate, late);
        Assert.Equal(new SealingResult(KeyStanding.Expired, KeyStanding.Usable), result);
        Assert.Equal(0, output.Length);
    }

    [Fact]
    public void Disposing_takes_the_secrets_away()
    {
        var key = Office("QT <qt@qt.example>");
        key.Dispose();
        Assert.False(key.HasPrimary);
        Assert.Throws<InvalidOperationException>(() => DetachedSignature.Sign(key, [1], Now));
    }
}
