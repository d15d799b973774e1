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
                    SawWeakSelfSignature |= SelfSignatures.Take(signature, Primary, _userId, _subkey);
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
}
