using System.Security.Cryptography;

namespace Comity.OpenPgp.Packets;

/// <summary>Verifies signatures by keys that are allowed, over digests that are strong.</summary>
internal static class SignatureMath
{
    /// <summary>Verifies a signature over what <paramref name="feed"/> puts into the digest.</summary>
    public static bool Verifies(SignaturePacket signature, KeyPacket key, Action<IncrementalHash> feed)
    {
        if (!signature.HasStrongDigest || !key.CanSign || signature.KeyAlgorithm != key.Algorithm)
            return false;
        using var hash = Digests.Create(signature.DigestAlgorithm);
        feed(hash);
        return VerifiesDigest(signature, key, signature.Finish(hash));
    }

    public static bool VerifiesDigest(SignaturePacket signature, KeyPacket key, byte[] digest) =>
        key.Material is { CanSign: true } material
        && signature.KeyAlgorithm == key.Algorithm
        && material.Verifies(signature.Values, digest, signature.DigestAlgorithm);
}
