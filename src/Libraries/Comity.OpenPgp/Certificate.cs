namespace Comity.OpenPgp;

/// <summary>A version 4 OpenPGP certificate (transferable public key, RFC 9580, 10.1).</summary>
public sealed class Certificate
{
    private Certificate() { }

    /// <summary>Reads a certificate, from octets or ASCII armour.</summary>
    public static CertificateReading Read(ReadOnlyMemory<byte> octetsOrArmor) => throw new NotSupportedException();

    /// <summary>The fingerprint of the primary key, 40 upper-case hexadecimal digits.</summary>
    public string Fingerprint => "";

    /// <summary>The primary user id that carries a verified self-signature.</summary>
    public string UserId => "";

    /// <summary>When the primary key was made, UTC.</summary>
    public DateTime Created => default;

    /// <summary>When the primary key expires, UTC; null if it does not.</summary>
    public DateTime? Expires => default;

    /// <summary>How the best key for a use stands at an instant (UTC).</summary>
    public KeyStanding Standing(KeyUse use, DateTime at) => default;

    /// <summary>Until when a key for the use is good if nothing is revoked, UTC; null if without limit or if there is no such key.</summary>
    public DateTime? UsableUntil(KeyUse use) => default;

    /// <summary>The fingerprints of the keys that have, or had, the flag for the use; 40 upper-case hexadecimal digits each.</summary>
    public IReadOnlyList<string> KeysFor(KeyUse use) => [];

    /// <summary>The octets, exactly as read.</summary>
    public byte[] ToOctets() => [];

    /// <summary>ASCII armour.</summary>
    public string ToArmor() => "";

    /// <summary>Whether the certifier's primary key, usable at that time, has certified the user id of this one.</summary>
    public bool IsCertifiedBy(Certificate certifier, DateTime at) => false;

    /// <summary>The certificate with a revocation of its primary key added; null if the revocation is not one of this key.</summary>
    public Certificate? WithRevocation(ReadOnlySpan<byte> revocation) => null;

    /// <summary>Checks a statement that the primary key made about something (<see cref="SecretKey.CertifyStatement"/>).</summary>
    public SignatureCheck VerifyStatement(ReadOnlySpan<byte> signature, string notationName, string expectedValue) =>
        throw new NotSupportedException();
}
