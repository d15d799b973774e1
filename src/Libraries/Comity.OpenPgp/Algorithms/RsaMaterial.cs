using System.Security.Cryptography;
using Comity.OpenPgp.Packets;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;

namespace Comity.OpenPgp.Algorithms;

/// <summary>RSA with PKCS #1 v1.5 padding (RFC 9580, 5.1.3 and 5.2.3.1), from 3072 bits.</summary>
internal sealed class RsaMaterial : KeyMaterial
{
    private const int LeastBits = 3072;

    // The upper bounds keep a hostile key from making verification slow.
    private const int MostBits = 8192;
    private const int MostExponentBits = 64;

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
        return IsAllowed(n, e) && IsNoWeakProduct(n, e) ? new RsaMaterial(n, e, encrypts) : null;
    }

    public override bool Verifies(IReadOnlyList<ReadOnlyMemory<byte>> values, byte[] digest, int digestAlgorithm)
    {
        if (values is not [var value] || value.Length > _length)
            return false;
        var padded = new byte[_length];
        value.Span.CopyTo(padded.AsSpan(_length - value.Length));
        using var rsa = RSA.Create(
            new RSAParameters { Modulus = Octets(_modulus, _length), Exponent = _exponent.ToByteArrayUnsigned() }
        );
        return rsa.VerifyHash(digest, padded, Digests.Name(digestAlgorithm), RSASignaturePadding.Pkcs1);
    }

    public override void Sign(OctetWriter values, ReadOnlySpan<byte> secret, byte[] digest, int digestAlgorithm)
    {
        using var rsa = RSA.Create(RsaSecret.Read(secret).ToParameters(_modulus, _exponent));
        values.Mpi(rsa.SignHash(digest, Digests.Name(digestAlgorithm), RSASignaturePadding.Pkcs1));
    }

    public override OpeningRefusal? Recover(ref OctetReader fields, ReadOnlySpan<byte> secret, out byte[] sessionKey)
    {
        sessionKey = [];
        var value = new BigInteger(1, fields.Mpi());
        if (!fields.AtEnd || value.CompareTo(_modulus) >= 0)
            return OpeningRefusal.SessionKeyUnreadable;
        var engine = new RsaBlindedEngine();
        engine.Init(false, RsaSecret.Read(secret).ToKey(_modulus, _exponent));
        var block = Octets(value, _length);
        var plain = engine.ProcessBlock(block, 0, block.Length);
        var padded = new byte[_length];
        plain.CopyTo(padded, _length - plain.Length);
        sessionKey = RsaPadding.SessionKey(padded);
        CryptographicOperations.ZeroMemory(plain);
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
        && modulus.TestBit(0)
        && exponent.BitLength is >= 2 and <= MostExponentBits
        && exponent.TestBit(0);

    // BouncyCastle refuses a modulus with small factors, and one that is a prime itself; it would do so again when it seals.
    private static bool IsNoWeakProduct(BigInteger modulus, BigInteger exponent)
    {
        try
        {
            return new RsaKeyParameters(false, modulus, exponent) is { IsPrivate: false };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static byte[] Octets(BigInteger value, int length)
    {
        var octets = new byte[length];
        var unsigned = value.ToByteArrayUnsigned();
        unsigned.CopyTo(octets, length - unsigned.Length);
        return octets;
    }
}
