using System.Security.Cryptography;
using System.Text;

namespace Comity.OpenPgp.Packets;

/// <summary>Builds one version 4 signature, over SHA-512.</summary>
internal sealed class SignatureWriter
{
    private readonly KeyPacket _key;
    private readonly SignatureType _type;
    private byte[] _hashed = [];
    private byte[] _unhashed;

    public SignatureWriter(KeyPacket key, SignatureType type, DateTime at)
    {
        _key = key;
        _type = type;
        // Issuer fingerprint first and creation second, as GnuPG orders them.
        Add(SubpacketType.IssuerFingerprint, [4, .. key.FingerprintOctets]);
        using var time = new OctetWriter();
        Add(SubpacketType.Created, time.Time(at).Written);
        _unhashed = Subpacket(SubpacketType.Issuer, key.KeyId);
    }

    public SignatureWriter Add(SubpacketType type, ReadOnlySpan<byte> body)
    {
        _hashed = [.. _hashed, .. Subpacket(type, body)];
        return this;
    }

    public SignatureWriter AddSeconds(SubpacketType type, TimeSpan span)
    {
        using var body = new OctetWriter();
        return Add(type, body.UInt32((long)span.TotalSeconds).Written);
    }

    /// <summary>A human-readable notation (RFC 9580, 5.2.3.24), not critical.</summary>
    public SignatureWriter AddNotation(string name, string value)
    {
        using var body = new OctetWriter();
        var (n, v) = (Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));
        return Add(
            SubpacketType.Notation,
            body.UInt32(0x80000000).UInt16(n.Length).UInt16(v.Length).Octets(n).Octets(v).Written
        );
    }

    public SignatureWriter Embed(ReadOnlySpan<byte> signatureBody)
    {
        _unhashed = [.. _unhashed, .. Subpacket(SubpacketType.EmbeddedSignature, signatureBody)];
        return this;
    }

    /// <summary>Signs and gives the packet's body.</summary>
    public byte[] Sign(ReadOnlySpan<byte> secret, Action<IncrementalHash> feed)
    {
        using var hash = Digests.Create(Digests.Sha512);
        feed(hash);
        return Sign(secret, hash);
    }

    /// <summary>As the other, with the data already in the digest (SHA-512).</summary>
    public byte[] Sign(ReadOnlySpan<byte> secret, IncrementalHash hash)
    {
        using var body = new OctetWriter();
        body.Octet(4).Octet((int)_type).Octet(_key.Algorithm).Octet(Digests.Sha512);
        body.UInt16(_hashed.Length).Octets(_hashed);
        hash.AppendData(body.Written);
        using var trailer = new OctetWriter();
        hash.AppendData(trailer.Octet(4).Octet(0xFF).UInt32(body.Written.Length).Written);
        var digest = hash.GetHashAndReset();
        body.UInt16(_unhashed.Length).Octets(_unhashed);
        body.Octets(digest.AsSpan(0, 2));
        _key.Material!.Sign(body, secret, digest, Digests.Sha512);
        return body.ToArray();
    }

    public static byte[] AsPacket(ReadOnlySpan<byte> body)
    {
        using var writer = new OctetWriter();
        return writer.Packet(Tag.Signature, body).ToArray();
    }

    private static byte[] Subpacket(SubpacketType type, ReadOnlySpan<byte> body)
    {
        using var writer = new OctetWriter();
        return writer.Length(body.Length + 1).Octet((int)type).Octets(body).ToArray();
    }
}
