using System.Security.Cryptography;

namespace Comity.OpenPgp.Sealed;

/// <summary>Memory for what nobody may see yet: it grows up to a limit and is wiped when it moves and when it goes.</summary>
internal sealed class PrivateBuffer : IDisposable
{
    private const int FirstSize = 64 << 10;

    private byte[] _octets;

    private PrivateBuffer(byte[] octets) => _octets = octets;

    public int Length { get; private set; }

    public Memory<byte> Octets => _octets.AsMemory(0, Length);

    public static PrivateBuffer OfLength(int length) => new(new byte[length]) { Length = length };

    /// <summary>Reads a stream to its end; null if it has more octets than the limit.</summary>
    public static PrivateBuffer? ReadAll(Stream stream, int limit) => ReadAll(stream.Read, limit);

    /// <summary>As the other, from whatever reads: buffer, offset, count, giving how many were read and 0 at the end.</summary>
    public static PrivateBuffer? ReadAll(Func<byte[], int, int, int> readSome, int limit)
    {
        // One octet over the limit is enough to know.
        var most = limit == int.MaxValue ? limit : limit + 1;
        var buffer = new PrivateBuffer(new byte[Math.Min(FirstSize, most)]);
        while (true)
        {
            var read = readSome(buffer._octets, buffer.Length, buffer._octets.Length - buffer.Length);
            buffer.Length += read;
            if (read == 0 && buffer.Length < buffer._octets.Length)
                return buffer;
            if (buffer.Length > limit)
            {
                buffer.Dispose();
                return null;
            }
            if (buffer.Length == buffer._octets.Length)
                buffer.Grow(most);
        }
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_octets);
        _octets = [];
        Length = 0;
    }

    private void Grow(int most)
    {
        var larger = new byte[(int)Math.Min(Math.Max(FirstSize, _octets.LongLength * 2), most)];
        _octets.CopyTo(larger, 0);
        CryptographicOperations.ZeroMemory(_octets);
        _octets = larger;
    }
}
