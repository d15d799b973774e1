using System.Security.Cryptography;
using Comity.OpenPgp.Certificates;
using Comity.OpenPgp.Packets;

namespace Comity.OpenPgp;

/// <summary>Detached signatures over binary documents (RFC 9580, 5.2.1, type 0x00).</summary>
public static class DetachedSignature
{
    internal static readonly SubpacketType[] Understood =
    [
        SubpacketType.Created,
        SubpacketType.SignatureExpiration,
        SubpacketType.Issuer,
        SubpacketType.IssuerFingerprint,
        SubpacketType.IntendedRecipient,
    ];

    /// <summary>Signs with the newest usable signing key, over SHA-512.</summary>
    /// <param name="signer">Holds the signing key.</param>
    /// <param name="data">What is signed.</param>
    /// <param name="at">The time of signing, UTC, kept in whole seconds.</param>
    /// <returns>One signature packet, not armoured.</returns>
    /// <exception cref="InvalidOperationException">No signing key is usable at that time, or its secret is not here.</exception>
    public static byte[] Sign(SecretKey signer, ReadOnlySpan<byte> data, DateTime at)
    {
        var (key, seed) = signer.SigningKey(at);
        using var hash = Digests.Create(Digests.Sha512);
        hash.AppendData(data);
        return SignatureWriter.AsPacket(new SignatureWriter(key, SignatureType.Binary, at).Sign(seed, hash));
    }

    /// <summary>Checks a signature by a signing key of the certificate that was usable when it was made.</summary>
    /// <param name="signer">Whose signature it must be.</param>
    /// <param name="data">What was signed.</param>
    /// <param name="signature">One signature packet, not armoured.</param>
    /// <returns>Whether it is good, and if not, why; whether the key is still usable now is for the caller to ask.</returns>
    public static SignatureCheck Verify(Certificate signer, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (SingleSignature.Read(signature) is not { } parsed)
            return new SignatureCheck(SignatureFault.Malformed, default, "", KeyStanding.Missing);
        var (fault, key, standing) = Judge(signer, parsed, parsed.Created);
        if (fault is null)
        {
            using var hash = Digests.Create(parsed.DigestAlgorithm);
            hash.AppendData(data);
            if (!SignatureMath.VerifiesDigest(parsed, key!.Packet, parsed.Finish(hash)))
                fault = SignatureFault.DoesNotVerify;
        }
        return new SignatureCheck(fault, parsed.Created, key?.Packet.Fingerprint ?? "", standing);
    }

    /// <summary>Everything about a document signature except its value.</summary>
    internal static (SignatureFault? Fault, BoundKey? Key, KeyStanding Standing) Judge(
        Certificate signer,
        SignaturePacket signature,
        DateTime now
    )
    {
        if (signature.Type != SignatureType.Binary)
            return (SignatureFault.WrongType, null, KeyStanding.Missing);
        if (!signature.HasStrongDigest)
            return (SignatureFault.WeakDigest, null, KeyStanding.Missing);
        if (signature.HasUnknownCritical(Understood))
            return (SignatureFault.UnknownCriticalSubpacket, null, KeyStanding.Missing);
        if (signer.FindIssuer(signature) is not { } key || !key.IsFor(KeyUse.Sign, signature.Created))
            return (SignatureFault.OtherKey, null, KeyStanding.Missing);
        var standing = signer.StandingOf(key, signature.Created);
        if (standing != KeyStanding.Usable)
            return (SignatureFault.KeyNotUsable, key, standing);
        return (signature.HasExpiredBy(now) ? SignatureFault.Expired : null, key, standing);
    }
}
