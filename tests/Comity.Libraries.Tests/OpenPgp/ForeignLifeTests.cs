using Comity.OpenPgp;
using static Comity.Libraries.Tests.OpenPgp.Parties;

namespace Comity.Libraries.Tests.OpenPgp;

/// <summary>Keys that GnuPG lets expire, revokes and rolls over stand with us as they stand with it.</summary>
[Collection(nameof(ForeignKeys))]
public sealed class ForeignLifeTests(ForeignKeys keys)
{
    private const string NextDay = "20260411T120000";
    private const string AfterNext = "20260413T120000";

    public static TheoryData<string> Algorithms => ["ed25519", "nistp384", "brainpoolP256r1", "rsa3072"];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void What_GnuPG_lets_expire_and_revokes_is_so_with_us(string algorithm)
    {
        var fingerprint = keys.Generate(algorithm, "cert,sign", "30d");
        keys.AddEncryption(fingerprint, algorithm);
        var key = Exported(fingerprint);
        Assert.Equal(KeyStanding.Usable, key.Standing(KeyUse.Encrypt, Now.AddDays(29)));
        Assert.Equal(KeyStanding.Expired, key.Standing(KeyUse.Sign, Now.AddDays(31)));
        Assert.Equal(KeyStanding.Expired, key.Standing(KeyUse.Encrypt, Now.AddDays(31)));

        var made = Path.Combine(keys.Gpg.Home, "openpgp-revocs.d", $"{fingerprint}.rev");
        // A colon keeps the revocation that GnuPG makes with each key from being used by mistake.
        var armored = File.ReadAllText(made).Replace(":-----BEGIN", "-----BEGIN", StringComparison.Ordinal);
        var block = armored[armored.IndexOf("-----BEGIN", StringComparison.Ordinal)..];
        var revoked = key.WithRevocation(System.Text.Encoding.ASCII.GetBytes(block))!;
        Assert.Equal(KeyStanding.RevokedCompromised, revoked.Standing(KeyUse.Encrypt, Now));
        keys.Gpg.Try("--import", keys.Gpg.Put("rev", System.Text.Encoding.ASCII.GetBytes(block)));
        Assert.Equal(KeyStanding.RevokedCompromised, Exported(fingerprint).Standing(KeyUse.Sign, Now));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void GnuPG_and_we_seal_to_the_same_subkey_of_a_key_that_was_rolled_over(string algorithm)
    {
        var fingerprint = keys.Generate(algorithm, "cert,sign", "never");
        keys.AddEncryption(fingerprint, algorithm);
        var before = Exported(fingerprint).KeysFor(KeyUse.Encrypt)[0];
        keys.AddEncryption(fingerprint, algorithm, "--faked-system-time", NextDay);
        var key = Exported(fingerprint);
        var newest = Assert.Single(key.KeysFor(KeyUse.Encrypt), k => k != before);

        keys.Gpg.Put("text", [1, 2, 3]);
        keys.Gpg.Run("--faked-system-time", AfterNext, "-r", fingerprint, "--output", "m", "--encrypt", "text");
        using var ours = new MemoryStream();
        var sealing = Sealing.Seal(new MemoryStream([1, 2, 3]), ours, Qm, key, Now.AddDays(3));
        Assert.True(sealing.IsSealed);
        foreach (var octets in new[] { keys.Gpg.Get("m"), ours.ToArray() })
            Assert.Equal(newest[24..], Convert.ToHexString(Craft.Packets(octets)[0].Body[1..9]));
        keys.Gpg.Put("m", ours.ToArray());
        keys.Gpg.Try("--faked-system-time", AfterNext, "--output", "out", "--decrypt", "m");
        Assert.Equal([1, 2, 3], keys.Gpg.Get("out"));
    }

    private Certificate Exported(string fingerprint)
    {
        keys.Gpg.Run("--output", "exported", "--export", fingerprint);
        return Certificate.Read(keys.Gpg.Get("exported")).Certificate!;
    }
}
