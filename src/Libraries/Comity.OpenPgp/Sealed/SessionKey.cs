using System.Security.Cryptography;
using Comity.OpenPgp.Packets;

namespace Comity.OpenPgp.Sealed;

/// <summary>Session keys and the version 3 PKESK packets in which they travel (RFC 9580, 5.1).</summary>
internal static class SessionKey
{
    private const int Version = 3;

    /// <summary>Encrypts a new AES-256 session key to a key that may be encrypted to.</summary>
    /// <param name="recipient">Must be allowed to.</param>
    /// <param name="packet">The PKESK packet.</param>
    /// <returns>The session key, to be wiped.</returns>
    public static byte[] Make(KeyPacket recipient, out byte[] packet)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        using var body = new OctetWriter();
        body.Octet(Version).Octets(recipient.KeyId).Octet(recipient.Algorithm);
        recipient.Material!.Encrypt(body, key);
        using var writer = new OctetWriter();
        packet = writer.Packet(Tag.SessionKey, body.Written).ToArray();
        return key;
    }

    /// <summary>The sum of its octets, which travels with it.</summary>
    public static byte[] Sum(ReadOnlySpan<byte> key)
    {
        var sum = 0;
        foreach (var octet in key)
            sum += octet;
        return [(byte)(sum >> 8), (byte)sum];
    }

    /// <summary>Recovers a session key with whichever of our keys it is for.</summary>
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
                ? ours.Key.Material!.Recover(ref reader, ours.Secret, out key)
                : OpeningRefusal.SessionKeyUnreadable;
        }
        return OpeningRefusal.NotAddressedToUs;
    }
}
