using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math.EC.Rfc8032;
using BigInteger = Org.BouncyCastle.Math.BigInteger;

namespace Comity.OpenPgp.Packets;

/// <summary>Verifies signature values over finished digests, for the algorithms that are allowed.</summary>
internal static class SignatureMath
{
    /// <summary>Verifies a signature over what <paramref name="feed"/> puts into the digest.</summary>
    public static bool Verifies(SignaturePacket signature, KeyPacket key, Action<IncrementalHash> feed)
    {
        if (!signature.HasStrongDigest || !key.CanSign || signature.KeyAlgorithm != key.Algorithm)
            return false;
        using var hash = Digests.Create(signature.DigestAlgorithm);
        feed(hash);
        return VerifiesDigest(signature, key, signature.Finish(hash));
    }

    public static bool VerifiesDigest(SignaturePacket signature, KeyPacket key, byte[] digest)
    {
        if (!key.CanSign || signature.KeyAlgorithm != key.Algorithm)
            return false;
        return (key.Key!.GetKey(), signature.Values) switch
        {
            (Ed25519PublicKeyParameters ed, [var r, var s]) => Ed(ed, r.Span, s.Span, digest),
            (ECPublicKeyParameters ec, [var r, var s]) => Ec(ec, r.Span, s.Span, digest),
            (RsaKeyParameters rsa, [var m]) => Rsa(rsa, m.Span, digest, Digests.Name(signature.DigestAlgorithm)),
            _ => false,
        };
    }

    private static bool Ed(Ed25519PublicKeyParameters key, ReadOnlySpan<byte> r, ReadOnlySpan<byte> s, byte[] digest)
    {
        if (r.Length > 32 || s.Length > 32)
            return false;
        Span<byte> value = stackalloc byte[64];
        value.Clear();
        r.CopyTo(value[(32 - r.Length)..]);
        s.CopyTo(value[(64 - s.Length)..]);
        return Ed25519.Verify(value, key.GetEncoded(), digest);
    }

    private static bool Ec(ECPublicKeyParameters key, ReadOnlySpan<byte> r, ReadOnlySpan<byte> s, byte[] digest)
    {
        if (r.Length > 66 || s.Length > 66)
            return false;
        var signer = new ECDsaSigner();
        signer.Init(false, key);
        return signer.VerifySignature(digest, new BigInteger(1, r), new BigInteger(1, s));
    }

    private static bool Rsa(RsaKeyParameters key, ReadOnlySpan<byte> value, byte[] digest, HashAlgorithmName name)
    {
        var modulus = key.Modulus.ToByteArrayUnsigned();
        if (value.Length > modulus.Length)
            return false;
        var padded = new byte[modulus.Length];
        value.CopyTo(padded.AsSpan(padded.Length - value.Length));
        using var rsa = RSA.Create(
            new RSAParameters { Modulus = modulus, Exponent = key.Exponent.ToByteArrayUnsigned() }
        );
        return rsa.VerifyHash(digest, padded, name, RSASignaturePadding.Pkcs1);
    }
}
