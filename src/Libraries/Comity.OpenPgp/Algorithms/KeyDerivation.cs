using System.Security.Cryptography;
using Comity.OpenPgp.Packets;
using Comity.OpenPgp.Sealed;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;

namespace Comity.OpenPgp.Algorithms;

/// <summary>
/// From a shared point to a session key (RFC 9580, 11.5): one round of a digest over the point and what the key says of
/// itself, then AES key wrap.
/// </summary>
internal sealed class KeyDerivation
{
    private readonly byte[] _parameters;
    private readonly int _digest;
    private readonly int _keyLength;

    private KeyDerivation(byte[] parameters, int digest, int keyLength) =>
        (_parameters, _digest, _keyLength) = (parameters, digest, keyLength);

    /// <summary>The parameters of a key; null unless they are those of its curve in RFC 9580, 11.5.1, or stronger ones.</summary>
    public static KeyDerivation? Read(
        ReadOnlySpan<byte> curve,
        ReadOnlySpan<byte> field,
        ReadOnlySpan<byte> fingerprint
    )
    {
        var (leastDigest, leastCipher) = NamedCurve.Find(curve) is { } named
            ? (named.Digest, named.Cipher)
            : (Digests.Sha256, Cfb.Aes128);
        if (field is not [1, var digest, var cipher] || !Digests.IsStrong(digest) || digest < leastDigest)
            return null;
        if (Cfb.KeyLength(cipher) is not { } keyLength || cipher < leastCipher)
            return null;
        byte[] parameters =
        [
            (byte)curve.Length,
            .. curve,
            KeyPacket.Ecdh,
            (byte)field.Length,
            .. field,
            .. "Anonymous Sender    "u8,
            .. fingerprint,
        ];
        return new KeyDerivation(parameters, digest, keyLength);
    }

    /// <summary>Wraps an AES-256 session key, and writes it with its length.</summary>
    public void Wrap(OctetWriter fields, ReadOnlySpan<byte> shared, ReadOnlySpan<byte> sessionKey)
    {
        using var plain = new OctetWriter();
        plain.Octet(Cfb.Aes256).Octets(sessionKey).Octets(SessionKey.Sum(sessionKey)).Octets([5, 5, 5, 5, 5]);
        var wrapKey = Derive(shared);
        var engine = new Rfc3394WrapEngine(new AesEngine());
        engine.Init(true, new KeyParameter(wrapKey));
        var octets = plain.ToArray();
        var wrapped = engine.Wrap(octets, 0, octets.Length);
        CryptographicOperations.ZeroMemory(wrapKey);
        CryptographicOperations.ZeroMemory(octets);
        fields.Octet(wrapped.Length).Octets(wrapped);
    }

    /// <summary>Takes the session key out of its wrapping.</summary>
    public OpeningRefusal? Unwrap(ReadOnlySpan<byte> shared, ReadOnlySpan<byte> wrapped, out byte[] sessionKey)
    {
        sessionKey = [];
        if (wrapped.Length is < 24 or > 128 || wrapped.Length % 8 != 0)
            return OpeningRefusal.SessionKeyUnreadable;
        var wrapKey = Derive(shared);
        try
        {
            var engine = new Rfc3394WrapEngine(new AesEngine());
            engine.Init(false, new KeyParameter(wrapKey));
            var plain = engine.Unwrap(wrapped.ToArray(), 0, wrapped.Length);
            var refusal = Parse(plain, out sessionKey);
            CryptographicOperations.ZeroMemory(plain);
            return refusal;
        }
        catch (CryptoException)
        {
            return OpeningRefusal.SessionKeyUnreadable;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(wrapKey);
        }
    }

    private byte[] Derive(ReadOnlySpan<byte> shared)
    {
        using var hash = Digests.Create(_digest);
        hash.AppendData([0, 0, 0, 1]);
        hash.AppendData(shared);
        hash.AppendData(_parameters);
        var digest = hash.GetHashAndReset();
        var key = digest[.._keyLength];
        CryptographicOperations.ZeroMemory(digest);
        return key;
    }

    private static OpeningRefusal? Parse(ReadOnlySpan<byte> plain, out byte[] sessionKey)
    {
        sessionKey = [];
        var padding = plain[^1];
        if (padding is 0 or > 40 || padding >= plain.Length || plain[^padding..].IndexOfAnyExcept(padding) >= 0)
            return OpeningRefusal.SessionKeyUnreadable;
        plain = plain[..^padding];
        if (Cfb.KeyLength(plain[0]) is not { } length)
            return OpeningRefusal.CipherRefused;
        if (
            plain.Length != 1 + length + 2
            || SessionKey.Sum(plain.Slice(1, length)) is var sum && !plain[^2..].SequenceEqual(sum)
        )
            return OpeningRefusal.SessionKeyUnreadable;
        sessionKey = plain.Slice(1, length).ToArray();
        return null;
    }
}
