using Comity.OpenPgp.Packets;

namespace Comity.OpenPgp.Algorithms;

/// <summary>
/// The public numbers of one key, checked, and what its algorithm does with them. One class per algorithm knows its forms
/// and its arithmetic, and nobody else asks which one it is. A secret is octets whose meaning only that class knows.
/// </summary>
internal abstract class KeyMaterial
{
    public virtual bool CanSign => false;

    public virtual bool CanEncrypt => false;

    /// <summary>Whether the integers of a signature are this key's over a finished digest.</summary>
    public virtual bool Verifies(IReadOnlyList<ReadOnlyMemory<byte>> values, byte[] digest, int digestAlgorithm) =>
        false;

    /// <summary>Signs a finished digest and writes the integers of the signature.</summary>
    public virtual void Sign(OctetWriter values, ReadOnlySpan<byte> secret, byte[] digest, int digestAlgorithm) =>
        throw new InvalidOperationException("A key of this algorithm does not sign.");

    /// <summary>Encrypts an AES-256 session key: the fields of a PKESK packet behind its algorithm.</summary>
    public virtual void Encrypt(OctetWriter fields, ReadOnlySpan<byte> sessionKey) =>
        throw new InvalidOperationException("A key of this algorithm is not encrypted to.");

    /// <summary>Recovers a session key from the fields of a PKESK packet behind its algorithm, to the packet's end.</summary>
    public virtual OpeningRefusal? Recover(ref OctetReader fields, ReadOnlySpan<byte> secret, out byte[] sessionKey)
    {
        sessionKey = [];
        return OpeningRefusal.SessionKeyUnreadable;
    }

    /// <summary>Reads the secret integers of a key packet; null if they are none of this algorithm.</summary>
    public abstract byte[]? ReadSecret(ref OctetReader numbers);

    /// <summary>Whether a secret that was read is the one of this public key.</summary>
    public abstract bool Owns(ReadOnlySpan<byte> secret);

    /// <summary>Writes a secret as the integers of a key packet.</summary>
    public abstract void WriteSecret(OctetWriter numbers, ReadOnlySpan<byte> secret);
}
