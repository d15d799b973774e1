using System.Security.Cryptography;
using Comity.OpenPgp.Packets;
using Comity.OpenPgp.Sealed;
using Org.BouncyCastle.Bcpg.OpenPgp;

namespace Comity.OpenPgp;

/// <summary>
/// Signs and encrypts in one OpenPGP message, for one recipient: one PKESK, SEIPD version 1 with AES-256, no compression,
/// a one-pass signature over one binary literal. The signature names its recipient (hashed, not critical).
/// </summary>
public static class Sealing
{
    private const int ChunkSize = 64 << 10;

    /// <summary>Seals content. Memory does not grow with it.</summary>
    /// <param name="content">Read to its end.</param>
    /// <param name="output">Gets the octets of the message, not armoured; stays open.</param>
    /// <param name="signer">Signs; its signing secret must be here.</param>
    /// <param name="recipient">Is encrypted to, and named in the signature.</param>
    /// <param name="at">The time of signing, UTC, kept in whole seconds.</param>
    /// <returns>How the two keys stand; unless both are usable, nothing was written.</returns>
    /// <exception cref="InvalidOperationException">The secret of the signing key is not here.</exception>
    public static SealingResult Seal(
        Stream content,
        Stream output,
        SecretKey signer,
        Certificate recipient,
        DateTime at
    )
    {
        var result = new SealingResult(
            signer.Certificate.Standing(KeyUse.Sign, at),
            recipient.Standing(KeyUse.Encrypt, at)
        );
        if (!result.IsSealed)
            return result;
        var (key, secret) = signer.SigningKey(at);
        var sessionKey = SessionKey.Make(recipient.UsableKey(KeyUse.Encrypt, at)!.Packet, out var packet);
        output.Write(packet);
        using var encrypted = new ProtectedWriter(output, sessionKey);
        WriteSigned(content, encrypted, key, secret, recipient, at);
        encrypted.Finish();
        return result;
    }

    private static void WriteSigned(
        Stream content,
        Stream output,
        KeyPacket key,
        byte[] secret,
        Certificate recipient,
        DateTime at
    )
    {
        using var onePass = new OctetWriter();
        onePass.Octet(3).Octet((int)SignatureType.Binary).Octet(Digests.Sha512).Octet(key.Algorithm);
        onePass.Octets(key.KeyId).Octet(1);
        using var packets = new OctetWriter();
        output.Write(packets.Packet(Tag.OnePassSignature, onePass.Written).Written);
        using var hash = Digests.Create(Digests.Sha512);
        var chunk = new byte[ChunkSize];
        using (var literal = new PgpLiteralDataGenerator().Open(output, 'b', "", at, new byte[ChunkSize]))
        {
            int read;
            while ((read = content.Read(chunk, 0, chunk.Length)) > 0)
            {
                hash.AppendData(chunk, 0, read);
                literal.Write(chunk, 0, read);
            }
        }
        CryptographicOperations.ZeroMemory(chunk);
        var signature = new SignatureWriter(key, SignatureType.Binary, at)
            .Add(SubpacketType.IntendedRecipient, [4, .. recipient.Primary.FingerprintOctets])
            .Sign(secret, hash);
        output.Write(SignatureWriter.AsPacket(signature));
    }
}

/// <summary>How the two keys of a sealing stood; unless both are usable, nothing was written.</summary>
/// <param name="Signer">The signer's signing key.</param>
/// <param name="Recipient">The recipient's encryption key.</param>
public sealed record SealingResult(KeyStanding Signer, KeyStanding Recipient)
{
    /// <summary>The message was written.</summary>
    public bool IsSealed => Signer == KeyStanding.Usable && Recipient == KeyStanding.Usable;
}
