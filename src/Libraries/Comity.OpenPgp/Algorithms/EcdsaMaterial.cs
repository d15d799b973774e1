using Comity.OpenPgp.Packets;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;

namespace Comity.OpenPgp.Algorithms;

/// <summary>ECDSA over a NIST or Brainpool curve (RFC 9580, 5.2.3.2); our own signatures with the numbers of RFC 6979.</summary>
internal sealed class EcdsaMaterial : KeyMaterial
{
    private readonly NamedCurve _curve;
    private readonly ECPoint _point;

    private EcdsaMaterial(NamedCurve curve, ECPoint point) => (_curve, _point) = (curve, point);

    public override bool CanSign => true;

    public static EcdsaMaterial? Read(ReadOnlySpan<byte> oid, ReadOnlySpan<byte> point) =>
        NamedCurve.Find(oid) is { } curve && curve.Point(point) is { } valid ? new EcdsaMaterial(curve, valid) : null;

    public override bool Verifies(IReadOnlyList<ReadOnlyMemory<byte>> values, byte[] digest, int digestAlgorithm)
    {
        if (values is not [var r, var s] || r.Length > _curve.Length || s.Length > _curve.Length)
            return false;
        var signer = new ECDsaSigner();
        signer.Init(false, new ECPublicKeyParameters(_point, _curve.Domain));
        return signer.VerifySignature(digest, new BigInteger(1, r.Span), new BigInteger(1, s.Span));
    }

    public override void Sign(OctetWriter values, ReadOnlySpan<byte> secret, byte[] digest, int digestAlgorithm)
    {
        var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha512Digest()));
        signer.Init(true, new ECPrivateKeyParameters(NamedCurve.Scalar(secret), _curve.Domain));
        foreach (var number in signer.GenerateSignature(digest))
            values.Mpi(number.ToByteArrayUnsigned());
    }

    public override byte[]? ReadSecret(ref OctetReader numbers) => _curve.ReadSecret(ref numbers);

    public override bool Owns(ReadOnlySpan<byte> secret) => _curve.Owns(_point, secret);

    public override void WriteSecret(OctetWriter numbers, ReadOnlySpan<byte> secret) => numbers.Mpi(secret);
}
