using System.Security.Cryptography;
using Comity.OpenPgp.Packets;
using Org.BouncyCastle.Bcpg;

namespace Comity.OpenPgp.Sealed;

/// <summary>
/// Writes symmetrically encrypted, integrity protected data of version 1 (RFC 9580, 5.13.1) in partial lengths, so that
/// memory does not grow with the content. What is written is incomplete until <see cref="Finish"/>.
/// </summary>
internal sealed class ProtectedWriter : Stream
{
    // A multiple of the cipher's block, as everything but the end must be.
    private const int ChunkSize = 64 << 10;
    private const int Version = 1;

    private readonly BcpgOutputStream _packet;
    private readonly byte[] _key;
    private readonly byte[] _feedback = new byte[16];
    private readonly byte[] _plain = new byte[ChunkSize];
    private readonly IncrementalHash _hash = MandatedSha1.Create();
    private int _filled;

    /// <param name="output">Gets the packet; stays open.</param>
    /// <param name="key">The AES session key; wiped when this is disposed of.</param>
    public ProtectedWriter(Stream output, byte[] key)
    {
        _key = key;
        _packet = new BcpgOutputStream(output, PacketTag.SymmetricEncryptedIntegrityProtected, new byte[ChunkSize]);
        _packet.WriteByte(Version);
        var prefix = RandomNumberGenerator.GetBytes(16);
        Write([.. prefix, .. prefix[^2..]]);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash.AppendData(buffer);
        Encrypt(buffer);
    }

    /// <summary>Writes the modification detection code and ends the packet.</summary>
    public void Finish()
    {
        Write([0xC0 | (int)Tag.ModificationDetection, 20]);
        Encrypt(_hash.GetHashAndReset());
        EncryptChunk();
        _packet.Finish();
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        CryptographicOperations.ZeroMemory(_key);
        CryptographicOperations.ZeroMemory(_plain);
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }

    private void Encrypt(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            var taken = Math.Min(octets.Length, ChunkSize - _filled);
            octets[..taken].CopyTo(_plain.AsSpan(_filled));
            octets = octets[taken..];
            _filled += taken;
            if (_filled == ChunkSize)
                EncryptChunk();
        }
    }

    private void EncryptChunk()
    {
        var encrypted = Cfb.Encrypt(_key, _feedback, _plain.AsSpan(0, _filled));
        if (_filled == ChunkSize)
            encrypted.AsSpan(ChunkSize - 16).CopyTo(_feedback);
        _packet.Write(encrypted);
        _filled = 0;
    }
}
