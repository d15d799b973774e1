using Org.BouncyCastle.Utilities.Zlib;

namespace Comity.OpenPgp.Sealed;

/// <summary>
/// Decompresses ZIP (raw deflate) or ZLIB data that must fill its packet exactly. The platform's stream does not tell
/// where the data ended, and takes data that was cut short.
/// </summary>
internal sealed class Inflater
{
    private readonly ZStream _stream = new();
    private readonly bool _isRaw;
    private bool _ended;
    private bool _lent;

    public Inflater(ArraySegment<byte> packed, bool isRaw)
    {
        _isRaw = isRaw;
        IsDamaged = _stream.inflateInit(isRaw) != JZlib.Z_OK;
        _stream.next_in = packed.Array;
        _stream.next_in_index = packed.Offset;
        _stream.avail_in = packed.Count;
    }

    /// <summary>Not well-formed, or cut short.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Something stands behind the end of the compressed data.</summary>
    public bool HasTrailingData => _ended && !_lent && _stream.avail_in > 0;

    /// <summary>The next octets; 0 at the end or when it is damaged.</summary>
    public int Read(byte[] buffer, int offset, int count)
    {
        if (_ended || IsDamaged || count == 0)
            return 0;
        _stream.next_out = buffer;
        _stream.next_out_index = offset;
        _stream.avail_out = count;
        var outcome = _stream.inflate(JZlib.Z_NO_FLUSH);
        if (outcome != JZlib.Z_STREAM_END && _stream.avail_in == 0 && _stream.avail_out > 0 && _isRaw && !_lent)
            outcome = LendAnOctet();
        var read = count - _stream.avail_out;
        _ended = outcome == JZlib.Z_STREAM_END;
        // No progress without an end means that there is not enough of it.
        IsDamaged = !_ended && (outcome != JZlib.Z_OK || read == 0);
        return IsDamaged ? 0 : read;
    }

    // This inflater looks one octet ahead, and raw data has no checksum behind it to look at.
    // Not a zero: to the fixed code seven zero bits are an end of block, and would complete what was cut short.
    private int LendAnOctet()
    {
        _lent = true;
        _stream.next_in = [0xFF];
        _stream.next_in_index = 0;
        _stream.avail_in = 1;
        return _stream.inflate(JZlib.Z_NO_FLUSH);
    }
}
