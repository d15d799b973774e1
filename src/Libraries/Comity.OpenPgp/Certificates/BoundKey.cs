using Comity.OpenPgp.Packets;

namespace Comity.OpenPgp.Certificates;

/// <summary>
/// A key with what its owner's primary key has verifiably said about it: bindings (self-signatures for the primary key
/// itself) and revocations. Nothing unverified is kept here.
/// </summary>
internal sealed class BoundKey(KeyPacket packet)
{
    public KeyPacket Packet { get; } = packet;

    public List<SignaturePacket> Bindings { get; } = [];

    public List<SignaturePacket> Revocations { get; } = [];

    /// <summary>How the key stands at an instant, its primary key left aside.</summary>
    public KeyStanding Standing(DateTime at)
    {
        if (!Packet.IsAllowed)
            return KeyStanding.Refused;
        // A compromise counts for all time: whoever has the secret can sign with any date.
        if (Revocations.Exists(IsHard))
            return KeyStanding.RevokedCompromised;
        if (at < Packet.Created || BindingAt(at) is not { } binding)
            return KeyStanding.NotYetValid;
        if (Revocations.Exists(r => r.Created <= at))
            return KeyStanding.Revoked;
        return Expiry(binding) is { } expiry && expiry <= at ? KeyStanding.Expired : KeyStanding.Usable;
    }

    /// <summary>Whether the key may do this, by the flags of the binding in force at the instant, or else of the latest.</summary>
    public bool IsFor(KeyUse use, DateTime? at)
    {
        var binding = at is { } instant ? BindingAt(instant) ?? Latest : Latest;
        var flags = binding?.KeyFlags ?? 0;
        return use switch
        {
            KeyUse.Certify => Packet.IsPrimary && (flags & 0x01) != 0,
            KeyUse.Sign => (flags & 0x02) != 0 && Packet.Algorithm != KeyPacket.Ecdh,
            _ => (flags & 0x0C) != 0
                && Packet.Algorithm is not (KeyPacket.EdDsa or KeyPacket.Ecdsa or KeyPacket.RsaSignOnly),
        };
    }

    public SignaturePacket? Latest => BindingAt(DateTime.MaxValue);

    public SignaturePacket? BindingAt(DateTime at)
    {
        SignaturePacket? found = null;
        foreach (var binding in Bindings)
            if (binding.Created <= at && (found is null || binding.Created >= found.Created))
                found = binding;
        return found;
    }

    /// <summary>When the key ends by a binding: the expiry of the key or of the binding itself, whichever is first.</summary>
    public DateTime? Expiry(SignaturePacket? binding)
    {
        DateTime? ofKey = binding?.Seconds(SubpacketType.KeyExpiration) is { } life ? Packet.Created + life : null;
        DateTime? ofBinding = binding?.Seconds(SubpacketType.SignatureExpiration) is { } span
            ? binding.Created + span
            : null;
        return ofKey < ofBinding || ofBinding is null ? ofKey : ofBinding;
    }

    /// <summary>Whether everything that was revoked there is revoked here, as hard and from no later than there.</summary>
    public bool IsRevokedLike(BoundKey other) =>
        Revocations.Exists(IsHard)
        || (
            !other.Revocations.Exists(IsHard)
            && Revocations.Count > 0
            && Revocations.Min(r => r.Created) <= other.Revocations.Min(r => r.Created)
        );

    private static bool IsHard(SignaturePacket revocation) =>
        revocation.Find(SubpacketType.RevocationReason) is not { Length: > 0 } reason || reason.Span[0] is not (1 or 3);
}

/// <summary>A user id, the verified self-signatures over it, and what others certified about it, unverified.</summary>
internal sealed class BoundUserId(byte[] text)
{
    public byte[] Text { get; } = text;

    public List<SignaturePacket> SelfSignatures { get; } = [];

    public List<SignaturePacket> SelfRevocations { get; } = [];

    public List<SignaturePacket> Others { get; } = [];

    public SignaturePacket? Latest => SelfSignatures.Count == 0 ? null : SelfSignatures.MaxBy(s => s.Created);

    public bool IsHeld => Latest is { } latest && !SelfRevocations.Exists(r => r.Created >= latest.Created);

    public bool IsPrimary => Latest?.Find(SubpacketType.PrimaryUserId) is { Length: 1 } flag && flag.Span[0] != 0;
}
