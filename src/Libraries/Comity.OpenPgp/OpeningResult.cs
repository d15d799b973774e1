namespace Comity.OpenPgp;

/// <summary>How much a sealed message may make us hold in memory.</summary>
/// <param name="EncodedBytes">The most octets of the sealed message that are read.</param>
/// <param name="ExpandedBytes">The most octets that decompression may give.</param>
public sealed record OpeningLimits(int EncodedBytes, int ExpandedBytes)
{
    /// <summary>64 MiB sealed, 96 MiB expanded.</summary>
    public static OpeningLimits Default { get; } = new(64 << 20, 96 << 20);
}

/// <summary>Whether the signature names its recipient (Intended Recipient Fingerprint, RFC 9580, 5.2.3.36).</summary>
public enum IntendedRecipient
{
    /// <summary>It names us.</summary>
    Named,

    /// <summary>It names nobody; a surreptitious forwarder cannot be excluded. HTTPS refuses this, mail tolerates it.</summary>
    Absent,
}

/// <summary>The rule of opening that a sealed message broke.</summary>
public enum OpeningRefusal
{
    /// <summary>More octets than <see cref="OpeningLimits.EncodedBytes"/>.</summary>
    TooLarge,

    /// <summary>Decompression gives more than <see cref="OpeningLimits.ExpandedBytes"/>.</summary>
    ExpandsTooMuch,

    /// <summary>Not a well-formed sequence of packets, or cut short.</summary>
    Malformed,

    /// <summary>It does not begin with a public-key encrypted session key.</summary>
    NotSealed,

    /// <summary>More than one encrypted session key, of whatever kind.</summary>
    MoreThanOneRecipient,

    /// <summary>The session key is for a key that we do not hold, or for nobody by name.</summary>
    NotAddressedToUs,

    /// <summary>The session key cannot be recovered.</summary>
    SessionKeyUnreadable,

    /// <summary>A cipher other than AES.</summary>
    CipherRefused,

    /// <summary>Encrypted without integrity protection (tag 9).</summary>
    IntegrityProtectionMissing,

    /// <summary>A form of encrypted data other than SEIPD version 1.</summary>
    EncryptionUnsupported,

    /// <summary>The modification detection code does not fit: the octets were changed.</summary>
    IntegrityBroken,

    /// <summary>Something follows the sealed message or what is in it.</summary>
    TrailingData,

    /// <summary>An encrypted message within the encrypted message.</summary>
    NestedEncryption,

    /// <summary>Compressed within compressed.</summary>
    NestedCompression,

    /// <summary>Compressed otherwise than by ZIP or ZLIB, or damaged.</summary>
    CompressionRefused,

    /// <summary>No signature.</summary>
    SignatureMissing,

    /// <summary>More than one signature.</summary>
    MoreThanOneSignature,

    /// <summary>A packet that has no place there.</summary>
    UnexpectedPacket,

    /// <summary>The literal data is not binary.</summary>
    LiteralNotBinary,

    /// <summary>The signature is not version 4, or its parts contradict one another.</summary>
    SignatureMalformed,

    /// <summary>The signature is not one over a binary document.</summary>
    SignatureTypeRefused,

    /// <summary>The signature is over a digest other than SHA-256, SHA-384 or SHA-512.</summary>
    WeakDigest,

    /// <summary>The signature has a critical subpacket that this library does not know.</summary>
    UnknownCriticalSubpacket,

    /// <summary>The signature was made for another recipient: somebody re-sealed it to us.</summary>
    SignedForAnotherRecipient,

    /// <summary>The signature was made by another key than the signer's.</summary>
    OtherSigner,

    /// <summary>The signer's key was not usable when it signed.</summary>
    SignerKeyNotUsable,

    /// <summary>The signer's key is revoked as compromised.</summary>
    SignerKeyCompromised,

    /// <summary>The signature says of itself that it has expired.</summary>
    SignatureExpired,

    /// <summary>The signature does not belong to the content.</summary>
    SignatureBad,
}

/// <summary>A message with its integrity proven but its signer not yet, or the reason why there is none.</summary>
/// <param name="Opened">To be verified and disposed of by the caller.</param>
/// <param name="Refusal">The rule that was broken.</param>
public sealed record OpeningResult(Opened? Opened, OpeningRefusal? Refusal);

/// <summary>Verified content, or the reason why there is none.</summary>
/// <param name="Content">To be disposed of by the caller.</param>
/// <param name="Refusal">The rule that was broken.</param>
/// <param name="SignerStanding">How the signer's key stood when it signed; says more about <see cref="OpeningRefusal.SignerKeyNotUsable"/>.</param>
public sealed record VerifyingResult(VerifiedContent? Content, OpeningRefusal? Refusal, KeyStanding? SignerStanding);
