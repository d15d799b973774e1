using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Comity.OpenPgp.Packets;

/// <summary>
/// SHA-1 where the format leaves no choice: version 4 fingerprints, the modification detection code, and the check of a
/// protected secret key. No signature rests on it.
/// </summary>
internal static class MandatedSha1
{
    [SuppressMessage("Security", "CA5350", Justification = "RFC 9580, 5.5.4.2, 5.5.3 and 5.13.1, name the digest.")]
    public static byte[] Of(ReadOnlySpan<byte> octets) => SHA1.HashData(octets);

    public static IncrementalHash Create() => IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
}
