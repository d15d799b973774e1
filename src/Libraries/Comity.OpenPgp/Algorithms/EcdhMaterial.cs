using System.Security.Cryptography;
using Comity.OpenPgp.Packets;
using ECPoint = Org.BouncyCastle.Math.EC.ECPoint;

namespace Comity.OpenPgp.Algorithms;

/// <summary>ECDH over a NIST or Brainpool curve (RFC 9580, 5.1.5 and 11.5).</summary>
internal sealed class EcdhMaterial : KeyMaterial
{
    private readonly NamedCurve _curve;
    private readonly ECPoint _point;
    private readonly KeyDerivation _derivation;

    private EcdhMaterial(NamedCurve curve, ECPoint point, KeyDerivation derivation) =>
        (_curve, _point, _derivation) = (curve, point, derivation);

    public override bool CanEncrypt => true;

    public static EcdhMaterial? Read(ReadOnlySpan<byte> oid, ReadOnlySpan<byte> point, KeyDerivation derivation) =>
        NamedCurve.Find(oid) is { } curve && curve.Point(point) is { } valid
            ? new EcdhMaterial(curve, valid, derivation)
            : null;

    public override void Encrypt(OctetWriter fields, ReadOnlySpan<byte> sessionKey)
    {
        var ephemeral = _curve.NewSecret();
        var shared = _curve.Agree(_point, ephemeral);
        fields.Mpi(_curve.PointOf(ephemeral));
        _derivation.Wrap(fields, shared, sessionKey);
        CryptographicOperations.ZeroMemory(shared);
        CryptographicOperations.ZeroMemory(ephemeral);
    }

    public override OpeningRefusal? Recover(ref OctetReader fields, ReadOnlySpan<byte> secret, out byte[] sessionKey)
    {
        sessionKey = [];
        var octets = fields.Mpi();
        var wrapped = fields.Take(fields.Octet());
        if (!fields.AtEnd || _curve.Point(octets) is not { } point)
            return OpeningRefusal.SessionKeyUnreadable;
        var shared = _curve.Agree(point, secret);
        var refusal = _derivation.Unwrap(shared, wrapped, out sessionKey);
        CryptographicOperations.ZeroMemory(shared);
        return refusal;
    }

    public override byte[]? ReadSecret(ref OctetReader numbers) => _curve.ReadSecret(ref numbers);

    public override bool Owns(ReadOnlySpan<byte> secret) => _curve.Owns(_point, secret);

    public override void WriteSecret(OctetWriter numbers, ReadOnlySpan<byte> secret) => numbers.Mpi(secret);
}
