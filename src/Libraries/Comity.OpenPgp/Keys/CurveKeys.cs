using System.Security.Cryptography;
using Comity.OpenPgp.Packets;
using Org.BouncyCastle.Math.EC.Rfc7748;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Comity.OpenPgp.Keys;

/// <summary>The two kinds of key that we make: Ed25519 for signing, Curve25519 for encryption, in their version 4 forms.</summary>
internal static class CurveKeys
{
    public const int SecretLength = 32;

    private static readonly byte[] Ed25519Oid = [0x2B, 0x06, 0x01, 0x04, 0x01, 0xDA, 0x47, 0x0F, 0x01];
    private static readonly byte[] Curve25519Oid = [0x2B, 0x06, 0x01, 0x04, 0x01, 0x97, 0x55, 0x01, 0x05, 0x01];

    public static (KeyPacket Key, byte[] Secret) Make(int algorithm, DateTime created, bool isPrimary)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretLength);
        if (algorithm == KeyPacket.Ecdh)
            X25519.ClampPrivateKey(secret);
        using var body = new OctetWriter();
        body.Octet(4).Time(created).Octet(algorithm);
        var oid = algorithm == KeyPacket.Ecdh ? Curve25519Oid : Ed25519Oid;
        body.Octet(oid.Length).Octets(oid).Mpi([0x40, .. PublicPoint(algorithm, secret)]);
        // SHA-256 and AES-128: what RFC 9580, 11.5.1, pairs with this curve.
        if (algorithm == KeyPacket.Ecdh)
            body.Octets([3, 1, 8, 7]);
        return KeyPacket.Parse(body.Written, isPrimary, isSecret: false, out var key) is null
            ? (key!, secret)
            : throw new InvalidOperationException("A key that was just made does not read.");
    }

    public static bool Supports(KeyPacket key) =>
        key.Algorithm switch
        {
            KeyPacket.EdDsa => HasOid(key, Ed25519Oid),
            KeyPacket.Ecdh => HasOid(key, Curve25519Oid),
            _ => false,
        };

    public static bool Belong(KeyPacket key, ReadOnlySpan<byte> secret)
    {
        Span<byte> expected = [0x40, .. PublicPoint(key.Algorithm, secret)];
        var reader = new OctetReader(key.Body.AsSpan(6));
        reader.Take(reader.Octet());
        return reader.Mpi().SequenceEqual(expected);
    }

    private static bool HasOid(KeyPacket key, ReadOnlySpan<byte> oid) =>
        key.IsAllowed && key.Body[6] == oid.Length && key.Body.AsSpan(7).StartsWith(oid);

    private static byte[] PublicPoint(int algorithm, ReadOnlySpan<byte> secret)
    {
        var point = new byte[32];
        if (algorithm == KeyPacket.Ecdh)
            X25519.GeneratePublicKey(secret, point);
        else
            Ed25519.GeneratePublicKey(secret, point);
        return point;
    }
}
