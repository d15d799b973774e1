namespace Comity.OpenPgp;

/// <summary>Signs and encrypts in one OpenPGP message, for one recipient.</summary>
public static class Sealing
{
    /// <summary>Seals content.</summary>
    /// <param name="content">Read to its end.</param>
    /// <param name="output">Gets the octets of the message, not armoured.</param>
    /// <param name="signer">Signs.</param>
    /// <param name="recipient">Is encrypted to, and named in the signature.</param>
    /// <param name="at">The time of signing, UTC.</param>
    /// <returns>Usable if it was sealed; otherwise how the key that is in the way stands, and nothing was written.</returns>
    public static SealingResult Seal(
        Stream content,
        Stream output,
        SecretKey signer,
        Certificate recipient,
        DateTime at
    ) => throw new NotSupportedException();
}

/// <summary>How the two keys of a sealing stood; unless both are usable, nothing was written.</summary>
/// <param name="Signer">The signer's signing key.</param>
/// <param name="Recipient">The recipient's encryption key.</param>
public sealed record SealingResult(KeyStanding Signer, KeyStanding Recipient)
{
    /// <summary>The message was written.</summary>
    public bool IsSealed => Signer == KeyStanding.Usable && Recipient == KeyStanding.Usable;
}
