using System.Security.Cryptography;
using System.Text;
using Comity.OpenPgp.Packets;

namespace Comity.OpenPgp.Certificates;

/// <summary>
/// Reads a transferable public or secret key (RFC 9580, 10.1 and 10.2) and verifies every signature that its own primary
/// key made. What cannot be verified is ignored; what is malformed is refused.
/// </summary>
internal sealed class CertificateParser
{
    public const int MaxOctets = 1 << 20;
    private const int MaxPackets = 1024;
    private const int MaxSubkeys = 64;
    private const int MaxUserId = 2048;

    private static readonly SubpacketType[] Understood =
    [
        SubpacketType.Created,
        SubpacketType.SignatureExpiration,
        (SubpacketType)4,
        (SubpacketType)5,
        (SubpacketType)7,
        SubpacketType.KeyExpiration,
        SubpacketType.PreferredCiphers,
        SubpacketType.Issuer,
        SubpacketType.PreferredDigests,
        SubpacketType.PreferredCompression,
        SubpacketType.KeyServerPreferences,
        SubpacketType.PrimaryUserId,
        SubpacketType.KeyFlags,
        SubpacketType.RevocationReason,
        SubpacketType.Features,
        SubpacketType.EmbeddedSignature,
        SubpacketType.IssuerFingerprint,
    ];

    private readonly bool _secret;
    private BoundUserId? _userId;
    private BoundKey? _subkey;
    private bool _skipping;

    private CertificateParser(bool secret) => _secret = secret;

    public BoundKey Primary { get; private set; } = null!;

    public List<BoundUserId> UserIds { get; } = [];

    public List<BoundKey> Subkeys { get; } = [];

    /// <summary>A self-signature was passed over because its digest is weak.</summary>
    public bool SawWeakSelfSignature { get; private set; }

    /// <summary>The bodies of the secret key packets by fingerprint, each beginning with the public part.</summary>
    public List<(KeyPacket Key, Memory<byte> Body)> Secrets { get; } = [];

    public static KeyRefusal? Parse(byte[] octets, bool secret, out CertificateParser parser)
    {
        parser = new CertificateParser(secret);
        var walk = new PacketWalk(octets, MaxPackets);
        while (true)
        {
            switch (walk.Next(out var packet))
            {
                case Step.Malformed:
                    return KeyRefusal.Malformed;
                case Step.End:
                    return parser.Finish();
            }
            if (parser.Take(packet) is { } refusal)
                return refusal;
        }
    }

    private KeyRefusal? Finish()
    {
        if (Primary is null)
            return KeyRefusal.Malformed;
        if (!Primary.Packet.CanSign)
            return KeyRefusal.AlgorithmRefused;
        foreach (var id in UserIds.Where(u => u.IsHeld))
            Primary.Bindings.AddRange(id.SelfSignatures);
        if (UserIds.Exists(u => u.IsHeld))
            return null;
        return SawWeakSelfSignature ? KeyRefusal.WeakSelfSignature : KeyRefusal.NoValidSelfSignature;
    }

    private KeyRefusal? Take(Packet packet)
    {
        switch (packet.Tag)
        {
            case Tag.PublicKey or Tag.SecretKey:
                return Primary is null ? TakePrimary(packet) : KeyRefusal.MoreThanOneCertificate;
            case Tag.Trust or Tag.Marker:
                return null;
        }
        if (Primary is null)
            return KeyRefusal.Malformed;
        switch (packet.Tag)
        {
            case Tag.PublicSubkey or Tag.SecretSubkey:
                return TakeSubkey(packet);
            case Tag.UserId:
                if (packet.Body.Length > MaxUserId || _subkey is not null)
                    return KeyRefusal.Malformed;
                UserIds.Add(_userId = new BoundUserId(packet.Body.ToArray()));
                _skipping = false;
                return null;
            case Tag.UserAttribute:
                _skipping = true;
                return null;
            case Tag.Signature:
                // Old or foreign signatures that we cannot read say nothing to us.
                if (!_skipping && SignaturePacket.Parse(packet.Body.ToArray()) is { } signature)
                    Take(signature);
                return null;
            default:
                return KeyRefusal.Malformed;
        }
    }

    private KeyRefusal? TakePrimary(Packet packet)
    {
        if (Kind(packet, Tag.SecretKey) is { } wrong)
            return wrong;
        if (KeyPacket.Parse(packet.Body.Span, isPrimary: true, _secret, out var key) is { } refusal)
            return refusal;
        Primary = new BoundKey(key!);
        if (_secret)
            Secrets.Add((key!, packet.Body));
        return null;
    }

    private KeyRefusal? TakeSubkey(Packet packet)
    {
        if (packet.Tag == Tag.SecretSubkey != _secret)
            return _secret ? KeyRefusal.Malformed : KeyRefusal.SecretMaterial;
        _userId = null;
        var refusal = KeyPacket.Parse(packet.Body.Span, isPrimary: false, _secret, out var key);
        if (refusal is KeyRefusal.Version6 or KeyRefusal.UnsupportedVersion && !_secret)
        {
            // A subkey of another version beside a version 4 primary key: not ours to use.
            _skipping = true;
            return null;
        }
        if (refusal is not null || Subkeys.Count == MaxSubkeys)
            return refusal ?? KeyRefusal.TooLarge;
        _skipping = false;
        Subkeys.Add(_subkey = new BoundKey(key!));
        if (_secret)
            Secrets.Add((key!, packet.Body));
        return null;
    }

    private KeyRefusal? Kind(Packet packet, Tag secretTag) =>
        packet.Tag == secretTag == _secret ? null
        : _secret ? KeyRefusal.NoSecretMaterial
        : KeyRefusal.SecretMaterial;

    private void Take(SignaturePacket signature)
    {
        var primary = Primary.Packet;
        if (!signature.NamesIssuer(primary))
        {
            _userId?.Others.Add(signature);
            return;
        }
        var (list, feed) = Place(signature);
        if (list is null || signature.HasUnknownCritical(Understood) || signature.Created < primary.Created)
            return;
        if (!signature.HasStrongDigest)
        {
            SawWeakSelfSignature = true;
            return;
        }
        if (!SignatureMath.Verifies(signature, primary, feed!))
            return;
        if (signature.Type == SignatureType.SubkeyBinding && !MayBind(signature))
            return;
        list.Add(signature);
    }

    /// <summary>Where a signature of the primary key belongs, and what it must be over.</summary>
    private (List<SignaturePacket>? List, Action<IncrementalHash>? Feed) Place(SignaturePacket signature)
    {
        var primary = Primary.Packet;
        switch (signature.Type)
        {
            case SignatureType.KeyRevocation:
                return (Primary.Revocations, primary.AppendTo);
            // A direct-key signature without key flags is a statement about something else, not about the key.
            case SignatureType.DirectKey when signature.KeyFlags != 0:
                return (Primary.Bindings, primary.AppendTo);
            case >= SignatureType.GenericCertification
            and <= SignatureType.PositiveCertification when _userId is { } id:
                return (id.SelfSignatures, hash => AppendUserId(hash, primary, id.Text));
            case SignatureType.CertificationRevocation when _userId is { } id:
                return (id.SelfRevocations, hash => AppendUserId(hash, primary, id.Text));
            case SignatureType.SubkeyBinding when _subkey is { } sub:
                return (sub.Bindings, hash => AppendSubkey(hash, primary, sub.Packet));
            case SignatureType.SubkeyRevocation when _subkey is { } sub:
                return (sub.Revocations, hash => AppendSubkey(hash, primary, sub.Packet));
            default:
                return (null, null);
        }
    }

    /// <summary>A signing subkey must itself agree to be bound (back signature), or it could be somebody else's.</summary>
    private bool MayBind(SignaturePacket binding)
    {
        var key = _subkey!.Packet;
        if (binding.Created < key.Created)
            return false;
        if ((binding.KeyFlags & 0x03) == 0)
            return true;
        if ((binding.KeyFlags & 0x01) != 0)
            return false;
        var back = binding
            .Hashed.Concat(binding.Unhashed)
            .Where(s => s.Type == SubpacketType.EmbeddedSignature)
            .Select(s => SignaturePacket.Parse(s.Body))
            .FirstOrDefault();
        return back is { Type: SignatureType.PrimaryKeyBinding }
            && !back.HasUnknownCritical(Understood)
            && SignatureMath.Verifies(back, key, hash => AppendSubkey(hash, Primary.Packet, key));
    }

    public static void AppendSubkey(IncrementalHash hash, KeyPacket primary, KeyPacket subkey)
    {
        primary.AppendTo(hash);
        subkey.AppendTo(hash);
    }

    public static void AppendUserId(IncrementalHash hash, KeyPacket primary, byte[] userId)
    {
        primary.AppendTo(hash);
        using var head = new OctetWriter();
        hash.AppendData(head.Octet(0xB4).UInt32(userId.Length).Written);
        hash.AppendData(userId);
    }
}
