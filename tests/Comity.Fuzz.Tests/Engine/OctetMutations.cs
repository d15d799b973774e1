using System.Buffers.Binary;

namespace Comity.Fuzz.Tests.Engine;

/// <summary>Changes that know nothing of what the octets mean.</summary>
internal static class OctetMutations
{
    private static readonly uint[] Telling =
    [
        0,
        1,
        0x7F,
        0x80,
        0xBF,
        0xC0,
        0xDF,
        0xE0,
        0xFE,
        0xFF,
        0x100,
        0x7FFF,
        0x8000,
        0xFFFF,
        0x7FFF_FFFF,
        0x8000_0000,
        0xFFFF_FFFF,
    ];

    public static byte[] FlipBit(byte[] octets, SeededSource source)
    {
        var changed = octets.ToArray();
        changed[source.Below(changed.Length)] ^= (byte)(1 << source.Below(8));
        return changed;
    }

    public static byte[] SetOctet(byte[] octets, SeededSource source)
    {
        var changed = octets.ToArray();
        changed[source.Below(changed.Length)] = source.OneIn(2) ? source.Octet() : (byte)source.Pick(Telling);
        return changed;
    }

    /// <summary>Takes one, two or four octets for a length and makes it a little, or very, wrong.</summary>
    public static byte[] BendLength(byte[] octets, SeededSource source)
    {
        var changed = octets.ToArray();
        var width = 1 << source.Below(3);
        if (changed.Length < width)
            return changed;
        var field = changed.AsSpan(source.Below(changed.Length - width + 1), width);
        Span<byte> wide = stackalloc byte[4];
        wide.Clear();
        field.CopyTo(wide[(4 - width)..]);
        var value = BinaryPrimitives.ReadUInt32BigEndian(wide);
        value = source.OneIn(3) ? source.Pick(Telling) : value + (uint)source.Below(33) - 16;
        BinaryPrimitives.WriteUInt32BigEndian(wide, value);
        wide[(4 - width)..].CopyTo(field);
        return changed;
    }

    public static byte[] Cut(byte[] octets, SeededSource source)
    {
        var (from, length) = Range(octets, source);
        return [.. octets.AsSpan(0, from), .. octets.AsSpan(from + length)];
    }

    public static byte[] Truncate(byte[] octets, SeededSource source) => octets[..source.Below(octets.Length)];

    public static byte[] Repeat(byte[] octets, SeededSource source)
    {
        var (from, length) = Range(octets, source);
        var times = source.OneIn(10) ? 2 + source.Below(200) : 2;
        var part = octets.AsSpan(from, length).ToArray();
        return
        [
            .. octets.AsSpan(0, from),
            .. Enumerable.Repeat(part, times).SelectMany(piece => piece),
            .. octets.AsSpan(from + length),
        ];
    }

    public static byte[] Move(byte[] octets, SeededSource source)
    {
        var (from, length) = Range(octets, source);
        var part = octets.AsSpan(from, length).ToArray();
        byte[] rest = [.. octets.AsSpan(0, from), .. octets.AsSpan(from + length)];
        return Insert(rest, part, source.Below(rest.Length + 1));
    }

    /// <summary>The head of one and the tail of another.</summary>
    public static byte[] Splice(byte[] octets, byte[] other, SeededSource source) =>
        [.. octets.AsSpan(0, source.Below(octets.Length + 1)), .. other.AsSpan(source.Below(other.Length + 1))];

    /// <summary>A piece of another one, put in or put over.</summary>
    public static byte[] Graft(byte[] octets, byte[] other, SeededSource source)
    {
        if (other.Length == 0)
            return octets;
        var (from, length) = Range(other, source);
        return Place(octets, other.AsSpan(from, length).ToArray(), source);
    }

    public static byte[] Place(byte[] octets, byte[] part, SeededSource source)
    {
        var at = source.Below(octets.Length + 1);
        return source.OneIn(2)
            ? Insert(octets, part, at)
            : [.. octets.AsSpan(0, at), .. part, .. octets.AsSpan(Math.Min(at + part.Length, octets.Length))];
    }

    private static byte[] Insert(byte[] octets, byte[] part, int at) =>
        [.. octets.AsSpan(0, at), .. part, .. octets.AsSpan(at)];

    private static (int From, int Length) Range(byte[] octets, SeededSource source)
    {
        var from = source.Below(octets.Length);
        return (from, Math.Min(1 + source.Skewed(64), octets.Length - from));
    }
}
