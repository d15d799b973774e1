namespace Comity.OpenPgp.Packets;

/// <summary>The packet types that this library knows (RFC 9580, 5).</summary>
internal enum Tag
{
    SessionKey = 1,
    Signature = 2,
    PassphraseSessionKey = 3,
    OnePassSignature = 4,
    SecretKey = 5,
    PublicKey = 6,
    SecretSubkey = 7,
    Compressed = 8,
    UnprotectedEncrypted = 9,
    Marker = 10,
    Literal = 11,
    Trust = 12,
    UserId = 13,
    PublicSubkey = 14,
    UserAttribute = 17,
    ProtectedEncrypted = 18,
    ModificationDetection = 19,
    AeadEncrypted = 20,
}

/// <summary>One packet; the body lies in the buffer that was walked.</summary>
internal readonly record struct Packet(Tag Tag, Memory<byte> Body);

internal enum Step
{
    Read,
    End,
    Malformed,
}

/// <summary>
/// Walks over packets in memory (RFC 9580, 4.2). Bodies in partial lengths are moved together within the buffer, so a
/// walk never allocates. Only data packets may have partial or indeterminate lengths.
/// </summary>
internal sealed class PacketWalk(Memory<byte> octets, int maxPackets)
{
    private int _at;
    private int _count;

    public bool AtEnd => _at == octets.Length;

    public Step Next(out Packet packet)
    {
        packet = default;
        if (AtEnd)
            return Step.End;
        if (++_count > maxPackets)
            return Step.Malformed;
        var first = octets.Span[_at++];
        if ((first & 0x80) == 0)
            return Step.Malformed;
        var isNew = (first & 0x40) != 0;
        var tag = (Tag)(isNew ? first & 0x3F : (first >> 2) & 0x0F);
        var body = isNew ? NewBody(tag) : OldBody(tag, first & 3);
        if (body is null)
            return Step.Malformed;
        packet = new Packet(tag, body.Value);
        return Step.Read;
    }

    private static bool IsData(Tag tag) =>
        tag is Tag.Compressed or Tag.UnprotectedEncrypted or Tag.Literal or Tag.ProtectedEncrypted or Tag.AeadEncrypted;

    private Memory<byte>? OldBody(Tag tag, int lengthType)
    {
        if (lengthType < 3)
            return BigEndian(1 << lengthType) is { } length ? Take(length) : null;
        // GnuPG writes compressed data without a length; it then reaches to the end of what encloses it.
        return tag == Tag.Compressed ? Take(octets.Length - _at) : null;
    }

    private Memory<byte>? NewBody(Tag tag)
    {
        var start = _at;
        var total = 0;
        while (true)
        {
            if (Length(out var partial) is not { } length || Take(length) is not { } chunk)
                return null;
            if (partial && !IsData(tag))
                return null;
            if (total == 0 && !partial)
                return chunk;
            chunk.CopyTo(octets[(start + total)..]);
            total += length;
            if (!partial)
                return octets.Slice(start, total);
        }
    }

    private int? Length(out bool partial)
    {
        partial = false;
        if (AtEnd)
            return null;
        int first = octets.Span[_at++];
        switch (first)
        {
            case < 192:
                return first;
            case < 224:
                return AtEnd ? null : ((first - 192) << 8) + octets.Span[_at++] + 192;
            case 255:
                return BigEndian(4);
            default:
                partial = true;
                return 1 << (first & 0x1F);
        }
    }

    private int? BigEndian(int count)
    {
        if (octets.Length - _at < count)
            return null;
        long value = 0;
        for (var i = 0; i < count; i++)
            value = (value << 8) | octets.Span[_at++];
        return value > int.MaxValue ? null : (int)value;
    }

    private Memory<byte>? Take(int length)
    {
        if (length < 0 || octets.Length - _at < length)
            return null;
        var body = octets.Slice(_at, length);
        _at += length;
        return body;
    }
}
