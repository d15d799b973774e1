using System.Buffers.Binary;
using System.Numerics;

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

    /// <summary>
    /// A multiprecision integer, without its length. The length must be that of the value: RFC 9580, 3.2 demands the check
    /// of version 6 packets, and we make it everywhere, so that one value has one form.
    /// </summary>
    public ReadOnlySpan<byte> Mpi()
    {
        int bits = UInt16();
        var value = Take((bits + 7) / 8);
        if (value.IsEmpty ? bits != 0 : BitOperations.Log2(value[0]) != (bits - 1) % 8 || value[0] == 0)
            Failed = true;
        return Failed ? [] : value;
    }
}
