using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Comity.OpenPgp;

/// <summary>What an ASCII armour says that it holds (RFC 9580, 6.2).</summary>
public enum ArmorKind
{
    /// <summary>PGP MESSAGE.</summary>
    Message,

    /// <summary>PGP PUBLIC KEY BLOCK; revocations travel under it too.</summary>
    PublicKey,

    /// <summary>PGP PRIVATE KEY BLOCK.</summary>
    PrivateKey,

    /// <summary>PGP SIGNATURE.</summary>
    Signature,
}

/// <summary>ASCII armour (RFC 9580, 6.2), written plainly and read strictly.</summary>
public static class Armor
{
    private const int LineLength = 64;
    private const int MaxReadLine = 1000;
    private const int MaxHeaders = 16;

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(i => CrcOf((uint)i))];

    private static readonly SearchValues<byte> Alphabet = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8
    );

    /// <summary>Whether the octets look like armour rather than packets: no packet begins with an ASCII character.</summary>
    /// <param name="octets">The octets.</param>
    public static bool Looks(ReadOnlySpan<byte> octets) => !octets.IsEmpty && octets[0] < 0x80;

    /// <summary>Armours octets, with checksum and lines of 64 characters that end in LF.</summary>
    /// <param name="kind">What they are.</param>
    /// <param name="octets">The packets.</param>
    public static string Write(ArmorKind kind, ReadOnlySpan<byte> octets)
    {
        using var text = new MemoryStream(octets.Length / 3 * 4 + octets.Length / 40 + 200);
        Write(kind, octets, "\n", text);
        return Encoding.ASCII.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    internal static void Write(ArmorKind kind, ReadOnlySpan<byte> octets, string lineEnd, Stream output)
    {
        var end = Encoding.ASCII.GetBytes(lineEnd);
        Span<byte> line = stackalloc byte[LineLength + 2];
        output.Write([.. Boundary("BEGIN", kind), .. end, .. end]);
        for (var at = 0; at < octets.Length; at += LineLength / 4 * 3)
        {
            var part = octets.Slice(at, Math.Min(LineLength / 4 * 3, octets.Length - at));
            Base64.EncodeToUtf8(part, line, out _, out var written);
            end.CopyTo(line[written..]);
            output.Write(line[..(written + end.Length)]);
        }
        var crc = Checksum(octets);
        line[0] = (byte)'=';
        Base64.EncodeToUtf8([(byte)(crc >> 16), (byte)(crc >> 8), (byte)crc], line[1..], out _, out _);
        output.Write([.. line[..5], .. end, .. Boundary("END", kind), .. end]);
    }

    /// <summary>Takes armour off. White space may stand around it, nothing else; the checksum may be missing, but not wrong.</summary>
    /// <param name="kind">What it must be.</param>
    /// <param name="text">The armour.</param>
    /// <returns>The packets; null if the armour is not exactly one well-formed block of the kind.</returns>
    public static byte[]? Read(ArmorKind kind, ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t\r\n"u8);
        if (!NextLine(ref text, out var line) || !Is(line, "BEGIN", kind))
            return null;
        for (var headers = 0; ; headers++)
        {
            if (!NextLine(ref text, out line) || headers > MaxHeaders)
                return null;
            if (line.IsEmpty)
                break;
            if (line.IndexOf(": "u8) <= 0)
                return null;
        }
        var encoded = new byte[text.Length];
        var length = 0;
        uint? checksum = null;
        while (true)
        {
            if (!NextLine(ref text, out line))
                return null;
            if (line.StartsWith("-----"u8))
                break;
            // Nothing but the end may follow the checksum.
            if (checksum is not null)
                return null;
            if (line is [(byte)'=', _, _, _, _])
            {
                checksum = ReadChecksum(line[1..]);
                if (checksum is null)
                    return null;
                continue;
            }
            if (!IsBase64Line(line))
                return null;
            line.CopyTo(encoded.AsSpan(length));
            length += line.Length;
        }
        if (!Is(line, "END", kind) || !text.IsEmpty || length == 0)
            return null;
        return Decode(encoded.AsSpan(0, length), checksum);
    }

    private static byte[]? Decode(Span<byte> encoded, uint? checksum)
    {
        if (Base64.DecodeFromUtf8InPlace(encoded, out var written) != OperationStatus.Done)
            return null;
        var octets = encoded[..written].ToArray();
        return checksum is null || checksum == Checksum(octets) ? octets : null;
    }

    private static bool IsBase64Line(ReadOnlySpan<byte> line)
    {
        var padding = line.Length - line.TrimEnd((byte)'=').Length;
        return !line.IsEmpty && padding <= 2 && line[..^padding].IndexOfAnyExcept(Alphabet) < 0;
    }

    private static uint? ReadChecksum(ReadOnlySpan<byte> text)
    {
        Span<byte> crc = stackalloc byte[3];
        return Base64.DecodeFromUtf8(text, crc, out _, out var written) == OperationStatus.Done && written == 3
            ? (uint)((crc[0] << 16) | (crc[1] << 8) | crc[2])
            : null;
    }

    private static bool NextLine(ref ReadOnlySpan<byte> text, out ReadOnlySpan<byte> line)
    {
        line = default;
        if (text.IsEmpty)
            return false;
        var end = text.IndexOf((byte)'\n');
        line = (end < 0 ? text : text[..end]).TrimEnd(" \t\r"u8);
        text = end < 0 ? [] : text[(end + 1)..];
        return line.Length <= MaxReadLine;
    }

    private static bool Is(ReadOnlySpan<byte> line, string which, ArmorKind kind) =>
        line.SequenceEqual(Boundary(which, kind));

    private static byte[] Boundary(string which, ArmorKind kind) =>
        Encoding.ASCII.GetBytes($"-----{which} PGP {Label(kind)}-----");

    private static string Label(ArmorKind kind) =>
        kind switch
        {
            ArmorKind.Message => "MESSAGE",
            ArmorKind.PublicKey => "PUBLIC KEY BLOCK",
            ArmorKind.PrivateKey => "PRIVATE KEY BLOCK",
            _ => "SIGNATURE",
        };

    // CRC-24 (RFC 9580, 6.1.1), an octet at a time.
    private static uint Checksum(ReadOnlySpan<byte> octets)
    {
        uint crc = 0xB704CE;
        foreach (var octet in octets)
            crc = (crc << 8) ^ CrcTable[((crc >> 16) ^ octet) & 0xFF];
        return crc & 0xFFFFFF;
    }

    private static uint CrcOf(uint octet)
    {
        var crc = octet << 16;
        for (var i = 0; i < 8; i++)
            crc = (crc & 0x800000) != 0 ? (crc << 1) ^ 0x1864CFB : crc << 1;
        return crc & 0xFFFFFF;
    }
}
