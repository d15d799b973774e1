using Comity.OpenPgp;
using static Comity.Libraries.Tests.OpenPgp.Parties;

namespace Comity.Libraries.Tests.OpenPgp;

/// <summary>Other implementations read what we seal, and we what they seal, with keys of every algorithm.</summary>
[Collection(nameof(ForeignKeys))]
public sealed class OtherJudgeTests(ForeignKeys keys)
{
    private const string Script = """
        const openpgp = require('openpgp'), fs = require('fs');
        (async () => {
          const theirs = await openpgp.readPrivateKey({ binaryKey: fs.readFileSync(process.argv[1]) });
          const qm = await openpgp.readKey({ binaryKey: fs.readFileSync('qm.pub') });
          const qn = await openpgp.readKey({ binaryKey: fs.readFileSync('qn.pub') });
          const message = await openpgp.readMessage({ binaryMessage: fs.readFileSync('m') });
          const { data } = await openpgp.decrypt({ message, decryptionKeys: theirs, verificationKeys: qm,
            expectSigned: true, format: 'binary' });
          fs.writeFileSync('out', data);
          for (const [file, recipient] of [['to-qn', qn], ['to-them', theirs.toPublic()]]) {
            const content = await openpgp.createMessage({ binary: data });
            fs.writeFileSync(file, await openpgp.encrypt({ message: content, encryptionKeys: recipient,
              signingKeys: theirs, format: 'binary' }));
          }
        })().catch(fault => { console.error(fault); process.exit(1); });
        """;

    private static readonly byte[] Text = [.. Enumerable.Range(0, 9_000).Select(i => (byte)(i % 251))];

    public static TheoryData<string> OfRnp => Judges.Of(Judges.Rnp);

    public static TheoryData<string> OfOpenPgpJs => Judges.Of(Judges.OpenPgpJs);

    [Theory]
    [MemberData(nameof(OfRnp))]
    public void Rnp_reads_what_we_seal_to_such_a_key_and_we_what_it_seals(string algorithm)
    {
        Needs.Program("rnp", "gnupg");
        var key = keys.Of(algorithm);
        var home = keys.Gpg.Put($"rnp-{algorithm}", []);
        File.Delete(home);
        global::System.IO.Directory.CreateDirectory(home);
        PutMessage(key);
        foreach (var file in new[] { key.SecretFile, "qm.pub", "qn.pub" })
            Run("rnpkeys", "--homedir", home, "--import", file);
        var said = Run("rnp", "--homedir", home, "--notty", "--overwrite", "--decrypt", "m", "--output", "out");
        Assert.Matches("Good signature", said);
        Assert.Equal(Text, keys.Gpg.Get("out"));
        foreach (var recipient in new[] { Qn, key.Secret })
        {
            string[] from = ["-u", key.Certificate.Fingerprint, "-r", recipient.Certificate.Fingerprint];
            Run("rnp", ["--homedir", home, "--notty", "--overwrite", "-e", "-s", .. from, "--output", "m", "out"]);
            Assert.Equal(Text, Content(keys.Gpg.Get("m"), recipient, key.Certificate));
        }
    }

    [Theory]
    [MemberData(nameof(OfOpenPgpJs))]
    public void OpenPGP_js_reads_what_we_seal_to_such_a_key_and_we_what_it_seals(string algorithm)
    {
        NeedsOpenPgpJs(keys.Gpg);
        var key = keys.Of(algorithm);
        PutMessage(key);
        Run("node", "-e", Script, key.SecretFile);
        Assert.Equal(Text, keys.Gpg.Get("out"));
        Assert.Equal(Text, Content(keys.Gpg.Get("to-qn"), Qn, key.Certificate));
        Assert.Equal(Text, Content(keys.Gpg.Get("to-them"), key.Secret, key.Certificate));
    }

    internal static void NeedsOpenPgpJs(Gpg gpg)
    {
        Needs.Program("node", "node");
        Needs.That(
            "node",
            gpg.Start("node", ["-e", "require('openpgp')"]).Code == 0,
            "the package openpgp where node finds it (NODE_PATH)"
        );
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

    /// <summary>What QM seals to the key, with the certificates that are needed.</summary>
    private void PutMessage(ForeignKey key)
    {
        keys.Gpg.Put("qm.pub", Qm.Certificate.ToOctets());
        keys.Gpg.Put("qn.pub", Qn.Certificate.ToOctets());
        using var output = new MemoryStream();
        Assert.True(Sealing.Seal(new MemoryStream(Text), output, Qm, key.Certificate, Now.AddMinutes(5)).IsSealed);
        keys.Gpg.Put("m", output.ToArray());
    }

    private string Run(string program, params string[] arguments)
    {
        var (code, said) = keys.Gpg.Start(program, arguments);
        Assert.True(code == 0, said);
        return said;
    }
}
