using System.Security.Cryptography;
using Comity.OpenPgp.Algorithms;
using Comity.OpenPgp.Packets;
using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Comity.OpenPgp.Keys;

/// <summary>The two kinds of key that we make: Ed25519 for signing, Curve25519 for encryption, in their version 4 forms.</summary>
internal static class CurveKeys
{
    public static (KeyPacket Key, byte[] Secret) MakeSigning(DateTime created, bool isPrimary)
    {
        var secret = RandomNumberGenerator.GetBytes(Ed25519Material.SecretLength);
        var point = Ed25519Material.PointOf(secret);
        return (Make(KeyPacket.EdDsa, Ed25519Material.Oid, point, [], created, isPrimary), secret);
    }

    public static (KeyPacket Key, byte[] Secret) MakeEncryption(DateTime created)
    {
        var secret = RandomNumberGenerator.GetBytes(X25519Material.SecretLength);
        X25519.ClampPrivateKey(secret);
        var point = X25519Material.PointOf(secret);
        // SHA-256 and AES-128: what RFC 9580, 11.5.1, pairs with this curve.
        byte[] derivation = [3, 1, 8, 7];
        return (Make(KeyPacket.Ecdh, X25519Material.Oid, point, derivation, created, isPrimary: false), secret);
    }

    private static KeyPacket Make(
        int algorithm,
        byte[] oid,
        byte[] point,
        byte[] derivation,
        DateTime created,
        bool isPrimary
    )
    {
        using var body = new OctetWriter();
        body.Octet(4).Time(created).Octet(algorithm);
        body.Octet(oid.Length).Octets(oid).Mpi([0x40, .. point]).Octets(derivation);
        return KeyPacket.Parse(body.Written, isPrimary, isSecret: false, out var key) is null
            ? key!
            : throw new InvalidOperationException("A key that was just made does not read.");
    }
}
