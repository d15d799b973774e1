namespace Comity.OpenPgp;

/// <summary>A certificate together with secret parts, in memory.</summary>
public sealed class SecretKey : IDisposable
{
    private SecretKey() { }

    /// <summary>The public side.</summary>
    public Certificate Certificate => throw new NotSupportedException();

    /// <summary>Whether the secret of the primary key is here, or kept offline.</summary>
    public bool HasPrimary => false;

    /// <summary>Makes a key.</summary>
    public static SecretKey Create(KeyProfile profile, string userId, DateTime created, TimeSpan validity) =>
        throw new NotSupportedException();

    /// <summary>Reads a transferable secret key, from octets or armour, protected or not.</summary>
    public static SecretKeyReading Read(ReadOnlyMemory<byte> octetsOrArmor, string? passphrase) =>
        throw new NotSupportedException();

    /// <summary>The unprotected secret key: only for sealed storage.</summary>
    public byte[] ToOctets() => [];

    /// <summary>The unprotected secret key without the secret of the primary key, which stays offline.</summary>
    public byte[] ToOctetsWithoutPrimary() => [];

    /// <summary>ASCII armour, protected by a passphrase.</summary>
    public string Export(string passphrase) => "";

    /// <summary>A revocation of the primary key, to be kept for the bad day.</summary>
    public byte[] RevocationCertificate(RevocationReason reason, DateTime at) => [];

    /// <summary>Certifies the user id of another certificate and returns that certificate with the certification added.</summary>
    public Certificate Certify(Certificate other, DateTime at) => throw new NotSupportedException();

    /// <summary>A statement of the primary key over itself with a hashed, non-critical notation.</summary>
    public byte[] CertifyStatement(string notationName, string value, DateTime at) => [];

    /// <summary>This key with another signing subkey, for renewal; needs the primary secret.</summary>
    public SecretKey WithNewSigningKey(DateTime created, TimeSpan validity) => throw new NotSupportedException();

    /// <summary>Wipes the secrets.</summary>
    public void Dispose() { }
}
