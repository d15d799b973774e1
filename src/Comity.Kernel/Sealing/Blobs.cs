using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Comity.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Comity.Kernel.Sealing;

/// <summary>Stores and reads blobs; clear bytes exist only in memory, one piece at a time.</summary>
public sealed class Blobs(Vault vault, TimeProvider clock)
{
    private const int Piece = 1 << 20;

    /// <summary>Seals octets into the database, within the caller's transaction, without copying them first.</summary>
    public async Task<Blob> PutAsync(AppDb db, StorageKey key, ReadOnlyMemory<byte> clear, CancellationToken ct)
    {
        if (!MemoryMarshal.TryGetArray(clear, out var octets))
            octets = clear.ToArray();
        await using var stream = new MemoryStream(octets.Array!, octets.Offset, octets.Count, writable: false);
        return await PutAsync(db, key, stream, ct);
    }

    /// <summary>Seals a stream into the database, within the caller's transaction.</summary>
    public async Task<Blob> PutAsync(AppDb db, StorageKey key, Stream clear, CancellationToken ct)
    {
        var blob = new Blob(Ids.New(clock), key.Id);
        db.Add(blob);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // A whole mebibyte for something short would be most of what its storing costs.
        var buffer = new byte[clear.CanSeek ? Math.Clamp(clear.Length - clear.Position, 1, Piece) : Piece];
        for (var number = 0; ; number++)
        {
            var read = await clear.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
            if (read == 0 && number > 0)
                break;
            digest.AppendData(buffer, 0, read);
            blob.Length += read;
            var piece = vault.Seal(key, buffer.AsSpan(0, read), Purpose(blob.Id, number));
            db.Add(
                new BlobPiece
                {
                    BlobId = blob.Id,
                    Number = number,
                    Sealed = piece,
                }
            );
            if (read < Piece)
                break;
        }
        CryptographicOperations.ZeroMemory(buffer);
        blob.Sha256 = Convert.ToHexStringLower(digest.GetHashAndReset());
        return blob;
    }

    /// <summary>Opens a blob into memory.</summary>
    /// <exception cref="CryptographicException">A piece is missing, moved, or changed.</exception>
    public async Task<byte[]> ReadAsync(AppDb db, Guid id, CancellationToken ct)
    {
        var length = await db.Set<Blob>().AsNoTracking().Where(b => b.Id == id).Select(b => b.Length).SingleAsync(ct);
        var clear = new byte[length];
        await using var stream = new MemoryStream(clear);
        await CopyAsync(db, id, stream, ct);
        return clear;
    }

    /// <summary>Opens a blob into a stream, one piece at a time.</summary>
    /// <exception cref="CryptographicException">A piece is missing, moved, or changed; what came before it was written.</exception>
    public async Task CopyAsync(AppDb db, Guid id, Stream to, CancellationToken ct)
    {
        var (blob, key) = await FindAsync(db, id, ct);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var left = blob.Length;
        var pieces = db.Set<BlobPiece>().AsNoTracking().Where(p => p.BlobId == id).OrderBy(p => p.Number);
        await foreach (var piece in pieces.AsAsyncEnumerable().WithCancellation(ct))
        {
            var part = vault.Open(key, piece.Sealed, Purpose(id, piece.Number));
            left -= part.Length;
            if (left < 0)
                break;
            digest.AppendData(part);
            await to.WriteAsync(part, ct);
        }
        var found = Convert.ToHexStringLower(digest.GetHashAndReset());
        if (left != 0 || !string.Equals(found, blob.Sha256, StringComparison.Ordinal))
            throw new CryptographicException("A piece of this blob is missing.");
    }

    private static async Task<(Blob, StorageKey)> FindAsync(AppDb db, Guid id, CancellationToken ct)
    {
        var found = await db.Set<Blob>()
            .AsNoTracking()
            .Join(db.Set<StorageKey>(), b => b.StorageKeyId, k => k.Id, (blob, key) => new { blob, key })
            .SingleAsync(f => f.blob.Id == id, ct);
        return (found.blob, found.key);
    }

    private static string Purpose(Guid blob, int number) => FormattableString.Invariant($"blob:{blob:N}:{number}");
}
