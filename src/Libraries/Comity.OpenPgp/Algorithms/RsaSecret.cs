using System.Security.Cryptography;
using Comity.OpenPgp.Packets;
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

    /// <summary>
    /// The bare decryption of a number, by the primes. The number is blinded, so that no choice of it can time the secret, and
    /// the result is checked before it leaves, because a single fault in it would give the primes away.
    /// </summary>
    public BigInteger Decrypt(BigInteger value, BigInteger modulus, BigInteger exponent)
    {
        var blind = new BigInteger(1, RandomNumberGenerator.GetBytes(modulus.BitLength / 8 - 1)).SetBit(0);
        var blinded = value.Multiply(blind.ModPow(exponent, modulus)).Mod(modulus);
        var (byP, byQ) = (blinded.ModPow(Reduced(P), P), blinded.ModPow(Reduced(Q), Q));
        var result = byP.Add(P.Multiply(byQ.Subtract(byP).Multiply(U).Mod(Q)));
        if (!result.ModPow(exponent, modulus).Equals(blinded))
            throw new CryptographicException("The arithmetic of this machine failed.");
        return result.Multiply(blind.ModInverse(modulus)).Mod(modulus);
    }

    /// <summary>For the platform, which wants the inverse of the second prime modulo the first.</summary>
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
