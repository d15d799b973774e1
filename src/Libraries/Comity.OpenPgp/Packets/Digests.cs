using System.Security.Cryptography;

namespace Comity.OpenPgp.Packets;

/// <summary>The digests that signatures may rest on (RFC 9580, 9.5): SHA-2 only.</summary>
internal static class Digests
{
    public const int Sha256 = 8;
    public const int Sha384 = 9;
    public const int Sha512 = 10;

    public static bool IsStrong(int algorithm) => algorithm is 8 or 9 or 10;

    public static IncrementalHash Create(int algorithm) => IncrementalHash.CreateHash(Name(algorithm));

    public static HashAlgorithmName Name(int algorithm) =>
        algorithm switch
        {
            8 => HashAlgorithmName.SHA256,
            9 => HashAlgorithmName.SHA384,
            10 => HashAlgorithmName.SHA512,
            _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
        };
}
