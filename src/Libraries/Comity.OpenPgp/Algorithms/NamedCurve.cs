using System.Security.Cryptography;
using Comity.OpenPgp.Packets;
using Comity.OpenPgp.Sealed;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC.Multiplier;
using ECPoint = Org.BouncyCastle.Math.EC.ECPoint;

namespace Comity.OpenPgp.Algorithms;

/// <summary>
/// A NIST or Brainpool curve (RFC 9580, 9.2), its points in their one allowed form, and its secrets: scalars of the length of
/// the field, big-endian. All of them have cofactor 1, so that a point on the curve is in the group.
/// </summary>
internal sealed class NamedCurve
{
    private static readonly NamedCurve[] All =
    [
        new("P-256", [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07], Digests.Sha256, Cfb.Aes128),
        new("P-384", [0x2B, 0x81, 0x04, 0x00, 0x22], Digests.Sha384, Cfb.Aes192),
        new("P-521", [0x2B, 0x81, 0x04, 0x00, 0x23], Digests.Sha512, Cfb.Aes256),
        new("brainpoolP256r1", [0x2B, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x07], Digests.Sha256, Cfb.Aes128),
        new("brainpoolP384r1", [0x2B, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x0B], Digests.Sha384, Cfb.Aes192),
        new("brainpoolP512r1", [0x2B, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x0D], Digests.Sha512, Cfb.Aes256),
    ];

    private readonly byte[] _oid;

    private NamedCurve(string name, byte[] oid, int digest, int cipher)
    {
        _oid = oid;
        (Digest, Cipher) = (digest, cipher);
        var parameters = CustomNamedCurves.GetByName(name) ?? ECNamedCurveTable.GetByName(name);
        Domain = new ECDomainParameters(parameters);
        Length = (Domain.Curve.FieldSize + 7) / 8;
    }

    public ECDomainParameters Domain { get; }

    /// <summary>The octets of a coordinate; the order of each of these curves has as many.</summary>
    public int Length { get; }

    /// <summary>The weakest digest that may derive keys from its points (RFC 9580, 11.5.1).</summary>
    public int Digest { get; }

    /// <summary>The weakest cipher that may wrap keys with what was derived.</summary>
    public int Cipher { get; }

    public static NamedCurve? Find(ReadOnlySpan<byte> oid)
    {
        foreach (var curve in All)
            if (oid.SequenceEqual(curve._oid))
                return curve;
        return null;
    }

    /// <summary>A point other than infinity, uncompressed (RFC 9580, 11.2.1); null if it is none of this curve.</summary>
    public ECPoint? Point(ReadOnlySpan<byte> octets)
    {
        if (octets.Length != 1 + 2 * Length || octets[0] != 4)
            return null;
        var x = new BigInteger(1, octets[1..(1 + Length)]);
        var y = new BigInteger(1, octets[(1 + Length)..]);
        var prime = Domain.Curve.Field.Characteristic;
        if (x.CompareTo(prime) >= 0 || y.CompareTo(prime) >= 0)
            return null;
        // Off the curve lie weak groups: agreeing with their points tells the secret bit by bit.
        var point = Domain.Curve.CreatePoint(x, y);
        return point.IsValid() ? point : null;
    }

    public byte[]? ReadSecret(ref OctetReader numbers)
    {
        var value = numbers.Mpi();
        if (value.Length > Length)
            return null;
        var secret = new byte[Length];
        value.CopyTo(secret.AsSpan(Length - value.Length));
        return secret;
    }

    /// <summary>A random scalar from 1 to the order less 1, every one as likely.</summary>
    public byte[] NewSecret()
    {
        while (true)
        {
            var secret = RandomNumberGenerator.GetBytes(Length);
            secret[0] &= (byte)(0xFF >> (8 * Length - Domain.N.BitLength));
            if (IsSecret(Scalar(secret)))
                return secret;
        }
    }

    /// <summary>The public point of a secret, in its one form.</summary>
    public byte[] PointOf(ReadOnlySpan<byte> secret) => Multiple(Scalar(secret)).GetEncoded(false);

    public bool Owns(ECPoint point, ReadOnlySpan<byte> secret)
    {
        var scalar = Scalar(secret);
        return IsSecret(scalar) && Multiple(scalar).Equals(point);
    }

    /// <summary>The first coordinate of the secret times a point. The scalar is blinded: no point that others choose can time it.</summary>
    public byte[] Agree(ECPoint point, ReadOnlySpan<byte> secret)
    {
        var blind = new BigInteger(1, RandomNumberGenerator.GetBytes(16));
        var product = point.Multiply(Scalar(secret).Add(Domain.N.Multiply(blind))).Normalize();
        return product.AffineXCoord.GetEncoded();
    }

    private bool IsSecret(BigInteger scalar) => scalar.SignValue > 0 && scalar.CompareTo(Domain.N) < 0;

    private ECPoint Multiple(BigInteger scalar) =>
        new FixedPointCombMultiplier().Multiply(Domain.G, scalar).Normalize();

    public static BigInteger Scalar(ReadOnlySpan<byte> secret) => new(1, secret);
}
