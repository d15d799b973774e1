using System.Text;
using Comity.OpenPgp.Certificates;
using Comity.OpenPgp.Packets;

namespace Comity.OpenPgp;

/// <summary>
/// A version 4 OpenPGP certificate (transferable public key, RFC 9580, 10.1). Only what its primary key has verifiably
/// signed with SHA-2 counts: user ids, subkeys (signing ones with their back signature), expiry, flags and revocations.
/// </summary>
public sealed class Certificate
{
    private readonly byte[] _octets;
    private readonly BoundKey _primary;
    private readonly List<BoundKey> _keys;
    private readonly BoundUserId _userId;

    internal Certificate(byte[] octets, CertificateParser parsed)
    {
        _octets = octets;
        _primary = parsed.Primary;
        // Oldest first, in whatever order a key server or a program listed them.
        _keys = [parsed.Primary, .. parsed.Subkeys.Where(s => s.Bindings.Count > 0).OrderBy(s => s.Packet.Created)];
        var held = parsed.UserIds.Where(u => u.IsHeld).ToList();
        _userId = held.Find(u => u.IsPrimary) ?? held.MaxBy(u => u.Latest!.Created)!;
        UserId = Encoding.UTF8.GetString(_userId.Text);
    }

    /// <summary>Reads a certificate, from octets or ASCII armour.</summary>
    /// <param name="octetsOrArmor">At most 1 MiB of packets.</param>
    /// <returns>The certificate, or why it is refused.</returns>
    public static CertificateReading Read(ReadOnlyMemory<byte> octetsOrArmor)
    {
        if (octetsOrArmor.Length > CertificateParser.MaxOctets * 3 / 2)
            return new CertificateReading(null, KeyRefusal.TooLarge);
        var octets = Armor.Looks(octetsOrArmor.Span)
            ? Armor.Read(ArmorKind.PublicKey, octetsOrArmor.Span)
            : octetsOrArmor.ToArray();
        if (octets is null)
            return new CertificateReading(null, KeyRefusal.BadArmor);
        if (octets.Length > CertificateParser.MaxOctets)
            return new CertificateReading(null, KeyRefusal.TooLarge);
        return CertificateParser.Parse(octets, secret: false, out var parsed) is { } refusal
            ? new CertificateReading(null, refusal)
            : new CertificateReading(new Certificate(octets, parsed), null);
    }

    /// <summary>The fingerprint of the primary key, 40 upper-case hexadecimal digits.</summary>
    public string Fingerprint => _primary.Packet.Fingerprint;

    /// <summary>The user id that is marked as primary, or else the one signed last; it carries a verified self-signature.</summary>
    public string UserId { get; }

    /// <summary>When the primary key was made, UTC.</summary>
    public DateTime Created => _primary.Packet.Created;

    /// <summary>When the primary key expires by its latest self-signature, UTC; null if it does not.</summary>
    public DateTime? Expires => _primary.Expiry(_primary.Latest);

    /// <summary>The primary key's public packet.</summary>
    internal KeyPacket Primary => _primary.Packet;

    /// <summary>The octets of the user id that <see cref="UserId"/> shows.</summary>
    internal byte[] UserIdOctets => _userId.Text;

    /// <summary>How the best key for a use stands at an instant.</summary>
    /// <param name="use">What it is to do.</param>
    /// <param name="at">The instant, UTC.</param>
    public KeyStanding Standing(KeyUse use, DateTime at)
    {
        var best = KeyStanding.Missing;
        // The newest key tells why there is none.
        foreach (var key in _keys.Where(k => k.IsFor(use, at)))
        {
            best = StandingOf(key, at);
            if (best == KeyStanding.Usable)
                return best;
        }
        return best;
    }

    /// <summary>Until when a key for the use is good if nothing is revoked.</summary>
    /// <param name="use">What it is to do.</param>
    /// <returns>UTC; null if without limit, or if there is no such key: then <see cref="Standing"/> says so.</returns>
    public DateTime? UsableUntil(KeyUse use)
    {
        DateTime? latest = null;
        foreach (var key in _keys.Where(k => k.IsFor(use, null) && k.Packet.IsAllowed))
        {
            var own = key.Expiry(key.Latest);
            var until = own is null || Expires < own ? Expires : own;
            if (until is null)
                return null;
            if (latest is null || until > latest)
                latest = until;
        }
        return latest;
    }

    /// <summary>The fingerprints of the keys that are for a use by their latest binding, whether usable or not.</summary>
    /// <param name="use">What they are for.</param>
    /// <returns>40 upper-case hexadecimal digits each; what an opened message claims is looked up among those for signing.</returns>
    public IReadOnlyList<string> KeysFor(KeyUse use) =>
        [.. _keys.Where(k => k.IsFor(use, null)).Select(k => k.Packet.Fingerprint)];

    /// <summary>The key that is chosen for a use at an instant: the one that <see cref="Sealing"/> takes.</summary>
    /// <param name="use">What it is to do.</param>
    /// <param name="at">The instant, UTC.</param>
    /// <returns>Its fingerprint, 40 upper-case hexadecimal digits; null where none is usable.</returns>
    public string? UsableKeyFor(KeyUse use, DateTime at) => UsableKey(use, at)?.Packet.Fingerprint;

    /// <summary>The octets, exactly as read.</summary>
    public byte[] ToOctets() => [.. _octets];

    /// <summary>ASCII armour.</summary>
    public string ToArmor() => Armor.Write(ArmorKind.PublicKey, _octets);

    /// <summary>Whether the certifier's primary key has certified the user id of this certificate.</summary>
    /// <param name="certifier">Must be able to certify when it did and at the instant.</param>
    /// <param name="at">The instant, UTC: certifications and their revocations up to then count.</param>
    public bool IsCertifiedBy(Certificate certifier, DateTime at) =>
        certifier.Standing(KeyUse.Certify, at) == KeyStanding.Usable
        && Certification.Holds(this, _userId, certifier, at);

    /// <summary>The certificate with a revocation of its primary key added.</summary>
    /// <param name="revocation">One signature packet of type 0x20, or its armour.</param>
    /// <returns>Null if it is not a verified revocation of this key.</returns>
    public Certificate? WithRevocation(ReadOnlySpan<byte> revocation)
    {
        // GnuPG writes it as a block of keys, Sequoia as a signature.
        var octets = Armor.Looks(revocation)
            ? Armor.Read(ArmorKind.PublicKey, revocation) ?? Armor.Read(ArmorKind.Signature, revocation)
            : revocation.ToArray();
        if (octets is null || SingleSignature.Read(octets) is not { Type: SignatureType.KeyRevocation } signature)
            return null;
        // Right behind the primary key is where it belongs (RFC 9580, 10.1).
        var result = CertificateEditor.InsertAfterPrimary(_octets, SignatureWriter.AsPacket(signature.Body.Span));
        var certificate = Read(result).Certificate;
        return certificate?._primary.Revocations.Count > _primary.Revocations.Count ? certificate : null;
    }

    /// <summary>Checks a statement that the primary key made about something (<see cref="SecretKey.CertifyStatement"/>).</summary>
    /// <param name="signature">One signature packet of type 0x1F.</param>
    /// <param name="notationName">The notation that must be in it, once.</param>
    /// <param name="expectedValue">The value that it must have.</param>
    /// <param name="now">The present, UTC: a statement that has ended of itself is not good; null where that does not matter.</param>
    /// <returns>Good if the primary key could certify when it made the statement.</returns>
    public SignatureCheck VerifyStatement(
        ReadOnlySpan<byte> signature,
        string notationName,
        string expectedValue,
        DateTime? now
    ) => Statements.Check(this, signature, notationName, expectedValue, now);

    /// <summary>
    /// Whether this may take the place of a certificate of the same key that was seen before: a revocation that was
    /// shown is still shown, and the last self-signature is not older. Who leaves them out wants to go back.
    /// </summary>
    /// <param name="before">The certificate seen before.</param>
    public bool Continues(Certificate before) =>
        Fingerprint == before.Fingerprint
        && LastSelfSignature >= before.LastSelfSignature
        && before
            ._keys.Where(k => k.Revocations.Count > 0)
            .All(k => _keys.Exists(own => own.Packet.Fingerprint == k.Packet.Fingerprint && own.IsRevokedLike(k)));

    /// <summary>The signing subkeys that are not revoked, whether they have ended or not.</summary>
    internal IEnumerable<KeyPacket> SigningSubkeys =>
        _keys
            .Where(k => !k.Packet.IsPrimary && k.Revocations.Count == 0 && k.IsFor(KeyUse.Sign, null))
            .Select(k => k.Packet);

    private DateTime LastSelfSignature => _keys.SelectMany(k => k.Bindings.Concat(k.Revocations)).Max(s => s.Created);

    internal KeyStanding StandingOf(BoundKey key, DateTime at)
    {
        var primary = _primary.Standing(at);
        return primary != KeyStanding.Usable || ReferenceEquals(key, _primary) ? primary : key.Standing(at);
    }

    /// <summary>The newest key that is usable for a use.</summary>
    internal BoundKey? UsableKey(KeyUse use, DateTime at) =>
        _keys.FindLast(k => k.IsFor(use, at) && StandingOf(k, at) == KeyStanding.Usable);

    internal BoundKey? FindIssuer(SignaturePacket signature) => _keys.Find(k => signature.NamesIssuer(k.Packet));

    internal BoundKey? FindByKeyId(ReadOnlySpan<byte> keyId)
    {
        foreach (var key in _keys)
            if (key.Packet.KeyId.SequenceEqual(keyId))
                return key;
        return null;
    }

    internal SignaturePacket PrimaryBindingAt(DateTime at) => _primary.BindingAt(at) ?? _primary.Latest!;
}
