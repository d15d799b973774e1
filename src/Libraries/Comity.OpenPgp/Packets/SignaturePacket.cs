using System.Security.Cryptography;

namespace Comity.OpenPgp.Packets;

internal enum SignatureType
{
    Binary = 0x00,
    Text = 0x01,
    GenericCertification = 0x10,
    PositiveCertification = 0x13,
    SubkeyBinding = 0x18,
    PrimaryKeyBinding = 0x19,
    DirectKey = 0x1F,
    KeyRevocation = 0x20,
    SubkeyRevocation = 0x28,
    CertificationRevocation = 0x30,
}

internal enum SubpacketType
{
    Created = 2,
    SignatureExpiration = 3,
    KeyExpiration = 9,
    PreferredCiphers = 11,
    Issuer = 16,
    Notation = 20,
    PreferredDigests = 21,
    PreferredCompression = 22,
    KeyServerPreferences = 23,
    PrimaryUserId = 25,
    KeyFlags = 27,
    RevocationReason = 29,
    Features = 30,
    EmbeddedSignature = 32,
    IssuerFingerprint = 33,
    IntendedRecipient = 35,
}

internal readonly record struct Subpacket(SubpacketType Type, bool IsCritical, ReadOnlyMemory<byte> Body);

/// <summary>A version 4 signature packet (RFC 9580, 5.2.3). What it says counts only once <see cref="SignatureMath"/> has verified it.</summary>
internal sealed class SignaturePacket
{
    private const int MaxLength = 64 << 10;
    private const int MaxSubpackets = 64;

    private ReadOnlyMemory<byte> _hashedPart;

    private SignaturePacket() { }

    public SignatureType Type { get; private init; }

    public int KeyAlgorithm { get; private init; }

    public int DigestAlgorithm { get; private init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    public required List<Subpacket> Hashed { get; init; }

    public required List<Subpacket> Unhashed { get; init; }

    /// <summary>The integers of the signature, as many as there are.</summary>
    public required List<ReadOnlyMemory<byte>> Values { get; init; }

    public DateTime Created { get; private init; }

    /// <summary>SHA-256, SHA-384 or SHA-512.</summary>
    public bool HasStrongDigest => Digests.IsStrong(DigestAlgorithm);

    /// <summary>Reads the body of a signature packet; null if it is not one well-formed version 4 signature.</summary>
    public static SignaturePacket? Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Length > MaxLength)
            return null;
        var reader = new OctetReader(body.Span);
        if (reader.Octet() != 4)
            return null;
        var type = (SignatureType)reader.Octet();
        int keyAlgorithm = reader.Octet();
        int digest = reader.Octet();
        var hashed = Subpackets(body, ref reader);
        var hashedLength = reader.Position;
        var unhashed = Subpackets(body, ref reader);
        reader.Take(2);
        var values = new List<ReadOnlyMemory<byte>>();
        while (!reader.AtEnd && !reader.Failed && values.Count < 3)
        {
            var mpi = reader.Mpi().Length;
            values.Add(body.Slice(reader.Position - mpi, mpi));
        }
        if (!reader.AtEnd || hashed is null || unhashed is null || values.Count is 0 or > 2)
            return null;
        // Exactly one creation time, and it must be under the signature (RFC 9580, 5.2.3.11).
        var created = hashed.Where(s => s.Type == SubpacketType.Created).ToList();
        if (created.Count != 1 || created[0].Body.Length != 4)
            return null;
        return new SignaturePacket
        {
            Type = type,
            KeyAlgorithm = keyAlgorithm,
            DigestAlgorithm = digest,
            Body = body,
            Hashed = hashed,
            Unhashed = unhashed,
            Values = values,
            Created = new OctetReader(created[0].Body.Span).Time(),
            _hashedPart = body[..hashedLength],
        };
    }

    /// <summary>The only subpacket of a type in the hashed area; null if there is none. Several: the last (RFC 9580, 5.2.3.9).</summary>
    public ReadOnlyMemory<byte>? Find(SubpacketType type)
    {
        for (var i = Hashed.Count - 1; i >= 0; i--)
            if (Hashed[i].Type == type)
                return Hashed[i].Body;
        return null;
    }

    /// <summary>A span of time in seconds, or null where there is none; 0 means "never" and counts as none.</summary>
    public TimeSpan? Seconds(SubpacketType type) =>
        Find(type) is { Length: 4 } body && new OctetReader(body.Span).UInt32() is > 0 and var seconds
            ? TimeSpan.FromSeconds(seconds)
            : null;

    public int KeyFlags => Find(SubpacketType.KeyFlags) is { Length: > 0 } flags ? flags.Span[0] : 0;

    public bool HasExpiredBy(DateTime at) =>
        Seconds(SubpacketType.SignatureExpiration) is { } span && at >= Created + span;

    /// <summary>The fingerprint of the issuer, if it is given in the hashed area.</summary>
    public ReadOnlyMemory<byte>? IssuerFingerprint
    {
        get
        {
            // No conditional expression here: its null would silently become an empty memory.
            if (Find(SubpacketType.IssuerFingerprint) is { Length: 21 } body && body.Span[0] == 4)
                return body[1..];
            return null;
        }
    }

    /// <summary>The key id of the issuer, hashed or not: a hint that only selects the key to verify with.</summary>
    public ReadOnlyMemory<byte>? IssuerKeyId
    {
        get
        {
            if (IssuerFingerprint is { } fingerprint)
                return fingerprint[12..];
            if (Hashed.Concat(Unhashed).LastOrDefault(s => s.Type == SubpacketType.Issuer).Body is { Length: 8 } id)
                return id;
            return null;
        }
    }

    /// <summary>Whether the issuer that it names is the key.</summary>
    public bool NamesIssuer(KeyPacket key) =>
        IssuerFingerprint is { } fingerprint
            ? fingerprint.Span.SequenceEqual(key.FingerprintOctets)
            : IssuerKeyId is { } id && id.Span.SequenceEqual(key.KeyId);

    public bool HasUnknownCritical(ReadOnlySpan<SubpacketType> understood)
    {
        foreach (var subpacket in Hashed)
            if (subpacket.IsCritical && !understood.Contains(subpacket.Type))
                return true;
        return false;
    }

    /// <summary>Ends the digest with what the signature says of itself (RFC 9580, 5.2.4).</summary>
    public byte[] Finish(IncrementalHash hash)
    {
        hash.AppendData(_hashedPart.Span);
        using var trailer = new OctetWriter();
        hash.AppendData(trailer.Octet(4).Octet(0xFF).UInt32(_hashedPart.Length).Written);
        return hash.GetHashAndReset();
    }

    private static List<Subpacket>? Subpackets(ReadOnlyMemory<byte> body, ref OctetReader outer)
    {
        var area = outer.Take(outer.UInt16());
        var start = outer.Position - area.Length;
        var reader = new OctetReader(area);
        var found = new List<Subpacket>();
        while (!reader.AtEnd)
        {
            int length = reader.Octet();
            if (length == 255)
                length = (int)Math.Min(reader.UInt32(), int.MaxValue);
            else if (length >= 192)
                length = ((length - 192) << 8) + reader.Octet() + 192;
            int type = reader.Octet();
            var content = reader.Take(length - 1).Length;
            if (reader.Failed || found.Count == MaxSubpackets)
                return null;
            var at = body.Slice(start + reader.Position - content, content);
            found.Add(new Subpacket((SubpacketType)(type & 0x7F), (type & 0x80) != 0, at));
        }
        return found;
    }
}
