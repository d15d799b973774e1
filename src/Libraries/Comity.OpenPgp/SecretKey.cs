using System.Security.Cryptography;
using Comity.OpenPgp.Certificates;
using Comity.OpenPgp.Keys;
using Comity.OpenPgp.Packets;

namespace Comity.OpenPgp;

/// <summary>A certificate together with the secret parts that we hold of it, in memory. Dispose of it to wipe them.</summary>
public sealed class SecretKey : IDisposable
{
    private static readonly TimeSpan OfficeLimit = TimeSpan.FromDays(731);
    private static readonly TimeSpan EntryKeyLimit = TimeSpan.FromDays(365);

    private readonly Dictionary<string, byte[]> _secrets;

    private SecretKey(Certificate certificate, Dictionary<string, byte[]> secrets)
    {
        Certificate = certificate;
        _secrets = secrets;
    }

    /// <summary>The public side.</summary>
    public Certificate Certificate { get; }

    /// <summary>Whether the secret of the primary key is here, or kept offline.</summary>
    public bool HasPrimary => _secrets.ContainsKey(Certificate.Fingerprint);

    /// <summary>Makes a key.</summary>
    /// <param name="profile">Which keys it is made of.</param>
    /// <param name="userId">Name and address, as "QM technical &lt;technical@qm.example&gt;".</param>
    /// <param name="created">UTC, kept in whole seconds.</param>
    /// <param name="validity">How long; an office key at most two years, an entry key is cut to one year.</param>
    /// <returns>The secret key, to be disposed of.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The validity is not positive or over the limit.</exception>
    public static SecretKey Create(KeyProfile profile, string userId, DateTime created, TimeSpan validity)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(userId);
        ArgumentOutOfRangeException.ThrowIfLessThan(validity, TimeSpan.FromSeconds(1));
        if (profile == KeyProfile.Office)
            ArgumentOutOfRangeException.ThrowIfGreaterThan(validity, OfficeLimit);
        var maker = KeyMaker.Begin(userId, created, validity);
        maker.AddSigningKey(profile == KeyProfile.Participant && validity > EntryKeyLimit ? EntryKeyLimit : validity);
        if (profile == KeyProfile.Office)
            maker.AddEncryptionKey(validity);
        return Build(maker.Public.ToArray(), maker.Secrets);
    }

    /// <summary>Reads a transferable secret key (RFC 9580, 10.2), as GnuPG exports it.</summary>
    /// <param name="octetsOrArmor">At most 1 MiB.</param>
    /// <param name="passphrase">Null if it is not protected.</param>
    /// <returns>The key, to be disposed of, or why it is refused.</returns>
    public static SecretKeyReading Read(ReadOnlyMemory<byte> octetsOrArmor, string? passphrase) =>
        SecretKeyReader.Read(octetsOrArmor, passphrase, out var octets, out var secrets) is { } refusal
            ? new SecretKeyReading(null, refusal)
            : new SecretKeyReading(Build(octets, secrets), null);

    /// <summary>The unprotected transferable secret key: only for sealed storage.</summary>
    public byte[] ToOctets() => Write(SecretPart.Plain, withPrimary: true);

    /// <summary>The same without the secret of the primary key, which stays offline; GnuPG imports it too.</summary>
    public byte[] ToOctetsWithoutPrimary() => Write(SecretPart.Plain, withPrimary: false);

    /// <summary>ASCII armour, protected by AES-256 under a passphrase (iterated and salted, SHA-256, most work).</summary>
    /// <param name="passphrase">Not empty.</param>
    public string Export(string passphrase)
    {
        ArgumentException.ThrowIfNullOrEmpty(passphrase);
        var octets = Write((key, secret) => SecretPart.Protected(key, secret, passphrase), withPrimary: true);
        return Armor.Write(ArmorKind.PrivateKey, octets);
    }

    /// <summary>A revocation of the primary key and with it of everything, to be made with the key and kept for the bad day.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="at">From when, UTC; a compromise counts for all time.</param>
    /// <returns>One signature packet for <see cref="Certificate.WithRevocation"/>; armoured as a public key block GnuPG imports it.</returns>
    public byte[] RevocationCertificate(RevocationReason reason, DateTime at)
    {
        var primary = Certificate.Primary;
        var body = new SignatureWriter(primary, SignatureType.KeyRevocation, at)
            .Add(SubpacketType.RevocationReason, [(byte)reason])
            .Sign(PrimarySecret(), primary.AppendTo);
        return SignatureWriter.AsPacket(body);
    }

    /// <summary>Certifies the user id of another certificate.</summary>
    /// <param name="other">Whose fingerprint has been checked by whoever calls.</param>
    /// <param name="at">UTC.</param>
    /// <returns>That certificate with the certification added.</returns>
    public Certificate Certify(Certificate other, DateTime at)
    {
        var body = new SignatureWriter(Certificate.Primary, SignatureType.GenericCertification, at).Sign(
            PrimarySecret(),
            hash => SelfSignatures.AppendUserId(hash, other.Primary, other.UserIdOctets)
        );
        var packet = SignatureWriter.AsPacket(body);
        var octets = CertificateEditor.InsertAfterUserId(other.ToOctets(), other.UserIdOctets, packet);
        return Certificate.Read(octets).Certificate!;
    }

    /// <summary>
    /// A statement of the certify-only primary key: a direct-key signature (0x1F) over itself with a hashed notation,
    /// not critical. It repeats the key's expiry, so that it would change nothing if somebody put it into the certificate.
    /// </summary>
    /// <param name="notationName">As "core@comity.invalid".</param>
    /// <param name="value">What is stated.</param>
    /// <param name="at">UTC.</param>
    /// <returns>One signature packet for <see cref="Certificate.VerifyStatement"/>.</returns>
    public byte[] CertifyStatement(string notationName, string value, DateTime at)
    {
        var primary = Certificate.Primary;
        var writer = new SignatureWriter(primary, SignatureType.DirectKey, at).AddNotation(notationName, value);
        if (Certificate.PrimaryBindingAt(at).Seconds(SubpacketType.KeyExpiration) is { } life)
            writer.AddSeconds(SubpacketType.KeyExpiration, life);
        return SignatureWriter.AsPacket(writer.Sign(PrimarySecret(), primary.AppendTo));
    }

    /// <summary>
    /// This key with another signing subkey, for renewal; needs the primary secret. Those before are revoked: whoever
    /// holds one of them is not believed by anybody who has seen the new certificate.
    /// </summary>
    /// <param name="created">UTC.</param>
    /// <param name="validity">How long; at most one year.</param>
    /// <param name="reason">Why those before are taken back; a compromise counts for all time.</param>
    public SecretKey WithNewSigningKey(
        DateTime created,
        TimeSpan validity,
        RevocationReason reason = RevocationReason.Superseded
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(validity, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(validity, EntryKeyLimit);
        var maker = new KeyMaker(Certificate.Primary, [.. PrimarySecret()], created);
        maker.AddSigningKey(validity);
        foreach (var (fingerprint, secret) in _secrets)
            maker.Secrets[fingerprint] = [.. secret];
        var octets = Certificate.ToOctets();
        foreach (var old in Certificate.SigningSubkeys)
            octets = CertificateEditor.InsertAfterSubkey(octets, old.Body, SubkeyRevocation(old, reason, created));
        return Build([.. octets, .. maker.Public.Written], maker.Secrets);
    }

    /// <summary>This key with the secrets of another one of the same certificate that are missing here.</summary>
    /// <param name="other">As the entry key that a node holds, while the primary comes from its offline medium.</param>
    /// <exception cref="ArgumentException">It is another certificate.</exception>
    public SecretKey WithSecretsOf(SecretKey other)
    {
        var joined = WithCertificate(Certificate);
        if (other.Certificate.Fingerprint != Certificate.Fingerprint)
            throw new ArgumentException("The secrets are of another key.", nameof(other));
        foreach (var (fingerprint, secret) in other._secrets)
            joined._secrets.TryAdd(fingerprint, [.. secret]);
        return joined;
    }

    /// <summary>This key with the public side that has since got certifications or a revocation.</summary>
    /// <param name="certificate">Of the same primary key.</param>
    /// <exception cref="ArgumentException">It is another certificate.</exception>
    public SecretKey WithCertificate(Certificate certificate) =>
        certificate.Fingerprint == Certificate.Fingerprint
            ? new SecretKey(certificate, _secrets.ToDictionary(s => s.Key, s => s.Value.ToArray()))
            : throw new ArgumentException("The certificate is of another key.", nameof(certificate));

    /// <summary>Wipes the secrets.</summary>
    public void Dispose()
    {
        foreach (var secret in _secrets.Values)
            CryptographicOperations.ZeroMemory(secret);
        _secrets.Clear();
    }

    internal (KeyPacket Key, byte[] Secret) SigningKey(DateTime at) =>
        Certificate.UsableKey(KeyUse.Sign, at) is { } key
        && _secrets.TryGetValue(key.Packet.Fingerprint, out var secret)
            ? (key.Packet, secret)
            : throw new InvalidOperationException("No signing key is usable at that time, or its secret is not here.");

    /// <summary>The encryption key with an id; an expired one still opens what was sealed to it.</summary>
    internal (KeyPacket Key, byte[] Secret)? DecryptionKey(ReadOnlySpan<byte> keyId) =>
        Certificate.FindByKeyId(keyId) is { Packet.CanEncrypt: true } key
        && key.IsFor(KeyUse.Encrypt, null)
        && _secrets.TryGetValue(key.Packet.Fingerprint, out var secret)
            ? (key.Packet, secret)
            : null;

    private static SecretKey Build(byte[] octets, Dictionary<string, byte[]> secrets) =>
        new(
            Certificate.Read(octets).Certificate
                ?? throw new InvalidOperationException("A key made here does not read."),
            secrets
        );

    private byte[] SubkeyRevocation(KeyPacket subkey, RevocationReason reason, DateTime at)
    {
        var primary = Certificate.Primary;
        var body = new SignatureWriter(primary, SignatureType.SubkeyRevocation, at)
            .Add(SubpacketType.RevocationReason, [(byte)reason])
            .Sign(PrimarySecret(), hash => SelfSignatures.AppendSubkey(hash, primary, subkey));
        return SignatureWriter.AsPacket(body);
    }

    private byte[] PrimarySecret() =>
        _secrets.TryGetValue(Certificate.Fingerprint, out var secret)
            ? secret
            : throw new InvalidOperationException("The secret of the primary key is not here.");

    private byte[] Write(Func<KeyPacket, byte[], byte[]> form, bool withPrimary) =>
        CertificateEditor.Rewrite(
            Certificate.ToOctets(),
            packet =>
            {
                if (packet.Tag is not (Tag.PublicKey or Tag.PublicSubkey))
                    return null;
                var isPrimary = packet.Tag == Tag.PublicKey;
                KeyPacket.Parse(packet.Body.Span, isPrimary, isSecret: false, out var key);
                var here = _secrets.GetValueOrDefault(key!.Fingerprint);
                var body =
                    here is null || (isPrimary && !withPrimary) ? [.. key.Body, .. SecretPart.Absent] : form(key, here);
                return (isPrimary ? Tag.SecretKey : Tag.SecretSubkey, body);
            }
        );
}
