namespace Comity.OpenPgp;

/// <summary>What a key is asked to do; a key may do it only if its verified key flags (RFC 9580, 5.2.3.29) say so.</summary>
public enum KeyUse
{
    /// <summary>Sign data.</summary>
    Sign,

    /// <summary>Be encrypted to.</summary>
    Encrypt,

    /// <summary>Certify other certificates and make statements; only a primary key can.</summary>
    Certify,
}

/// <summary>Whether a certificate has a key for a use at an instant, and if not, why not.</summary>
public enum KeyStanding
{
    /// <summary>It may be used.</summary>
    Usable,

    /// <summary>The key, or every verified signature that binds it, is younger than the instant asked about.</summary>
    NotYetValid,

    /// <summary>The key or its primary key has expired.</summary>
    Expired,

    /// <summary>Superseded or retired by its owner; what was signed before stays signed.</summary>
    Revoked,

    /// <summary>
    /// Revoked as compromised, at whatever time: nothing signed by it is worth anything. A revocation that gives no
    /// reason counts as this one (RFC 9580, 5.2.3.31).
    /// </summary>
    RevokedCompromised,

    /// <summary>The certificate has no verified key for the use.</summary>
    Missing,

    /// <summary>There is such a key, but its algorithm or size is not allowed.</summary>
    Refused,
}

/// <summary>Why an owner takes a key back (RFC 9580, 5.2.3.31).</summary>
public enum RevocationReason
{
    /// <summary>No reason; read by everybody as compromised.</summary>
    None = 0,

    /// <summary>A newer key takes its place.</summary>
    Superseded = 1,

    /// <summary>The secret may be known to others.</summary>
    Compromised = 2,

    /// <summary>The key is no longer used.</summary>
    Retired = 3,
}

/// <summary>Which keys a new secret key is made of; all of them Ed25519 and Curve25519 in version 4 packets.</summary>
public enum KeyProfile
{
    /// <summary>A certify-only primary key and a signing subkey (the entry key) of at most one year.</summary>
    Participant,

    /// <summary>A certify-only primary key, a signing and an encryption subkey, at most two years.</summary>
    Office,

    /// <summary>A certify-only primary key and a signing subkey.</summary>
    Directory,

    /// <summary>As <see cref="Directory"/>; for the root, which lives long and offline.</summary>
    DirectoryRoot,
}
