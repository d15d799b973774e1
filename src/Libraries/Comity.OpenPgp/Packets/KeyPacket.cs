using System.Security.Cryptography;
using Comity.OpenPgp.Algorithms;

namespace Comity.OpenPgp.Packets;

/// <summary>The public part of a version 4 key packet (RFC 9580, 5.5.2).</summary>
internal sealed class KeyPacket
{
    public const int Rsa = 1;
    public const int RsaEncryptOnly = 2;
    public const int RsaSignOnly = 3;
    public const int Ecdh = 18;
    public const int Ecdsa = 19;
    public const int EdDsa = 22;

    private const int MaxLength = 8 << 10;
    private readonly Lazy<KeyMaterial?> _material;

    private KeyPacket(byte[] body, DateTime created, int algorithm, bool isPrimary)
    {
        Body = body;
        Created = created;
        Algorithm = algorithm;
        IsPrimary = isPrimary;
        FingerprintOctets = FingerprintOf(body);
        Fingerprint = Convert.ToHexString(FingerprintOctets);
        _material = new Lazy<KeyMaterial?>(() => PublicKeyForms.Read(this));
    }

    public byte[] Body { get; }

    public DateTime Created { get; }

    public int Algorithm { get; }

    public bool IsPrimary { get; }

    public byte[] FingerprintOctets { get; }

    public string Fingerprint { get; }

    public ReadOnlySpan<byte> KeyId => FingerprintOctets.AsSpan(12);

    /// <summary>What the key can do; null if the algorithm, curve or size is not allowed or the numbers are none.</summary>
    public KeyMaterial? Material => _material.Value;

    public bool IsAllowed => Material is not null;

    public bool CanSign => Material is { CanSign: true };

    public bool CanEncrypt => Material is { CanEncrypt: true };

    /// <summary>Reads the public part from the start of a key packet's body; a public packet must end with it.</summary>
    public static KeyRefusal? Parse(ReadOnlySpan<byte> body, bool isPrimary, bool isSecret, out KeyPacket? key)
    {
        key = null;
        if (body.IsEmpty || body.Length > MaxLength)
            return KeyRefusal.Malformed;
        if (body[0] != 4)
            return body[0] == 6 ? KeyRefusal.Version6 : KeyRefusal.UnsupportedVersion;
        var reader = new OctetReader(body);
        reader.Octet();
        var created = reader.Time();
        int algorithm = reader.Octet();
        if (!PublicKeyForms.Skip(algorithm, ref reader))
        {
            if (isSecret)
                return KeyRefusal.AlgorithmRefused;
            reader.Rest();
        }
        if (reader.Failed || (!isSecret && !reader.AtEnd))
            return KeyRefusal.Malformed;
        key = new KeyPacket(body[..reader.Position].ToArray(), created, algorithm, isPrimary);
        return null;
    }

    /// <summary>Feeds the key to a signature's digest (RFC 9580, 5.2.4).</summary>
    public void AppendTo(IncrementalHash hash)
    {
        hash.AppendData([0x99, (byte)(Body.Length >> 8), (byte)Body.Length]);
        hash.AppendData(Body);
    }

    // The digest of a version 4 fingerprint is SHA-1 by definition; no signature rests on it.
    private static byte[] FingerprintOf(byte[] body) =>
        MandatedSha1.Of([0x99, (byte)(body.Length >> 8), (byte)body.Length, .. body]);
}
