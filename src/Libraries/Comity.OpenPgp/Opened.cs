namespace Comity.OpenPgp;

/// <summary>
/// A decrypted message whose integrity holds. What it says cannot be reached until <see cref="Verify"/> has found the
/// signature to be that of a certificate which the caller trusts.
/// </summary>
public sealed class Opened : IDisposable
{
    private Opened() { }

    /// <summary>The certificate of ours that it is sealed to.</summary>
    public Certificate Recipient => throw new NotSupportedException();

    /// <summary>The fingerprint of the signing key as the signature claims it, 40 hexadecimal digits; null if it gives only a key id.</summary>
    public string? ClaimedSignerFingerprint => null;

    /// <summary>The id of the signing key as the signature claims it, 16 hexadecimal digits.</summary>
    public string ClaimedSignerKeyId => "";

    /// <summary>Whether the signature names us as its recipient.</summary>
    public IntendedRecipient IntendedRecipient => IntendedRecipient.Absent;

    /// <summary>Verifies the signature with the certificate; only then gives the content.</summary>
    /// <param name="signer">Whose signature it must be.</param>
    /// <param name="now">The present, in UTC.</param>
    public VerifyingResult Verify(Certificate signer, DateTime now) => throw new NotSupportedException();

    /// <summary>Wipes the content, unless it has been handed over.</summary>
    public void Dispose() { }
}

/// <summary>Content whose integrity, signature, signer and recipient hold.</summary>
public sealed class VerifiedContent : IDisposable
{
    private VerifiedContent() { }

    /// <summary>The content; not to be kept beyond <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Octets => default;

    /// <summary>When the signer says it was signed, in UTC.</summary>
    public DateTime SignedAt => default;

    /// <summary>The signer's primary key.</summary>
    public string SignerFingerprint => "";

    /// <summary>The key that signed.</summary>
    public string SigningKeyFingerprint => "";

    /// <summary>How that key stands now: it may have expired or been superseded since it signed.</summary>
    public KeyStanding SignerStandingNow => default;

    /// <summary>Whether the signature names us as its recipient.</summary>
    public IntendedRecipient IntendedRecipient => default;

    /// <summary>Wipes the content.</summary>
    public void Dispose() { }
}
