namespace Comity.OpenPgp;

/// <summary>Why octets were not read as a certificate or a secret key.</summary>
public enum KeyRefusal
{
    /// <summary>Larger, or in more packets, than the bounds allow.</summary>
    TooLarge,

    /// <summary>The armour is damaged or of another kind.</summary>
    BadArmor,

    /// <summary>Not a well-formed sequence of OpenPGP packets.</summary>
    Malformed,

    /// <summary>A version 6 (RFC 9580) key, which this library cannot read yet.</summary>
    Version6,

    /// <summary>A version other than 4 and 6.</summary>
    UnsupportedVersion,

    /// <summary>More than one primary key.</summary>
    MoreThanOneCertificate,

    /// <summary>Secret key material where a public certificate was expected.</summary>
    SecretMaterial,

    /// <summary>No secret key material where it was expected.</summary>
    NoSecretMaterial,

    /// <summary>The algorithm, curve or size of the primary key is not allowed.</summary>
    AlgorithmRefused,

    /// <summary>No self-signature on a user id holds.</summary>
    NoValidSelfSignature,

    /// <summary>The self-signatures rest on SHA-1 or another weak digest.</summary>
    WeakSelfSignature,

    /// <summary>The passphrase is missing or wrong.</summary>
    PassphraseWrong,

    /// <summary>The secret part is protected in a way that is not supported.</summary>
    ProtectionUnsupported,

    /// <summary>The secret part does not belong to the public part.</summary>
    SecretMismatch,
}

/// <summary>A certificate that was read, or the reason why not; exactly one of the two is set.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Refusal">Why there is none.</param>
public sealed record CertificateReading(Certificate? Certificate, KeyRefusal? Refusal);

/// <summary>A secret key that was read, or the reason why not; exactly one of the two is set.</summary>
/// <param name="Key">The secret key, to be disposed of by the caller.</param>
/// <param name="Refusal">Why there is none.</param>
public sealed record SecretKeyReading(SecretKey? Key, KeyRefusal? Refusal);
