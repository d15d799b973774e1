using System.Security.Cryptography;
using Comity.OpenPgp.Sealed;

namespace Comity.OpenPgp.Algorithms;

/// <summary>Takes a session key out of a decrypted PKCS #1 v1.5 block (RFC 9580, 5.1.3 and 12.1.2).</summary>
internal static class RsaPadding
{
    private static readonly (int Cipher, int Length)[] Ciphers = [(Cfb.Aes256, 32), (Cfb.Aes192, 24), (Cfb.Aes128, 16)];

    /// <summary>
    /// The session key; from a block that holds none, a random one, so that nobody outside learns from an answer or its time
    /// whether a block was well padded (who does, decrypts by asking often enough). The integrity of what it opens is then
    /// broken, and says so.
    /// </summary>
    public static byte[] SessionKey(ReadOnlySpan<byte> block)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        foreach (var (cipher, length) in Ciphers)
            if (Holds(block, cipher, length))
                key = block[^(length + 2)..^2].ToArray();
        return key;
    }

    /// <summary>Looks at every octet, whatever it finds: 0, 2, octets other than 0, 0, cipher, key, sum.</summary>
    private static bool Holds(ReadOnlySpan<byte> block, int cipher, int length)
    {
        var content = block[^(length + 3)..];
        var wrong = block[0] | (block[1] ^ 2) | block[^(length + 4)] | (content[0] ^ cipher);
        foreach (var octet in block[2..^(length + 4)])
            wrong |= ((octet - 1) >> 8) & 1;
        var sum = Sealed.SessionKey.Sum(content[1..^2]);
        wrong |= (content[^2] ^ sum[0]) | (content[^1] ^ sum[1]);
        return wrong == 0;
    }
}
