using Comity.OpenPgp;
using static Comity.Libraries.Tests.OpenPgp.Parties;

namespace Comity.Libraries.Tests.OpenPgp;

/// <summary>Correspondents' keys of other algorithms than ours, both ways, with GnuPG and Sequoia as judges.</summary>
[Collection(nameof(ForeignKeys))]
public sealed class ForeignKeyTests(ForeignKeys keys)
{
    private const string Passphrase = "correct horse ümlaut";
    private static readonly DateTime Later = Now.AddMinutes(5);

    private static readonly byte[] Text =
    [
        .. "Content for QR\r\n"u8,
        .. Enumerable.Range(0, 20_000).Select(i => (byte)(i % 251)),
    ];

    public static TheoryData<string> Algorithms => Judges.Of(Judges.GnuPg);

    public static TheoryData<string> OfSequoia => Judges.Of(Judges.SequoiaSop);

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void GnuPG_opens_what_we_seal_to_its_key_and_finds_our_signature_good(string algorithm)
    {
        var theirs = keys.Of(algorithm);
        ImportOurs();
        keys.Gpg.Put("m", Sealed(Qm, theirs.Certificate));
        var said = keys.Gpg.Run("--output", "out", "--decrypt", "m");
        Assert.Matches("DECRYPTION_OKAY", said);
        Assert.Matches($"VALIDSIG {Qm.Certificate.KeysFor(KeyUse.Sign)[0]}", said);
        Assert.Equal(Text, keys.Gpg.Get("out"));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void We_open_what_GnuPG_seals_to_us_and_signs_with_its_key(string algorithm)
    {
        var theirs = keys.Of(algorithm);
        ImportOurs();
        Assert.Equal(Text, Content(SealedByGnuPG(theirs, Qn.Certificate), Qn, theirs.Certificate));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void We_open_with_an_imported_key_what_GnuPG_seals_to_it(string algorithm)
    {
        var ours = keys.Of(algorithm);
        Assert.Equal(Text, Content(SealedByGnuPG(ours, ours.Certificate), ours.Secret, ours.Certificate));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void GnuPG_verifies_what_we_sign_with_an_imported_key(string algorithm)
    {
        var ours = keys.Of(algorithm);
        keys.Gpg.Put("m", Sealed(ours.Secret, ours.Certificate));
        var said = keys.Gpg.Run("--output", "out", "--decrypt", "m");
        Assert.Matches($"VALIDSIG {ours.Certificate.Fingerprint}", said);
        Assert.Equal(Text, keys.Gpg.Get("out"));
        Assert.Equal(Text, Content(keys.Gpg.Get("m"), ours.Secret, ours.Certificate));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Detached_signatures_are_verified_both_ways(string algorithm)
    {
        var key = keys.Of(algorithm);
        keys.Gpg.Put("text", Text);
        keys.Gpg.Put("ours", DetachedSignature.Sign(key.Secret, Text, Later));
        Assert.Matches("GOODSIG", keys.Gpg.Run("--verify", "ours", "text"));
        keys.Gpg.Run("-u", key.Certificate.Fingerprint, "--output", "theirs", "--detach-sign", "text");
        Assert.Null(DetachedSignature.Verify(key.Certificate, Text, keys.Gpg.Get("theirs")).Fault);
        Assert.Equal(
            SignatureFault.DoesNotVerify,
            DetachedSignature.Verify(key.Certificate, [.. Text, 0], keys.Gpg.Get("theirs")).Fault
        );
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void An_imported_key_is_kept_octet_for_octet_and_exported_under_a_passphrase(string algorithm)
    {
        var key = keys.Of(algorithm);
        using var again = SecretKey.Read(key.Secret.ToOctets(), null).Key!;
        Assert.Equal(key.Secret.ToOctets(), again.ToOctets());
        Assert.Equal(key.Certificate.KeysFor(KeyUse.Encrypt), again.Certificate.KeysFor(KeyUse.Encrypt));
        var armored = System.Text.Encoding.ASCII.GetBytes(key.Secret.Export(Passphrase));
        using var exported = SecretKey.Read(armored, Passphrase).Key!;
        Assert.Equal(key.Secret.ToOctets(), exported.ToOctets());
        using var gpg = new Gpg(Later);
        gpg.Run("--passphrase", Passphrase, "--import", gpg.Put("k.asc", armored));
        gpg.Put("text", Text);
        gpg.Run("--passphrase", Passphrase, "--output", "sig", "--detach-sign", "text");
        Assert.True(DetachedSignature.Verify(key.Certificate, Text, gpg.Get("sig")).IsGood);
    }

    [Theory]
    [MemberData(nameof(OfSequoia))]
    public void Sequoia_reads_what_we_seal_to_such_a_key_and_we_what_it_seals(string algorithm)
    {
        Needs.Program("sqop", "gnupg");
        var key = keys.Of(algorithm);
        var gpg = keys.Gpg;
        var (qm, qn) = (gpg.Put("qm", Qm.ToOctets()), gpg.Put("qn", Qn.Certificate.ToOctets()));
        var (theirs, verified) = (gpg.Put("pub", key.Certificate.ToOctets()), Path.Combine(gpg.Home, "verified"));
        gpg.Put("qm.pub", Qm.Certificate.ToOctets());
        File.Delete(verified);
        string[] decrypt = ["decrypt", "--verify-with=qm.pub", $"--verify-out={verified}", key.SecretFile];
        var (code, said) = gpg.Start("sqop", decrypt, Sealed(Qm, key.Certificate));
        Assert.True(code == 0, said);
        Assert.Matches(Qm.Certificate.Fingerprint, File.ReadAllText(verified));

        Assert.Equal(Text, Content(SealedBySequoia(key.SecretFile, qn), Qn, key.Certificate));
        Assert.Equal(Text, Content(SealedBySequoia(qm, theirs), key.Secret, Qm.Certificate));
    }

    private byte[] SealedBySequoia(string signer, string recipient)
    {
        string[] encrypt = ["encrypt", "--no-armor", $"--sign-with={signer}", recipient];
        var (code, output, errors) = keys.Gpg.Pipe("sqop", encrypt, Text);
        Assert.True(code == 0, errors);
        return output;
    }

    private static byte[] Sealed(SecretKey signer, Certificate recipient)
    {
        using var output = new MemoryStream();
        var result = Sealing.Seal(new MemoryStream(Text), output, signer, recipient, Later);
        Assert.True(result.IsSealed, result.ToString());
        return output.ToArray();
    }

    private static byte[] Content(byte[] octets, SecretKey recipient, Certificate signer)
    {
        var opening = Open(octets, recipient);
        Assert.Null(opening.Refusal);
        var verifying = opening.Opened!.Verify(signer, DateTime.MaxValue);
        Assert.Null(verifying.Refusal);
        using var content = verifying.Content!;
        return content.Octets.ToArray();
    }

    private byte[] SealedByGnuPG(ForeignKey signer, Certificate recipient)
    {
        keys.Gpg.Put("text", Text);
        keys.Gpg.Run(
            "-u",
            signer.Certificate.Fingerprint,
            "-r",
            recipient.Fingerprint,
            "--output",
            "sealed",
            "--sign",
            "--encrypt",
            "text"
        );
        return keys.Gpg.Get("sealed");
    }

    private void ImportOurs()
    {
        keys.Gpg.Run("--import", keys.Gpg.Put("qm.pub", Qm.Certificate.ToOctets()));
        keys.Gpg.Run("--import", keys.Gpg.Put("qn.pub", Qn.Certificate.ToOctets()));
    }
}
