using System.Security.Cryptography;
using Comity.OpenPgp.Packets;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Comity.OpenPgp.Sealed;

/// <summary>Recovers the session key from a version 3 PKESK packet for one of our Curve25519 keys (RFC 9580, 5.1.5 and 11.5).</summary>
internal static class SessionKey
{
    private const int Version = 3;

    public static OpeningRefusal? Recover(
        ReadOnlySpan<byte> body,
        IReadOnlyCollection<SecretKey> recipients,
        out SecretKey? recipient,
        out byte[] key
    )
    {
        recipient = null;
        key = [];
        var reader = new OctetReader(body);
        if (reader.Octet() != Version)
            return reader.Failed ? OpeningRefusal.Malformed : OpeningRefusal.EncryptionUnsupported;
        var keyId = reader.Take(8);
        int algorithm = reader.Octet();
        if (reader.Failed)
            return OpeningRefusal.Malformed;
        foreach (var candidate in recipients)
        {
            if (candidate.DecryptionKey(keyId) is not { } ours)
                continue;
            recipient = candidate;
            return algorithm == ours.Key.Algorithm
                ? Unwrap(ref reader, ours.Key, ours.Secret, out key)
                : OpeningRefusal.SessionKeyUnreadable;
        }
        return OpeningRefusal.NotAddressedToUs;
    }

    private static OpeningRefusal? Unwrap(ref OctetReader reader, KeyPacket ours, byte[] secret, out byte[] key)
    {
        key = [];
        var point = reader.Mpi();
        var wrapped = reader.Take(reader.Octet()).ToArray();
        // RFC 7748, 5 has the highest bit ignored when a point is read. No writer sets it: with it, one sealed text would have
        // two forms, and two digests.
        if (!reader.AtEnd || point is not [0x40, .., < 0x80] || point.Length != 33)
            return OpeningRefusal.SessionKeyUnreadable;
        Span<byte> shared = stackalloc byte[32];
        // False for a point of small order: then the "secret" would be known to everybody.
        if (!X25519.CalculateAgreement(secret, point[1..], shared))
            return OpeningRefusal.SessionKeyUnreadable;
        var wrapKey = Rfc6637Utilities.CreateKey(ours.Key!.PublicKeyPacket, shared.ToArray());
        CryptographicOperations.ZeroMemory(shared);
        var plain = Unwrap(wrapKey, wrapped);
        CryptographicOperations.ZeroMemory(wrapKey);
        if (plain is null)
            return OpeningRefusal.SessionKeyUnreadable;
        var refusal = Parse(plain, out key);
        CryptographicOperations.ZeroMemory(plain);
        return refusal;
    }

    private static byte[]? Unwrap(byte[] wrapKey, byte[] wrapped)
    {
        if (wrapped.Length is < 24 or > 128 || wrapped.Length % 8 != 0)
            return null;
        try
        {
            var engine = new Rfc3394WrapEngine(new AesEngine());
            engine.Init(false, new KeyParameter(wrapKey));
            return engine.Unwrap(wrapped, 0, wrapped.Length);
        }
        catch (CryptoException)
        {
            return null;
        }
    }

    private static OpeningRefusal? Parse(ReadOnlySpan<byte> plain, out byte[] key)
    {
        key = [];
        var padding = plain[^1];
        if (padding is 0 or > 40 || padding >= plain.Length || plain[^padding..].IndexOfAnyExcept(padding) >= 0)
            return OpeningRefusal.SessionKeyUnreadable;
        plain = plain[..^padding];
        if (Cfb.KeyLength(plain[0]) is not { } length)
            return OpeningRefusal.CipherRefused;
        if (plain.Length != 1 + length + 2)
            return OpeningRefusal.SessionKeyUnreadable;
        var sum = 0;
        foreach (var octet in plain.Slice(1, length))
            sum += octet;
        if (plain[^2] != (byte)(sum >> 8) || plain[^1] != (byte)sum)
            return OpeningRefusal.SessionKeyUnreadable;
        key = plain.Slice(1, length).ToArray();
        return null;
    }
}
