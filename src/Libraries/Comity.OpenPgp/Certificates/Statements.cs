using System.Text;
using Comity.OpenPgp.Packets;

namespace Comity.OpenPgp.Certificates;

/// <summary>Statements of a primary key: direct-key signatures over itself with a notation that says what it vouches for.</summary>
internal static class Statements
{
    private static readonly SubpacketType[] Understood =
    [
        SubpacketType.Created,
        SubpacketType.SignatureExpiration,
        SubpacketType.KeyExpiration,
        SubpacketType.Issuer,
        SubpacketType.Notation,
        SubpacketType.KeyFlags,
        SubpacketType.IssuerFingerprint,
    ];

    public static SignatureCheck Check(
        Certificate certificate,
        ReadOnlySpan<byte> octets,
        string notationName,
        string expectedValue,
        DateTime? now
    )
    {
        if (SingleSignature.Read(octets) is not { } signature)
            return new SignatureCheck(SignatureFault.Malformed, default, "", KeyStanding.Missing);
        var key = certificate.Primary;
        var standing = certificate.Standing(KeyUse.Certify, signature.Created);
        return new SignatureCheck(Fault(), signature.Created, key.Fingerprint, standing);

        SignatureFault? Fault()
        {
            if (signature.Type != SignatureType.DirectKey)
                return SignatureFault.WrongType;
            if (!signature.HasStrongDigest)
                return SignatureFault.WeakDigest;
            if (signature.HasUnknownCritical(Understood))
                return SignatureFault.UnknownCriticalSubpacket;
            if (!signature.NamesIssuer(key))
                return SignatureFault.OtherKey;
            if (!SignatureMath.Verifies(signature, key, key.AppendTo))
                return SignatureFault.DoesNotVerify;
            if (standing != KeyStanding.Usable)
                return SignatureFault.KeyNotUsable;
            if (now is { } present && signature.HasExpiredBy(present))
                return SignatureFault.Expired;
            var notations = signature.Hashed.Where(s => s.Type == SubpacketType.Notation).Select(Parse).ToList();
            return notations is [var only] && only == (notationName, expectedValue)
                ? null
                : SignatureFault.OtherStatement;
        }
    }

    private static (string Name, string Value) Parse(Subpacket subpacket)
    {
        var reader = new OctetReader(subpacket.Body.Span);
        reader.UInt32();
        var (nameLength, valueLength) = (reader.UInt16(), reader.UInt16());
        var name = Encoding.UTF8.GetString(reader.Take(nameLength));
        var value = Encoding.UTF8.GetString(reader.Take(valueLength));
        return reader.AtEnd ? (name, value) : ("", "");
    }
}
