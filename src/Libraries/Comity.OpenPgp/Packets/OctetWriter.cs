using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Comity.OpenPgp.Packets;

/// <summary>Builds packets; what it holds is wiped when it grows and when it is disposed of.</summary>
internal sealed class OctetWriter : IDisposable
{
    private byte[] _buffer = new byte[256];
    private int _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public byte[] ToArray() => Written.ToArray();

    public OctetWriter Octet(int value)
    {
        Room(1)[0] = (byte)value;
        return this;
    }

    public OctetWriter UInt16(int value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(Room(2), (ushort)value);
        return this;
    }

    public OctetWriter UInt32(long value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(Room(4), (uint)value);
        return this;
    }

    public OctetWriter Time(DateTime value) => UInt32(Seconds(value));

    public OctetWriter Octets(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Room(value.Length));
        return this;
    }

    /// <summary>A multiprecision integer (RFC 9580, 3.2) of a big-endian value.</summary>
    public OctetWriter Mpi(ReadOnlySpan<byte> value)
    {
        value = value.TrimStart((byte)0);
        var bits = value.IsEmpty ? 0 : value.Length * 8 - (BitOperations.LeadingZeroCount(value[0]) - 24);
        return UInt16(bits).Octets(value);
    }

    /// <summary>A packet with a new-format header.</summary>
    public OctetWriter Packet(Tag tag, ReadOnlySpan<byte> body)
    {
        Octet(0xC0 | (int)tag);
        return Length(body.Length).Octets(body);
    }

    /// <summary>A packet or subpacket length (RFC 9580, 4.2.1 and 5.2.3.7; the two agree for what is written here).</summary>
    public OctetWriter Length(int length) =>
        length switch
        {
            < 192 => Octet(length),
            < 8384 => Octet(((length - 192) >> 8) + 192).Octet(length - 192),
            _ => Octet(255).UInt32(length),
        };

    public static long Seconds(DateTime utc)
    {
        var seconds = (long)Math.Floor((utc - DateTime.UnixEpoch).TotalSeconds);
        ArgumentOutOfRangeException.ThrowIfNegative(seconds, nameof(utc));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seconds, uint.MaxValue, nameof(utc));
        return seconds;
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_buffer);
        _length = 0;
    }

    private Span<byte> Room(int count)
    {
        if (_buffer.Length - _length < count)
        {
            var larger = new byte[Math.Max(_buffer.Length * 2, _length + count)];
            Written.CopyTo(larger);
            CryptographicOperations.ZeroMemory(_buffer);
            _buffer = larger;
        }
        var room = _buffer.AsSpan(_length, count);
        _length += count;
        return room;
    }
}
