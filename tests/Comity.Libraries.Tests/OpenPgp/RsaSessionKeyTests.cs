using Comity.OpenPgp;
using Comity.OpenPgp.Algorithms;
using Comity.OpenPgp.Packets;
using Org.BouncyCastle.Bcpg;
using static Comity.Libraries.Tests.OpenPgp.Parties;

namespace Comity.Libraries.Tests.OpenPgp;

/// <summary>Session keys under RSA: nobody learns from an answer whether a block was well padded.</summary>
public sealed class RsaSessionKeyTests : IDisposable
{
    private static readonly HandMadeKey Key = new HandMadeKey("rsa3072", Made).Subkey(HandMadeKey.Encrypt, Made);

    private readonly SecretKey _secret = Key.Secret;

    public void Dispose() => _secret.Dispose();

    [Fact]
    public void A_session_key_that_does_not_unpad_is_answered_like_content_that_was_changed()
    {
        var packets = Craft.Packets(Seal([1, 2, 3], Qm, Key.Certificate));
        packets[0].Body[^1] ^= 1;
        var octets = packets.SelectMany(p => Craft.Packet(p.Tag, p.Body)).ToArray();
        Assert.Equal(OpeningRefusal.IntegrityBroken, Open(octets, _secret).Refusal);
    }

    [Fact]
    public void A_session_key_of_another_cipher_is_answered_like_content_that_was_changed()
    {
        var octets = Craft.Encrypted(Craft.Signed(), cipher: SymmetricKeyAlgorithmTag.TripleDes, recipients: [_secret]);
        Assert.Equal(OpeningRefusal.IntegrityBroken, Open(octets, _secret).Refusal);
    }

    [Fact]
    public void A_number_beyond_the_modulus_is_refused()
    {
        var packets = Craft.Packets(Seal([1, 2, 3], Qm, Key.Certificate));
        byte[] beyond = [.. packets[0].Body[..10], 0x0C, 0x00, .. Enumerable.Repeat((byte)0xFF, 384)];
        byte[] octets = [.. Craft.Packet(Tag.SessionKey, beyond), .. Craft.Packet(packets[1].Tag, packets[1].Body)];
        Assert.Equal(OpeningRefusal.SessionKeyUnreadable, Open(octets, _secret).Refusal);
    }

    [Theory]
    [InlineData(9, 32)]
    [InlineData(8, 24)]
    [InlineData(7, 16)]
    public void No_block_with_one_octet_changed_gives_the_key(int cipher, int length)
    {
        byte[] key = [.. Enumerable.Range(0, length).Select(i => (byte)(200 + i))];
        var sum = key.Sum(o => o);
        byte[] content = [(byte)cipher, .. key, (byte)(sum >> 8), (byte)sum];
        byte[] block = [0, 2, .. Enumerable.Repeat((byte)7, 384 - 3 - content.Length), 0, .. content];
        Assert.Equal(key, RsaPadding.SessionKey(block));
        for (var at = 0; at < block.Length; at++)
        {
            byte[] changed = [.. block];
            // Every octet of the padding may be anything but zero.
            changed[at] ^= 7;
            Assert.NotEqual(key, RsaPadding.SessionKey(changed));
        }
    }
}
