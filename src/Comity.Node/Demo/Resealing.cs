using Comity.OpenPgp;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Security;

namespace Comity.Node.Demo;

/// <summary>
/// What a dishonest recipient does: takes the signed packets out of an envelope to itself and encrypts them, signature
/// and all, to somebody else. The library offers no such thing, so it is done here on the packets.
/// </summary>
internal static class Resealing
{
    public static byte[] To(Certificate recipient, ReadOnlyMemory<byte> sealedOctets, SecretKey opener)
    {
        var signedPackets = Decrypt(sealedOctets.ToArray(), opener);
        using var output = new MemoryStream();
        var generator = new PgpEncryptedDataGenerator(
            SymmetricKeyAlgorithmTag.Aes256,
            withIntegrityPacket: true,
            new SecureRandom()
        );
        generator.AddMethod(EncryptionKey(recipient));
        using (var encrypted = generator.Open(output, new byte[1 << 16]))
            encrypted.Write(signedPackets);
        return output.ToArray();
    }

    private static byte[] Decrypt(byte[] sealedOctets, SecretKey opener)
    {
        var list = (PgpEncryptedDataList)new PgpObjectFactory(sealedOctets).NextPgpObject();
        var session = list.GetEncryptedDataObjects().OfType<PgpPublicKeyEncryptedData>().Single();
        var ring = new PgpSecretKeyRing(opener.ToOctets());
        var secret = ring.GetSecretKey(session.KeyId);
        using var clear = session.GetDataStream(secret.ExtractPrivateKey([]));
        using var packets = new MemoryStream();
        clear.CopyTo(packets);
        return packets.ToArray();
    }

    private static PgpPublicKey EncryptionKey(Certificate recipient) =>
        new PgpPublicKeyRing(recipient.ToOctets())
            .GetPublicKeys()
            .Last(k => k is { IsEncryptionKey: true, IsMasterKey: false });
}
