using System.Security.Cryptography;
using Comity.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Comity.Kernel.Sealing;

/// <summary>Stores and reads blobs; clear bytes exist only in memory, one piece at a time.</summary>
public sealed class Blobs(Vault vault, TimeProvider clock)
{
    private const int Piece = 1 << 20;

    /// <summary>Seals a stream into the database, within the caller's transaction.</summary>
    public async Task<Blob> PutAsync(AppDb db, StorageKey key, Stream clear, CancellationToken ct)
    {
        var blob = new Blob(Ids.New(clock), key.Id);
        db.Add(blob);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Piece];
        for (var number = 0; ; number++)
        {
            var read = await clear.ReadAtLeastAsync(buffer, Piece, throwOnEndOfStream: false, ct);
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
        var blob = await db.Set<Blob>().AsNoTracking().SingleAsync(b => b.Id == id, ct);
        var key = await db.Set<StorageKey>().AsNoTracking().SingleAsync(k => k.Id == blob.StorageKeyId, ct);
        var clear = new byte[blob.Length];
        var at = 0;
        var pieces = db.Set<BlobPiece>().AsNoTracking().Where(p => p.BlobId == id).OrderBy(p => p.Number);
        await foreach (var piece in pieces.AsAsyncEnumerable().WithCancellation(ct))
        {
            var part = vault.Open(key, piece.Sealed, Purpose(id, piece.Number));
            part.CopyTo(clear.AsSpan(at));
            at += part.Length;
        }
        if (
            at != clear.Length
            || !string.Equals(Convert.ToHexStringLower(SHA256.HashData(clear)), blob.Sha256, StringComparison.Ordinal)
        )
            throw new CryptographicException("A piece of this blob is missing.");
        return clear;
    }

    private static string Purpose(Guid blob, int number) => FormattableString.Invariant($"blob:{blob:N}:{number}");
}
