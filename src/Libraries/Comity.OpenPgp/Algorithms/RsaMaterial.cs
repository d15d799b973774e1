using System.Security.Cryptography;
using Comity.OpenPgp.Packets;
using Comity.OpenPgp.Sealed;
using Org.BouncyCastle.Math;

namespace Comity.OpenPgp.Algorithms;

/// <summary>RSA with PKCS #1 v1.5 padding (RFC 9580, 5.1.3 and 5.2.3.1), from 3072 bits.</summary>
internal sealed class RsaMaterial : KeyMaterial
{
    private const int LeastBits = 3072;

    // The upper bounds keep a hostile key from making verification slow.
    private const int MostBits = 8192;
    private const int MostExponentBits = 64;

    /// <summary>The product of the primes below 1000: no honest modulus has one of them as a factor.</summary>
    private static readonly BigInteger SmallPrimes = Enumerable
        .Range(2, 998)
        .Where(n => !Enumerable.Range(2, n - 2).Any(d => n % d == 0))
        .Aggregate(BigInteger.One, (product, prime) => product.Multiply(BigInteger.ValueOf(prime)));

    private readonly BigInteger _modulus;
    private readonly BigInteger _exponent;
    private readonly int _length;

    private RsaMaterial(BigInteger modulus, BigInteger exponent, bool encrypts)
    {
        (_modulus, _exponent, CanEncrypt) = (modulus, exponent, encrypts);
        _length = (modulus.BitLength + 7) / 8;
    }

    public override bool CanSign => true;

    public override bool CanEncrypt { get; }

    public static RsaMaterial? Read(ReadOnlySpan<byte> modulus, ReadOnlySpan<byte> exponent, bool encrypts)
    {
        var (n, e) = (new BigInteger(1, modulus), new BigInteger(1, exponent));
        return IsAllowed(n, e) ? new RsaMaterial(n, e, encrypts) : null;
    }

    public override bool Verifies(IReadOnlyList<ReadOnlyMemory<byte>> values, byte[] digest, int digestAlgorithm)
    {
        if (values is not [var value] || value.Length > _length)
            return false;
        var padded = new byte[_length];
        value.Span.CopyTo(padded.AsSpan(_length - value.Length));
        using var rsa = Public();
        return rsa.VerifyHash(digest, padded, Digests.Name(digestAlgorithm), RSASignaturePadding.Pkcs1);
    }

    public override void Sign(OctetWriter values, ReadOnlySpan<byte> secret, byte[] digest, int digestAlgorithm)
    {
        using var rsa = RSA.Create(RsaSecret.Read(secret).ToParameters(_modulus, _exponent));
        values.Mpi(rsa.SignHash(digest, Digests.Name(digestAlgorithm), RSASignaturePadding.Pkcs1));
    }

    public override void Encrypt(OctetWriter fields, ReadOnlySpan<byte> sessionKey)
    {
        using var plain = new OctetWriter();
        plain.Octet(Cfb.Aes256).Octets(sessionKey).Octets(SessionKey.Sum(sessionKey));
        using var rsa = Public();
        fields.Mpi(rsa.Encrypt(plain.Written, RSAEncryptionPadding.Pkcs1));
    }

    public override OpeningRefusal? Recover(ref OctetReader fields, ReadOnlySpan<byte> secret, out byte[] sessionKey)
    {
        sessionKey = [];
        var value = new BigInteger(1, fields.Mpi());
        if (!fields.AtEnd || value.CompareTo(_modulus) >= 0)
            return OpeningRefusal.SessionKeyUnreadable;
        var padded = Octets(RsaSecret.Read(secret).Decrypt(value, _modulus, _exponent), _length);
        sessionKey = RsaPadding.SessionKey(padded);
        CryptographicOperations.ZeroMemory(padded);
        return null;
    }

    public override byte[]? ReadSecret(ref OctetReader numbers)
    {
        using var secret = new OctetWriter();
        for (var i = 0; i < RsaSecret.Numbers; i++)
        {
            var number = numbers.Mpi();
            if (number.IsEmpty || number.Length > _length)
                return null;
            secret.Mpi(number);
        }
        return secret.ToArray();
    }

    public override bool Owns(ReadOnlySpan<byte> secret) => RsaSecret.Read(secret).Fits(_modulus, _exponent);

    public override void WriteSecret(OctetWriter numbers, ReadOnlySpan<byte> secret) => numbers.Octets(secret);

    private static bool IsAllowed(BigInteger modulus, BigInteger exponent) =>
        modulus.BitLength is >= LeastBits and <= MostBits
        && modulus.Gcd(SmallPrimes).Equals(BigInteger.One)
        && exponent.BitLength is >= 2 and <= MostExponentBits
        && exponent.TestBit(0);

    private RSA Public() =>
        RSA.Create(
            new RSAParameters { Modulus = Octets(_modulus, _length), Exponent = _exponent.ToByteArrayUnsigned() }
        );

    private static byte[] Octets(BigInteger value, int length)
    {
        var octets = new byte[length];
        var unsigned = value.ToByteArrayUnsigned();
        unsigned.CopyTo(octets, length - unsigned.Length);
        return octets;
    }
}
