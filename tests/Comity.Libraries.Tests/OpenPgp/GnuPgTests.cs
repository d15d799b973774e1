using Comity.OpenPgp;
using static Comity.Libraries.Tests.OpenPgp.Parties;

namespace Comity.Libraries.Tests.OpenPgp;

public sealed class GnuPgTests : IDisposable
{
    private const string Passphrase = "correct horse ümlaut";
    private static readonly byte[] Text =
    [
        .. "Content for QN\r\n"u8,
        .. Enumerable.Range(0, 40_000).Select(i => (byte)(i % 251)),
    ];

    private readonly Gpg _gpg = new(Now);

    public void Dispose() => _gpg.Dispose();

    [Fact]
    public void GnuPG_decrypts_and_verifies_what_we_seal()
    {
        Import(Qn);
        _gpg.Run("--import", _gpg.Put("qm.asc", System.Text.Encoding.ASCII.GetBytes(Qm.Certificate.ToArmor())));
        _gpg.Put("m", Seal(Text));
        var said = _gpg.Run("--passphrase", Passphrase, "--output", "out", "--decrypt", "m");
        Assert.Matches("GOODSIG", said);
        Assert.Matches("DECRYPTION_OKAY", said);
        Assert.Matches($"VALIDSIG {Qm.Certificate.KeysFor(KeyUse.Sign)[0]}", said);
        Assert.Equal(Text, _gpg.Get("out"));
    }

    [Theory]
    [InlineData("default")]
    [InlineData("none")]
    [InlineData("zlib")]
    public void We_open_what_GnuPG_seals(string compression)
    {
        Import(Qm);
        _gpg.Run("--import", _gpg.Put("qn.pub", Qn.Certificate.ToOctets()));
        string[] option = compression switch
        {
            "none" => ["-z", "0"],
            "zlib" => ["--compress-algo", "zlib"],
            _ => ["--personal-compress-preferences", "zip"],
        };
        _gpg.Put("text", Text);
        _gpg.Run([
            "--passphrase",
            Passphrase,
            .. option,
            "--local-user",
            Qm.Certificate.Fingerprint,
            "--recipient",
            Qn.Certificate.Fingerprint,
            "--output",
            "m",
            "--sign",
            "--encrypt",
            "text",
        ]);
        var opening = Open(_gpg.Get("m"));
        Assert.Null(opening.Refusal);
        var verifying = opening.Opened!.Verify(Qm.Certificate, Now.AddMinutes(5));
        Assert.Null(verifying.Refusal);
        using var content = verifying.Content!;
        Assert.Equal(Text, content.Octets.ToArray());
        Assert.Equal(IntendedRecipient.Absent, content.IntendedRecipient);
    }

    [Fact]
    public void GnuPG_imports_every_profile_and_lists_its_keys_with_their_use()
    {
        Import(QmParticipant);
        var said = _gpg.Run("--with-colons", "--list-secret-keys", QmParticipant.Certificate.Fingerprint);
        Assert.Matches("(?m)^sec:[^:]*:255:22:.*:cSC?:", said);
        Assert.Matches("(?m)^ssb:[^:]*:255:22:.*:s:", said);
        Import(Qn);
        said = _gpg.Run("--with-colons", "--list-secret-keys", Qn.Certificate.Fingerprint);
        Assert.Matches("(?m)^ssb:[^:]*:255:18:.*:e:", said);
    }

    [Fact]
    public void GnuPG_imports_a_key_whose_primary_secret_stays_offline()
    {
        _gpg.Run("--import", _gpg.Put("sub", QmParticipant.ToOctetsWithoutPrimary()));
        var said = _gpg.Run("--with-colons", "--list-secret-keys");
        Assert.Matches("(?m)^sec:.*:#:", said);
        _gpg.Put("text", Text);
        _gpg.Run("--passphrase", "", "--output", "sig", "--detach-sign", "text");
        Assert.True(DetachedSignature.Verify(QmParticipant.Certificate, Text, _gpg.Get("sig")).IsGood);
    }

    [Fact]
    public void We_read_the_secret_key_that_GnuPG_made_and_exports()
    {
        _gpg.Run("--passphrase", Passphrase, "--quick-gen-key", "QP <qp@qp.example>", "ed25519", "cert", "1y");
        var fingerprint = Fingerprint(_gpg.Run("--with-colons", "--list-keys"));
        _gpg.Run("--passphrase", Passphrase, "--quick-add-key", fingerprint, "ed25519", "sign", "1y");
        _gpg.Run("--passphrase", Passphrase, "--quick-add-key", fingerprint, "cv25519", "encr", "1y");
        _gpg.Run("--passphrase", Passphrase, "--armor", "--output", "sec", "--export-secret-keys", fingerprint);
        _gpg.Run("--passphrase", Passphrase, "--output", "sub", "--export-secret-subkeys", fingerprint);

        using var key = SecretKey.Read(_gpg.Get("sec"), Passphrase).Key!;
        Assert.True(key.HasPrimary);
        Assert.Equal(KeyRefusal.PassphraseWrong, SecretKey.Read(_gpg.Get("sec"), "other").Refusal);
        using var without = SecretKey.Read(_gpg.Get("sub"), Passphrase).Key!;
        Assert.False(without.HasPrimary);
        Assert.Equal(fingerprint, without.Certificate.Fingerprint);

        using var content = Open(Seal(Text, key, key.Certificate), without)
            .Opened!.Verify(key.Certificate, Now)
            .Content!;
        Assert.Equal(Text, content.Octets.ToArray());
    }

    [Fact]
    public void Detached_signatures_are_verified_both_ways()
    {
        Import(Qm);
        _gpg.Put("text", Text);
        _gpg.Put("ours", DetachedSignature.Sign(Qm, Text, Now));
        Assert.Matches("GOODSIG", _gpg.Run("--verify", "ours", "text"));
        _gpg.Run("--passphrase", Passphrase, "--output", "theirs", "--detach-sign", "text");
        var check = DetachedSignature.Verify(Qm.Certificate, Text, _gpg.Get("theirs"));
        Assert.Null(check.Fault);
        Assert.InRange(check.SignedAt, Now, Now.AddMinutes(5));
    }

    [Fact]
    public void GnuPG_takes_our_revocation_and_we_take_what_it_then_exports()
    {
        _gpg.Run("--import", _gpg.Put("qm", Qm.Certificate.ToOctets()));
        var revocation = Qm.RevocationCertificate(RevocationReason.Compromised, Now);
        var armored = Armor.Write(ArmorKind.PublicKey, revocation);
        // Without a trust database, which "trust always" never makes, gpg imports the revocation and then complains.
        _gpg.Try("--import", _gpg.Put("rev", System.Text.Encoding.ASCII.GetBytes(armored)));
        Assert.Matches("(?m)^pub:r:", _gpg.Run("--with-colons", "--list-keys"));
        _gpg.Run("--output", "out", "--export");
        var read = Certificate.Read(_gpg.Get("out")).Certificate!;
        Assert.Equal(KeyStanding.RevokedCompromised, read.Standing(KeyUse.Sign, Now));
    }

    [Fact]
    public void GnuPG_finds_our_certification_good()
    {
        var certified = QmParticipant.Certify(Qm.Certificate, Now);
        _gpg.Run("--import", _gpg.Put("p", QmParticipant.Certificate.ToOctets()));
        _gpg.Run("--import", _gpg.Put("o", certified.ToOctets()));
        var said = _gpg.Run("--with-colons", "--check-signatures", Qm.Certificate.Fingerprint);
        Assert.Matches($"(?m)^sig:!:.*:{QmParticipant.Certificate.Fingerprint[24..]}:", said);
    }

    [Fact]
    public void Sequoia_checks_the_recipient_that_we_name()
    {
        if (!Gpg.Exists("sqop"))
            Assert.Skip("needs sqop");
        var qn = _gpg.Put("qn", Qn.ToOctets());
        var qm = _gpg.Put("qm", Qm.Certificate.ToOctets());
        var verifications = Path.Combine(_gpg.Home, "verifications");
        string[] decrypt = ["decrypt", $"--verify-with={qm}", $"--verify-out={verifications}", qn];

        var (code, said) = _gpg.Start("sqop", decrypt, Seal("for QN"u8.ToArray()));
        Assert.True(code == 0, said);
        Assert.Matches(Qm.Certificate.Fingerprint, File.ReadAllText(verifications));

        File.Delete(verifications);
        var (_, refused) = _gpg.Start("sqop", decrypt, Craft.Encrypted(Craft.Signed(w => Craft.For(w, Qx))));
        Assert.False(
            File.Exists(verifications)
                && File.ReadAllText(verifications).Contains(Qm.Certificate.Fingerprint, StringComparison.Ordinal),
            refused
        );
    }

    [Fact]
    public void RSA_below_3072_bits_is_refused()
    {
        _gpg.Run("--passphrase", "", "--quick-gen-key", "QR <qr@qr.example>", "rsa2048", "sign", "1y");
        _gpg.Run("--output", "pub", "--export");
        Assert.Equal(KeyRefusal.AlgorithmRefused, Certificate.Read(_gpg.Get("pub")).Refusal);
    }

    [Fact]
    public void A_self_signature_over_SHA_1_is_refused()
    {
        _gpg.Run(
            "--passphrase",
            "",
            "--cert-digest-algo",
            "SHA1",
            "--quick-gen-key",
            "QR <qr@qr.example>",
            "ed25519",
            "sign",
            "1y"
        );
        _gpg.Run("--output", "pub", "--export");
        Assert.Equal(KeyRefusal.WeakSelfSignature, Certificate.Read(_gpg.Get("pub")).Refusal);
    }

    private void Import(SecretKey key)
    {
        var armored = key.Export(Passphrase);
        _gpg.Run(
            "--passphrase",
            Passphrase,
            "--import",
            _gpg.Put("k.asc", System.Text.Encoding.ASCII.GetBytes(armored))
        );
    }

    private static string Fingerprint(string listing) =>
        listing.Split('\n').First(line => line.StartsWith("fpr:", StringComparison.Ordinal)).Split(':')[9];
}
