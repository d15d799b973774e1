using System.Security.Cryptography;
using System.Text;
using Comity.OpenPgp.Packets;

namespace Comity.OpenPgp.Keys;

/// <summary>Iterated and salted string-to-key (RFC 9580, 3.7.1.3).</summary>
internal readonly record struct Passphrase(int DigestAlgorithm, byte[] Salt, byte Count)
{
    public const int IteratedAndSalted = 3;

    /// <summary>The most work that the form can ask for: 65,011,712 octets hashed.</summary>
    public const byte MostWork = 0xFF;

    /// <summary>GnuPG exports with SHA-1 here, where collisions do not matter; we write SHA-256.</summary>
    public static bool Supports(int digestAlgorithm) => digestAlgorithm is 2 or 8 or 9 or 10;

    public byte[] Derive(string passphrase, int keyLength)
    {
        var secret = Encoding.UTF8.GetBytes(passphrase);
        byte[] unit = [.. Salt, .. secret];
        var total = Math.Max((16 + (Count & 15)) << ((Count >> 4) + 6), unit.Length);
        var key = new byte[keyLength];
        // Feeding many units at once keeps the calls few; the octets are the same.
        var block = new byte[unit.Length * Math.Max(1, (64 << 10) / unit.Length)];
        for (var i = 0; i < block.Length; i += unit.Length)
            unit.CopyTo(block, i);
        try
        {
            for (int filled = 0, zeros = 0; filled < keyLength; zeros++)
            {
                using var hash = DigestAlgorithm == 2 ? MandatedSha1.Create() : Digests.Create(DigestAlgorithm);
                hash.AppendData(new byte[zeros]);
                for (var left = total; left > 0; left -= Math.Min(left, block.Length))
                    hash.AppendData(block.AsSpan(0, Math.Min(left, block.Length)));
                var part = hash.GetHashAndReset();
                var take = Math.Min(part.Length, keyLength - filled);
                part.AsSpan(0, take).CopyTo(key.AsSpan(filled));
                filled += take;
            }
            return key;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(unit);
            CryptographicOperations.ZeroMemory(block);
        }
    }
}
