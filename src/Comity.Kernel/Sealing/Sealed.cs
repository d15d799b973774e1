using System.Security.Cryptography;
using System.Text;

namespace Comity.Kernel.Sealing;

/// <summary>
/// One sealed piece: version 1 | nonce (12) | ciphertext | tag (16), AES-256-GCM, with the purpose as associated data,
/// so that a sealed piece cannot be moved to another place and open there.
/// </summary>
internal static class Sealed
{
    private const byte Version = 1;
    private const int Nonce = 12;
    private const int Tag = 16;

    public static byte[] Seal(byte[] key, ReadOnlySpan<byte> clear, string purpose)
    {
        var piece = new byte[1 + Nonce + clear.Length + Tag];
        piece[0] = Version;
        RandomNumberGenerator.Fill(piece.AsSpan(1, Nonce));
        using var aes = new AesGcm(key, Tag);
        aes.Encrypt(
            piece.AsSpan(1, Nonce),
            clear,
            piece.AsSpan(1 + Nonce, clear.Length),
            piece.AsSpan(1 + Nonce + clear.Length),
            Encoding.UTF8.GetBytes(purpose)
        );
        return piece;
    }

    /// <exception cref="CryptographicException">Another key, another purpose, or changed bytes.</exception>
    public static byte[] Open(byte[] key, ReadOnlySpan<byte> piece, string purpose)
    {
        if (piece.Length < 1 + Nonce + Tag || piece[0] != Version)
            throw new CryptographicException("Not a sealed piece.");
        var clear = new byte[piece.Length - 1 - Nonce - Tag];
        using var aes = new AesGcm(key, Tag);
        aes.Decrypt(
            piece.Slice(1, Nonce),
            piece[(1 + Nonce)..^Tag],
            piece[^Tag..],
            clear,
            Encoding.UTF8.GetBytes(purpose)
        );
        return clear;
    }
}
