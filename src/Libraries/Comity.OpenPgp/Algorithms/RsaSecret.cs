using System.Security.Cryptography;
using Comity.OpenPgp.Packets;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;

namespace Comity.OpenPgp.Algorithms;

/// <summary>
/// The secret integers of an RSA key (RFC 9580, 5.5.5.1): exponent, the two primes, and the inverse of the first modulo the
/// second. Their octets are the integers as they stand in the packet.
/// </summary>
internal readonly record struct RsaSecret(BigInteger D, BigInteger P, BigInteger Q, BigInteger U)
{
    public const int Numbers = 4;

    public static RsaSecret Read(ReadOnlySpan<byte> octets)
    {
        var reader = new OctetReader(octets);
        return new RsaSecret(
            new BigInteger(1, reader.Mpi()),
            new BigInteger(1, reader.Mpi()),
            new BigInteger(1, reader.Mpi()),
            new BigInteger(1, reader.Mpi())
        );
    }

    /// <summary>Whether all four belong to the public key: one wrong one, and a signature gives the primes away.</summary>
    public bool Fits(BigInteger modulus, BigInteger exponent)
    {
        var half = (modulus.BitLength + 1) / 2;
        if (P.BitLength != half || Q.BitLength != half || !P.Multiply(Q).Equals(modulus) || P.Equals(Q))
            return false;
        var one = BigInteger.One;
        var product = D.Multiply(exponent);
        return D.CompareTo(modulus) < 0
            && product.Mod(P.Subtract(one)).Equals(one)
            && product.Mod(Q.Subtract(one)).Equals(one)
            && U.CompareTo(Q) < 0
            && U.Multiply(P).Mod(Q).Equals(one);
    }

    /// <summary>For BouncyCastle, with the primes in its order: it wants the inverse of the second modulo the first.</summary>
    public RsaPrivateCrtKeyParameters ToKey(BigInteger modulus, BigInteger exponent) =>
        new(modulus, exponent, D, Q, P, Reduced(Q), Reduced(P), U);

    /// <summary>For the platform, in the same order.</summary>
    public RSAParameters ToParameters(BigInteger modulus, BigInteger exponent)
    {
        var length = (modulus.BitLength + 7) / 8;
        var half = (length + 1) / 2;
        return new RSAParameters
        {
            Modulus = Octets(modulus, length),
            Exponent = exponent.ToByteArrayUnsigned(),
            D = Octets(D, length),
            P = Octets(Q, half),
            Q = Octets(P, half),
            DP = Octets(Reduced(Q), half),
            DQ = Octets(Reduced(P), half),
            InverseQ = Octets(U, half),
        };
    }

    private BigInteger Reduced(BigInteger prime) => D.Mod(prime.Subtract(BigInteger.One));

    private static byte[] Octets(BigInteger value, int length)
    {
        var octets = new byte[length];
        var unsigned = value.ToByteArrayUnsigned();
        unsigned.CopyTo(octets, length - unsigned.Length);
        return octets;
    }
}
