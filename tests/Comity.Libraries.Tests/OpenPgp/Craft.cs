using System.IO.Compression;
using Comity.OpenPgp;
using Comity.OpenPgp.Packets;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Security;

namespace Comity.Libraries.Tests.OpenPgp;

/// <summary>Makes messages that break one rule each.</summary>
internal static class Craft
{
    public static readonly byte[] Text = "To the technical office of QN."u8.ToArray();

    public static byte[] Packet(Tag tag, ReadOnlySpan<byte> body)
    {
        using var writer = new OctetWriter();
        return writer.Packet(tag, body).ToArray();
    }

    public static byte[] Literal(byte[] content, char format = 'b') =>
        Packet(Tag.Literal, [(byte)format, 0, 0, 0, 0, 0, .. content]);

    public static byte[] OnePass(SecretKey signer, int type = 0, int digest = 10, int last = 1)
    {
        var (key, _) = signer.SigningKey(Parties.Now);
        return Packet(
            Tag.OnePassSignature,
            [3, (byte)type, (byte)digest, (byte)key.Algorithm, .. key.KeyId, (byte)last]
        );
    }

    public static byte[] Signature(
        SecretKey signer,
        byte[] content,
        Action<SignatureWriter>? add = null,
        int type = 0,
        DateTime? at = null
    )
    {
        var (key, secret) = signer.SigningKey(Parties.Now);
        var writer = new SignatureWriter(key, (SignatureType)type, at ?? Parties.Now);
        add?.Invoke(writer);
        return SignatureWriter.AsPacket(writer.Sign(secret, hash => hash.AppendData(content)));
    }

    public static void For(SignatureWriter writer, SecretKey recipient) =>
        writer.Add(SubpacketType.IntendedRecipient, [4, .. recipient.Certificate.Primary.FingerprintOctets]);

    /// <summary>A signed message as it should be, with QM's signature for QN.</summary>
    public static byte[] Signed(Action<SignatureWriter>? add = null) =>
        [.. OnePass(Parties.Qm), .. Literal(Text), .. Signature(Parties.Qm, Text, add ?? (w => For(w, Parties.Qn)))];

    /// <summary>The same signed by BouncyCastle over SHA-1.</summary>
    public static byte[] SignedOverSha1()
    {
        var (key, _) = Parties.Qm.SigningKey(Parties.Now);
        var ring = new PgpSecretKeyRing(Parties.Qm.ToOctets());
        var secret = ring.GetSecretKey(BitConverter.ToInt64([.. key.KeyId.ToArray().Reverse()]));
        var generator = new PgpSignatureGenerator(PublicKeyAlgorithmTag.EdDsa_Legacy, HashAlgorithmTag.Sha1);
        generator.InitSign(PgpSignature.BinaryDocument, secret.ExtractPrivateKey([]));
        generator.Update(Text);
        return [.. OnePass(Parties.Qm, digest: 2), .. Literal(Text), .. generator.Generate().GetEncoded()];
    }

    public static byte[] Compressed(byte[] packets, CompressionAlgorithmTag algorithm = CompressionAlgorithmTag.Zip)
    {
        using var output = new MemoryStream();
        using (var packed = new PgpCompressedDataGenerator(algorithm).Open(output))
            packed.Write(packets);
        return output.ToArray();
    }

    /// <summary>A compressed literal of zeros, made without ever holding them.</summary>
    public static byte[] Bomb(int length)
    {
        using var packed = new MemoryStream();
        packed.WriteByte(1);
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            using var head = new OctetWriter();
            head.Octet(0xC0 | (int)Tag.Literal).Octet(255).UInt32(length + 6L).Octet('b');
            deflate.Write(head.Octets(new byte[5]).Written);
            var chunk = new byte[1 << 20];
            for (var left = length; left > 0; left -= chunk.Length)
                deflate.Write(chunk, 0, Math.Min(left, chunk.Length));
        }
        return Packet(Tag.Compressed, packed.ToArray());
    }

    public static byte[] Encrypted(
        byte[] inner,
        bool mdc = true,
        SymmetricKeyAlgorithmTag cipher = SymmetricKeyAlgorithmTag.Aes256,
        params SecretKey[] recipients
    )
    {
        using var output = new MemoryStream();
        var generator = new PgpEncryptedDataGenerator(cipher, mdc, new SecureRandom());
        foreach (var recipient in recipients is [] ? [Parties.Qn] : recipients)
            generator.AddMethod(EncryptionKey(recipient.Certificate));
        using (var encrypted = generator.Open(output, inner.Length))
            encrypted.Write(inner);
        return output.ToArray();
    }

    private static PgpPublicKey EncryptionKey(Certificate recipient)
    {
        var key = recipient.UsableKey(KeyUse.Encrypt, Parties.Now)!.Packet;
        var octets = Packet(Tag.PublicSubkey, key.Body);
        return new PgpPublicKey((PublicKeyPacket)new BcpgInputStream(new MemoryStream(octets)).ReadPacket());
    }

    /// <summary>The packets of a message, to be put together again otherwise.</summary>
    public static List<(Tag Tag, byte[] Body)> Packets(byte[] octets)
    {
        var walk = new PacketWalk(octets.ToArray(), 100);
        var found = new List<(Tag, byte[])>();
        while (walk.Next(out var packet) == Step.Read)
            found.Add((packet.Tag, packet.Body.ToArray()));
        return found;
    }
}
