namespace Comity.OpenPgp;

/// <summary>Why a signature is not accepted.</summary>
public enum SignatureFault
{
    /// <summary>Not exactly one well-formed version 4 signature packet.</summary>
    Malformed,

    /// <summary>Of another type than the one asked for.</summary>
    WrongType,

    /// <summary>Made over a digest other than SHA-256, SHA-384 or SHA-512.</summary>
    WeakDigest,

    /// <summary>A critical subpacket that this library does not know.</summary>
    UnknownCriticalSubpacket,

    /// <summary>No key of the certificate claims to have made it.</summary>
    OtherKey,

    /// <summary>The key was not usable for it when it was made; see <see cref="SignatureCheck.Standing"/>.</summary>
    KeyNotUsable,

    /// <summary>The signature says of itself that it has expired.</summary>
    Expired,

    /// <summary>The signature does not belong to the data.</summary>
    DoesNotVerify,

    /// <summary>The statement in it is missing or another one.</summary>
    OtherStatement,
}

/// <summary>What checking a signature gave.</summary>
/// <param name="Fault">Why it is not accepted; null if it is good.</param>
/// <param name="SignedAt">When it was made, in UTC, as it says; the default value if it could not be read.</param>
/// <param name="KeyFingerprint">The key (primary or subkey) that made it, 40 upper-case hexadecimal digits; empty if unknown.</param>
/// <param name="Standing">How that key stood at <paramref name="SignedAt"/>.</param>
public sealed record SignatureCheck(
    SignatureFault? Fault,
    DateTime SignedAt,
    string KeyFingerprint,
    KeyStanding Standing
)
{
    /// <summary>The signature is accepted.</summary>
    public bool IsGood => Fault is null;
}
