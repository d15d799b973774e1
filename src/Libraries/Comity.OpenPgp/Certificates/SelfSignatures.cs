using System.Security.Cryptography;
using Comity.OpenPgp.Packets;

namespace Comity.OpenPgp.Certificates;

/// <summary>What a primary key signs about itself, its user ids and its subkeys (RFC 9580, 5.2.1): where it belongs, whether it holds.</summary>
internal static class SelfSignatures
{
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

    /// <summary>Keeps a signature where it belongs, if it holds; what others signed is kept unverified.</summary>
    /// <param name="signature">As it stands in the certificate.</param>
    /// <param name="primary">The primary key.</param>
    /// <param name="userId">The user id that it follows, or null.</param>
    /// <param name="subkey">The subkey that it follows, or null.</param>
    /// <returns>Whether it was passed over because its digest is weak.</returns>
    public static bool Take(SignaturePacket signature, BoundKey primary, BoundUserId? userId, BoundKey? subkey)
    {
        if (!signature.NamesIssuer(primary.Packet))
        {
            userId?.Others.Add(signature);
            return false;
        }
        var (list, feed) = Place(signature, primary, userId, subkey);
        if (list is null || signature.HasUnknownCritical(Understood) || signature.Created < primary.Packet.Created)
            return false;
        if (!signature.HasStrongDigest)
            return true;
        var holds =
            SignatureMath.Verifies(signature, primary.Packet, feed!)
            && (signature.Type != SignatureType.SubkeyBinding || MayBind(signature, primary.Packet, subkey!.Packet));
        if (holds)
            list.Add(signature);
        return false;
    }

    /// <summary>Where a signature of the primary key belongs, and what it must be over.</summary>
    private static (List<SignaturePacket>? List, Action<IncrementalHash>? Feed) Place(
        SignaturePacket signature,
        BoundKey owner,
        BoundUserId? userId,
        BoundKey? subkey
    )
    {
        var primary = owner.Packet;
        switch (signature.Type)
        {
            case SignatureType.KeyRevocation:
                return (owner.Revocations, primary.AppendTo);
            // A direct-key signature without key flags is a statement about something else, not about the key.
            case SignatureType.DirectKey when signature.KeyFlags != 0:
                return (owner.Bindings, primary.AppendTo);
            case >= SignatureType.GenericCertification and <= SignatureType.PositiveCertification when userId is { } id:
                return (id.SelfSignatures, hash => AppendUserId(hash, primary, id.Text));
            case SignatureType.CertificationRevocation when userId is { } id:
                return (id.SelfRevocations, hash => AppendUserId(hash, primary, id.Text));
            case SignatureType.SubkeyBinding when subkey is { } sub:
                return (sub.Bindings, hash => AppendSubkey(hash, primary, sub.Packet));
            case SignatureType.SubkeyRevocation when subkey is { } sub:
                return (sub.Revocations, hash => AppendSubkey(hash, primary, sub.Packet));
            default:
                return (null, null);
        }
    }

    /// <summary>A signing subkey must itself agree to be bound (back signature), or it could be somebody else's.</summary>
    private static bool MayBind(SignaturePacket binding, KeyPacket primary, KeyPacket key)
    {
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
            && SignatureMath.Verifies(back, key, hash => AppendSubkey(hash, primary, key));
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
