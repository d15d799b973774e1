using Org.BouncyCastle.Utilities.Zlib;

namespace Comity.OpenPgp.Sealed;

/// <summary>
/// Decompresses ZIP (raw deflate) or ZLIB data that must fill its packet exactly. The platform's stream does not tell
/// where the data ended, and takes data that was cut short.
/// </summary>
internal sealed class Inflater
{
    private readonly ZStream _stream = new();
    private bool _ended;

    public Inflater(ArraySegment<byte> packed, bool isRaw)
    {
        IsDamaged = _stream.inflateInit(isRaw) != JZlib.Z_OK;
        _stream.next_in = packed.Array;
        _stream.next_in_index = packed.Offset;
        _stream.avail_in = packed.Count;
    }

    /// <summary>Not well-formed, or cut short.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Something stands behind the end of the compressed data.</summary>
    public bool HasTrailingData => _ended && _stream.avail_in > 0;

    /// <summary>The next octets; 0 at the end or when it is damaged.</summary>
    public int Read(byte[] buffer, int offset, int count)
    {
        if (_ended || IsDamaged || count == 0)
            return 0;
        _stream.next_out = buffer;
        _stream.next_out_index = offset;
        _stream.avail_out = count;
        var outcome = _stream.inflate(JZlib.Z_NO_FLUSH);
        var read = count - _stream.avail_out;
        _ended = outcome == JZlib.Z_STREAM_END;
        // No progress without an end means that there is not enough of it.
        IsDamaged = !_ended && (outcome != JZlib.Z_OK || read == 0);
        return IsDamaged ? 0 : read;
    }
}
