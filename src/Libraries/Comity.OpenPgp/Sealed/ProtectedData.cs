using System.Security.Cryptography;
using Comity.OpenPgp.Packets;

namespace Comity.OpenPgp.Sealed;

/// <summary>
/// Symmetrically encrypted, integrity protected data of version 1 (RFC 9580, 5.13.1). The whole is decrypted and its
/// modification detection code verified before a single packet of it is looked at.
/// </summary>
internal static class ProtectedData
{
    private const int Prefix = 16 + 2;
    private const int Code = 2 + 20;

    /// <param name="body">The encrypted data behind the version octet.</param>
    /// <param name="key">The AES session key; wiped.</param>
    /// <param name="plain">The decrypted octets, prefix and code included; null if refused.</param>
    /// <param name="content">The packets within.</param>
    public static OpeningRefusal? Decrypt(
        ReadOnlySpan<byte> body,
        byte[] key,
        out PrivateBuffer? plain,
        out Memory<byte> content
    )
    {
        (plain, content) = (null, default);
        if (body.Length < Prefix + Code)
            return OpeningRefusal.Malformed;
        var buffer = PrivateBuffer.OfLength(body.Length);
        Cfb.Decrypt(key, new byte[16], body, buffer.Octets.Span);
        CryptographicOperations.ZeroMemory(key);
        // The two repeated octets of the prefix are not compared: the code covers them, and an early answer is an oracle.
        var octets = buffer.Octets.Span;
        var digest = MandatedSha1.Of(octets[..^20]);
        if (
            !CryptographicOperations.FixedTimeEquals(digest, octets[^20..])
            || octets[^Code] != (0xC0 | (int)Tag.ModificationDetection)
            || octets[^(Code - 1)] != 20
        )
        {
            buffer.Dispose();
            return OpeningRefusal.IntegrityBroken;
        }
        plain = buffer;
        content = buffer.Octets[Prefix..^Code];
        return null;
    }
}
