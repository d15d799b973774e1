using Comity.OpenPgp.Packets;

namespace Comity.OpenPgp.Certificates;

/// <summary>Certifications of somebody's user id by somebody else's primary key (RFC 9580, 5.2.1, types 0x10 to 0x13).</summary>
internal static class Certification
{
    private static readonly SubpacketType[] Understood =
    [
        SubpacketType.Created,
        SubpacketType.SignatureExpiration,
        (SubpacketType)4,
        SubpacketType.Issuer,
        SubpacketType.RevocationReason,
        SubpacketType.IssuerFingerprint,
    ];

    public static bool Holds(Certificate subject, BoundUserId userId, Certificate certifier, DateTime at)
    {
        var verified = userId.Others.Where(s => s.Created <= at && IsBy(s, subject, userId, certifier)).ToList();
        var certification = verified
            .Where(s => s.Type is >= SignatureType.GenericCertification and <= SignatureType.PositiveCertification)
            .Where(s => !s.HasExpiredBy(at) && certifier.Standing(KeyUse.Certify, s.Created) == KeyStanding.Usable)
            .MaxBy(s => s.Created);
        return certification is not null
            && !verified.Exists(s =>
                s.Type == SignatureType.CertificationRevocation && s.Created >= certification.Created
            );
    }

    private static bool IsBy(
        SignaturePacket signature,
        Certificate subject,
        BoundUserId userId,
        Certificate certifier
    ) =>
        signature.NamesIssuer(certifier.Primary)
        && !signature.HasUnknownCritical(Understood)
        && SignatureMath.Verifies(
            signature,
            certifier.Primary,
            hash => SelfSignatures.AppendUserId(hash, subject.Primary, userId.Text)
        );
}
