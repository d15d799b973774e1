using System.Security.Cryptography;

namespace Comity.OpenPgp.Sealed;

/// <summary>AES in cipher feedback mode, and which ciphers are AES (RFC 9580, 9.3).</summary>
internal static class Cfb
{
    public const int Aes128 = 7;
    public const int Aes192 = 8;
    public const int Aes256 = 9;

    private const int Block = 16;

    public static int? KeyLength(int cipher) =>
        cipher switch
        {
            Aes128 => 16,
            Aes192 => 24,
            Aes256 => 32,
            _ => null,
        };

    public static byte[] Encrypt(byte[] key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> plain)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        var padded = new byte[Padded(plain.Length)];
        plain.CopyTo(padded);
        var encrypted = aes.EncryptCfb(padded, iv, PaddingMode.None, 8 * Block);
        CryptographicOperations.ZeroMemory(padded);
        return encrypted[..plain.Length];
    }

    public static byte[] Decrypt(byte[] key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> encrypted)
    {
        var plain = new byte[encrypted.Length];
        Decrypt(key, iv, encrypted, plain);
        return plain;
    }

    /// <summary>Decrypts into a buffer of the same length.</summary>
    public static void Decrypt(byte[] key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> encrypted, Span<byte> plain)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        var whole = encrypted.Length / Block * Block;
        aes.DecryptCfb(encrypted[..whole], iv, plain[..whole], PaddingMode.None, 8 * Block);
        if (whole == encrypted.Length)
            return;
        // The platform wants whole blocks; what the last one is short of is made up and dropped again.
        Span<byte> last = stackalloc byte[Block];
        last.Clear();
        encrypted[whole..].CopyTo(last);
        var feedback = whole == 0 ? iv : encrypted.Slice(whole - Block, Block);
        Span<byte> opened = stackalloc byte[Block];
        aes.DecryptCfb(last, feedback, opened, PaddingMode.None, 8 * Block);
        opened[..(encrypted.Length - whole)].CopyTo(plain[whole..]);
        CryptographicOperations.ZeroMemory(opened);
    }

    private static int Padded(int length) => (length + Block - 1) / Block * Block;
}
