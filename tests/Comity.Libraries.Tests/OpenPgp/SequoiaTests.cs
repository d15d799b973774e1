using Comity.OpenPgp;
using static Comity.Libraries.Tests.OpenPgp.Parties;

namespace Comity.Libraries.Tests.OpenPgp;

/// <summary>Sequoia's sq: it makes keys, opens what we seal, and seals what we open; and what judges cannot do, they say.</summary>
[Collection(nameof(ForeignKeys))]
public sealed class SequoiaTests(ForeignKeys keys)
{
    private static readonly byte[] Text = [.. Enumerable.Range(0, 9_000).Select(i => (byte)(i % 251))];

    public static TheoryData<string> Algorithms => Judges.Of(Judges.Sequoia);

    public static TheoryData<string, string, string> Refusals => Judges.Refusals();

    [Theory]
    [InlineData("cv25519")]
    [InlineData("rsa3k")]
    [InlineData("rsa4k")]
    public void A_key_that_sq_makes_seals_and_signs_both_ways(string suite)
    {
        NeedsSq();
        var file = Path.Combine(keys.Gpg.Home, $"{suite}.pgp");
        string[] made =
        [
            "--userid",
            "QS <qs@qs.example>",
            "--creation-time",
            Now.AddDays(-1).ToString("yyyyMMdd'T'HHmmss", null),
        ];
        string[] life = ["--expires", "never", "--export", file, "--rev-cert", file + ".rev"];
        Run("sq", ["key", "generate", "--cipher-suite", suite, .. made, .. life]);
        using var secret = SecretKey.Read(File.ReadAllBytes(file), null).Key!;

        BothWays(new ForeignKey(secret.Certificate, secret, file));

        // And what it made to take the key back does so with us.
        var revoked = secret.Certificate.WithRevocation(File.ReadAllBytes(file + ".rev"));
        Assert.Equal(KeyStanding.RevokedCompromised, revoked!.Standing(KeyUse.Encrypt, Now));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Sq_reads_what_we_seal_to_such_a_key_and_we_what_it_seals(string algorithm)
    {
        NeedsSq();
        BothWays(keys.Of(algorithm));
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_a_judge_cannot_do_with_such_a_key_it_says_itself(string judge, string algorithm, string words)
    {
        if (judge == Judges.OpenPgpJs)
            OtherJudgeTests.NeedsOpenPgpJs(keys.Gpg);
        else if (judge == Judges.Sequoia)
            NeedsSq();
        else
            Needs.Program(judge, "gnupg");
        var key = keys.Of(algorithm);
        var (pub, text) = (keys.Gpg.Put("pub", key.Certificate.ToOctets()), keys.Gpg.Put("text", Text));
        var (code, said) = judge switch
        {
            Judges.Sequoia => keys.Gpg.Start("sq", ["encrypt", "--recipient-cert", pub, text]),
            Judges.SequoiaSop => keys.Gpg.Start("sqop", ["encrypt", pub]),
            _ => keys.Gpg.Start("node", ["-e", Encrypting]),
        };
        Assert.NotEqual(0, code);
        Assert.Matches(words, said);
    }

    private const string Encrypting = """
        const openpgp = require('openpgp'), fs = require('fs');
        (async () => {
          const key = await openpgp.readKey({ binaryKey: fs.readFileSync('pub') });
          await openpgp.encrypt({ message: await openpgp.createMessage({ text: 'x' }), encryptionKeys: key });
        })().catch(fault => { console.error(String(fault)); process.exit(1); });
        """;

    // Its command line was another one later; a judge whom we do not understand judges nothing.
    private void NeedsSq()
    {
        Needs.Program("sq", "gnupg");
        if (!keys.Gpg.Start("sq", ["--version"]).Said.StartsWith("sq 0.2", StringComparison.Ordinal))
            Assert.Skip("speaks the command line of sq 0.2x only");
    }

    private void BothWays(ForeignKey theirs)
    {
        var gpg = keys.Gpg;
        var (qm, qn) = (gpg.Put("qm.pub", Qm.Certificate.ToOctets()), gpg.Put("qn.pub", Qn.Certificate.ToOctets()));
        var (qmSecret, pub) = (gpg.Put("qm.sec", Qm.ToOctets()), gpg.Put("theirs.pub", theirs.Certificate.ToOctets()));
        using var sealing = new MemoryStream();
        Assert.True(Sealing.Seal(new MemoryStream(Text), sealing, Qm, theirs.Certificate, Now.AddMinutes(5)).IsSealed);
        gpg.Put("m", sealing.ToArray());

        Run("sq", "--force", "decrypt", "--recipient-key", theirs.SecretFile, "--signer-cert", qm, "-o", "out", "m");
        Assert.Equal(Text, gpg.Get("out"));

        // Theirs to QN, and QM's to theirs, sealed and signed by sq.
        Assert.Equal(Text, Content(SealedBySq(theirs.SecretFile, qn), Qn, theirs.Certificate));
        Assert.Equal(Text, Content(SealedBySq(qmSecret, pub), theirs.Secret, Qm.Certificate));
    }

    private byte[] SealedBySq(string signer, string recipient)
    {
        string[] whom = ["--recipient-cert", recipient, "--signer-key", signer];
        Run("sq", ["--force", "encrypt", "--binary", "--compression", "none", .. whom, "-o", "sealed", "out"]);
        return keys.Gpg.Get("sealed");
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

    private void Run(string program, params string[] arguments)
    {
        var (code, said) = keys.Gpg.Start(program, arguments);
        Assert.True(code == 0, said);
    }
}
