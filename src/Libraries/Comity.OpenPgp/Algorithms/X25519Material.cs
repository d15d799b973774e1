using System.Security.Cryptography;
using Comity.OpenPgp.Packets;
using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Comity.OpenPgp.Algorithms;

/// <summary>ECDH over Curve25519 in its version 4 form (RFC 9580, 5.5.5.6 and 11.5). The secret is the scalar, little-endian.</summary>
internal sealed class X25519Material : KeyMaterial
{
    public const int SecretLength = 32;

    public static readonly byte[] Oid = [0x2B, 0x06, 0x01, 0x04, 0x01, 0x97, 0x55, 0x01, 0x05, 0x01];

    private static readonly byte[] AnyScalar = RandomNumberGenerator.GetBytes(SecretLength);

    private readonly byte[] _point;
    private readonly KeyDerivation _derivation;

    private X25519Material(byte[] point, KeyDerivation derivation) => (_point, _derivation) = (point, derivation);

    public override bool CanEncrypt => true;

    public static X25519Material? Read(ReadOnlySpan<byte> point, KeyDerivation derivation) =>
        point is [0x40, .. var bare] && bare.Length == 32 && !IsOfSmallOrder(bare)
            ? new X25519Material(bare.ToArray(), derivation)
            : null;

    // With such a point every agreement ends in the same "secret", known to everybody.
    private static bool IsOfSmallOrder(ReadOnlySpan<byte> point)
    {
        Span<byte> shared = stackalloc byte[32];
        return !X25519.CalculateAgreement(AnyScalar, point, shared);
    }

    public static byte[] PointOf(ReadOnlySpan<byte> secret)
    {
        var point = new byte[32];
        X25519.GeneratePublicKey(secret, point);
        return point;
    }

    public override void Encrypt(OctetWriter fields, ReadOnlySpan<byte> sessionKey)
    {
        var ephemeral = RandomNumberGenerator.GetBytes(SecretLength);
        Span<byte> shared = stackalloc byte[32];
        X25519.CalculateAgreement(ephemeral, _point, shared);
        fields.Mpi([0x40, .. PointOf(ephemeral)]);
        _derivation.Wrap(fields, shared, sessionKey);
        CryptographicOperations.ZeroMemory(shared);
        CryptographicOperations.ZeroMemory(ephemeral);
    }

    public override OpeningRefusal? Recover(ref OctetReader fields, ReadOnlySpan<byte> secret, out byte[] sessionKey)
    {
        sessionKey = [];
        var point = fields.Mpi();
        var wrapped = fields.Take(fields.Octet());
        // RFC 7748, 5 has the highest bit ignored when a point is read. No writer sets it: with it, one sealed text would have
        // two forms, and two digests.
        if (!fields.AtEnd || point is not [0x40, .., < 0x80] || point.Length != 33)
            return OpeningRefusal.SessionKeyUnreadable;
        Span<byte> shared = stackalloc byte[32];
        // False for a point of small order: then the "secret" would be known to everybody.
        if (!X25519.CalculateAgreement(secret, point[1..], shared))
            return OpeningRefusal.SessionKeyUnreadable;
        var refusal = _derivation.Unwrap(shared, wrapped, out sessionKey);
        CryptographicOperations.ZeroMemory(shared);
        return refusal;
    }

    public override byte[]? ReadSecret(ref OctetReader numbers)
    {
        var value = numbers.Mpi();
        if (value.Length > SecretLength)
            return null;
        var secret = new byte[SecretLength];
        value.CopyTo(secret.AsSpan(SecretLength - value.Length));
        // Little-endian by nature, and big-endian in version 4 packets.
        secret.AsSpan().Reverse();
        return secret;
    }

    public override bool Owns(ReadOnlySpan<byte> secret) => PointOf(secret).AsSpan().SequenceEqual(_point);

    public override void WriteSecret(OctetWriter numbers, ReadOnlySpan<byte> secret)
    {
        Span<byte> number = stackalloc byte[SecretLength];
        secret.CopyTo(number);
        number.Reverse();
        numbers.Mpi(number);
        CryptographicOperations.ZeroMemory(number);
    }
}
