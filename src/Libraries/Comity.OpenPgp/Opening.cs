using Comity.OpenPgp.Packets;
using Comity.OpenPgp.Sealed;

namespace Comity.OpenPgp;

/// <summary>
/// Opens sealed messages, strictly and in an order that gives nothing away: the outer packets first, then the integrity of
/// the whole, and only then what is inside. Whatever is not of the one form that we and GnuPG write is refused.
/// </summary>
public static class Opening
{
    private const int MaxOuterPackets = 8;

    /// <summary>Decrypts a message that is sealed to one key.</summary>
    /// <param name="octets">The OpenPGP message, not armoured; read to its end.</param>
    /// <param name="recipient">Our key.</param>
    /// <param name="limits">Bounds of memory.</param>
    /// <returns>A message whose integrity holds and whose signer is still to be verified, or the rule that it broke.</returns>
    public static OpeningResult Open(Stream octets, SecretKey recipient, OpeningLimits limits) =>
        Open(octets, [recipient], limits);

    /// <summary>As the other, with every key that we hold, the retired ones too.</summary>
    /// <param name="octets">The OpenPGP message, not armoured; read to its end.</param>
    /// <param name="recipients">Our keys.</param>
    /// <param name="limits">Bounds of memory.</param>
    /// <returns>A message whose integrity holds and whose signer is still to be verified, or the rule that it broke.</returns>
    public static OpeningResult Open(Stream octets, IReadOnlyCollection<SecretKey> recipients, OpeningLimits limits)
    {
        using var encoded = PrivateBuffer.ReadAll(octets, limits.EncodedBytes);
        if (encoded is null)
            return Refused(OpeningRefusal.TooLarge);
        if (WalkOutside(encoded.Octets, out var sessionKey, out var sealedData) is { } outside)
            return Refused(outside);
        if (SessionKey.Recover(sessionKey.Span, recipients, out var recipient, out var key) is { } unreadable)
            return Refused(unreadable);
        if (ProtectedData.Decrypt(sealedData.Span, key, out var plain, out var content) is { } broken)
            return Refused(broken);
        var refusal = InnerMessage.Read(content, limits.ExpandedBytes, out var expanded, out var message);
        var intended = IntendedRecipient.Absent;
        refusal ??= Intended(message!.Signature, recipient!.Certificate, out intended);
        if (refusal is not null)
        {
            plain!.Dispose();
            expanded?.Dispose();
            return Refused(refusal.Value);
        }
        return new OpeningResult(new Opened(recipient!.Certificate, intended, message!, [plain!, expanded]), null);
    }

    private static OpeningResult Refused(OpeningRefusal refusal) => new(null, refusal);

    /// <summary>Exactly one session key, exactly one encrypted packet, nothing else.</summary>
    private static OpeningRefusal? WalkOutside(Memory<byte> octets, out Memory<byte> sessionKey, out Memory<byte> data)
    {
        (sessionKey, data) = (default, default);
        var walk = new PacketWalk(octets, MaxOuterPackets);
        if (walk.Next(out var first) == Step.Malformed)
            return OpeningRefusal.Malformed;
        if (first.Tag == Tag.UnprotectedEncrypted)
            return OpeningRefusal.IntegrityProtectionMissing;
        if (first.Tag != Tag.SessionKey)
            return OpeningRefusal.NotSealed;
        if (walk.Next(out var second) != Step.Read)
            return OpeningRefusal.Malformed;
        switch (second.Tag)
        {
            case Tag.SessionKey or Tag.PassphraseSessionKey:
                return OpeningRefusal.MoreThanOneRecipient;
            case Tag.UnprotectedEncrypted:
                return OpeningRefusal.IntegrityProtectionMissing;
            case Tag.AeadEncrypted:
                return OpeningRefusal.EncryptionUnsupported;
            case Tag.ProtectedEncrypted when second.Body.IsEmpty:
                return OpeningRefusal.Malformed;
            case Tag.ProtectedEncrypted when second.Body.Span[0] != 1:
                return OpeningRefusal.EncryptionUnsupported;
            case Tag.ProtectedEncrypted:
                break;
            default:
                return OpeningRefusal.UnexpectedPacket;
        }
        (sessionKey, data) = (first.Body, second.Body[1..]);
        return walk.AtEnd ? null : OpeningRefusal.TrailingData;
    }

    /// <summary>Every recipient that the signature names must be us: one sealing and one signature per recipient.</summary>
    private static OpeningRefusal? Intended(SignaturePacket signature, Certificate us, out IntendedRecipient intended)
    {
        intended = IntendedRecipient.Absent;
        byte[] expected = [4, .. us.Primary.FingerprintOctets];
        foreach (var named in signature.Hashed.Where(s => s.Type == SubpacketType.IntendedRecipient))
        {
            if (!named.Body.Span.SequenceEqual(expected))
                return OpeningRefusal.SignedForAnotherRecipient;
            intended = IntendedRecipient.Named;
        }
        return null;
    }
}
