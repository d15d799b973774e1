using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;

namespace Comity.OpenPgp.Packets;

/// <summary>Which public keys are strong enough: Curve25519, NIST and Brainpool curves from 256 bits, RSA from 3072.</summary>
internal static class AllowedKeys
{
    private const string Ed25519 = "1.3.6.1.4.1.11591.15.1";
    private const string Curve25519 = "1.3.6.1.4.1.3029.1.5.1";

    private static readonly HashSet<string> Curves =
    [
        "1.2.840.10045.3.1.7", // NIST P-256
        "1.3.132.0.34", // NIST P-384
        "1.3.132.0.35", // NIST P-521
        "1.3.36.3.3.2.8.1.1.7", // brainpoolP256r1
        "1.3.36.3.3.2.8.1.1.11", // brainpoolP384r1
        "1.3.36.3.3.2.8.1.1.13", // brainpoolP512r1
    ];

    public static bool Allows(int algorithm, PublicKeyPacket packet, AsymmetricKeyParameter key)
    {
        var curve = (packet.Key as ECPublicBcpgKey)?.CurveOid.Id ?? "";
        return (algorithm, key) switch
        {
            (KeyPacket.EdDsa, Ed25519PublicKeyParameters) => curve == Ed25519,
            (KeyPacket.Ecdh, X25519PublicKeyParameters) => curve == Curve25519 && HasStrongDerivation(packet),
            (KeyPacket.Ecdh, ECPublicKeyParameters) => Curves.Contains(curve) && HasStrongDerivation(packet),
            (KeyPacket.Ecdsa, ECPublicKeyParameters) => Curves.Contains(curve),
            (KeyPacket.Rsa or KeyPacket.RsaSignOnly, RsaKeyParameters rsa) => AllowsRsa(rsa),
            _ => false,
        };
    }

    // The upper bounds keep a hostile key from making verification slow.
    private static bool AllowsRsa(RsaKeyParameters rsa) =>
        rsa.Modulus.BitLength is >= 3072 and <= 8192
        && rsa.Exponent.BitLength is >= 2 and <= 64
        && rsa.Exponent.TestBit(0)
        && rsa.Exponent.CompareTo(BigInteger.Three) >= 0;

    private static bool HasStrongDerivation(PublicKeyPacket packet) =>
        packet.Key is ECDHPublicBcpgKey ecdh
        && ecdh.Reserved == 1
        && ecdh.HashAlgorithm is HashAlgorithmTag.Sha256 or HashAlgorithmTag.Sha384 or HashAlgorithmTag.Sha512
        && ecdh.SymmetricKeyAlgorithm
            is SymmetricKeyAlgorithmTag.Aes128
                or SymmetricKeyAlgorithmTag.Aes192
                or SymmetricKeyAlgorithmTag.Aes256;
}
