using System.IO.Compression;
using Comity.OpenPgp;
using Comity.OpenPgp.Packets;
using Comity.Protocol.Envelopes;
using static Comity.Libraries.Tests.OpenPgp.Craft;

namespace Comity.Libraries.Tests.Protocol.Envelopes;

public sealed class InflationTests
{
    private const int Chunk = 8_000_000;
    private const int Chunks = 100;

    [Fact]
    public void Two_kilobytes_that_inflate_to_800_megabytes_are_refused_in_less_than_64()
    {
        var once = Zeros();
        Assert.Equal((long)Chunk * Chunks, Inflated(once));
        var octets = Encrypted(Compress(Packet(Tag.Compressed, [1, .. once])), recipients: [World.Qn.OfficeKey]);
        Assert.InRange(octets.Length, 1, 2048 + 256);
        var mail = new Forged().Mail(octets);
        var context = World.At(World.Qn);
        Envelope.Open(mail, context);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var opening = Envelope.Open(mail, context);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(EnvelopeRefusal.NotOpened, opening.Failure?.Refusal);
        Assert.Equal(OpeningRefusal.NestedCompression, opening.Failure?.Opening);
        Assert.InRange(allocated, 1, 64 << 20);
    }

    private static byte[] Compress(byte[] packets)
    {
        using var packed = new MemoryStream();
        packed.WriteByte(1);
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            deflate.Write(packets);
        return Packet(Tag.Compressed, packed.ToArray());
    }

    /// <summary>
    /// A deflated literal of zeros. From its second chunk on the compressed form repeats itself, so that it is made once
    /// and written many times.
    /// </summary>
    private static byte[] Zeros()
    {
        using var packed = new MemoryStream();
        using var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true);
        using var head = new OctetWriter();
        head.Octet(0xC0 | (int)Tag.Literal)
            .Octet(255)
            .UInt32(((long)Chunk * Chunks) - 6)
            .Octet('b')
            .Octets(new byte[5]);
        var zeros = new byte[Chunk];
        deflate.Write(head.Written);
        deflate.Write(zeros.AsSpan(head.Written.Length));
        deflate.Flush();
        var first = packed.ToArray();
        deflate.Write(zeros);
        deflate.Flush();
        var next = packed.ToArray().AsSpan(first.Length).ToArray();
        // An empty last block with the fixed code ends it.
        return [.. first, .. Enumerable.Repeat(next, Chunks - 1).SelectMany(octets => octets), 0x03, 0x00];
    }

    private static long Inflated(byte[] packed)
    {
        using var inflate = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
        var buffer = new byte[1 << 20];
        long total = 0;
        for (int read; (read = inflate.Read(buffer)) > 0; )
            total += read;
        return total;
    }
}
