using System.Buffers.Binary;

namespace Comity.OpenPgp.Packets;

/// <summary>Reads fields from a packet's body; past the end it gives nothing and remembers that it failed.</summary>
internal ref struct OctetReader(ReadOnlySpan<byte> octets)
{
    private ReadOnlySpan<byte> _rest = octets;
    private readonly int _length = octets.Length;

    public bool Failed { get; private set; }

    public readonly int Position => _length - _rest.Length;

    public readonly bool AtEnd => !Failed && _rest.IsEmpty;

    public ReadOnlySpan<byte> Take(int count)
    {
        if (Failed || count < 0 || count > _rest.Length)
        {
            Failed = true;
            return [];
        }
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    public ReadOnlySpan<byte> Rest() => Take(_rest.Length);

    public byte Octet() => Take(1) is [var value] ? value : (byte)0;

    public ushort UInt16() => Take(2) is { Length: 2 } two ? BinaryPrimitives.ReadUInt16BigEndian(two) : (ushort)0;

    public uint UInt32() => Take(4) is { Length: 4 } four ? BinaryPrimitives.ReadUInt32BigEndian(four) : 0;

    public DateTime Time() => DateTime.UnixEpoch.AddSeconds(UInt32());

    /// <summary>A multiprecision integer (RFC 9580, 3.2), without its length.</summary>
    public ReadOnlySpan<byte> Mpi() => Take((UInt16() + 7) / 8);
}
