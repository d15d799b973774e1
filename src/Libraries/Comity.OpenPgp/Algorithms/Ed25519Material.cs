using Comity.OpenPgp.Packets;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Comity.OpenPgp.Algorithms;

/// <summary>EdDSA over Ed25519 in its version 4 form (RFC 9580, 5.5.5.5 and 5.2.3.3). The secret is the seed of 32 octets.</summary>
internal sealed class Ed25519Material : KeyMaterial
{
    public const int SecretLength = 32;

    public static readonly byte[] Oid = [0x2B, 0x06, 0x01, 0x04, 0x01, 0xDA, 0x47, 0x0F, 0x01];

    private readonly byte[] _point;

    private Ed25519Material(byte[] point) => _point = point;

    public override bool CanSign => true;

    public static Ed25519Material? Read(ReadOnlySpan<byte> curve, ReadOnlySpan<byte> point) =>
        curve.SequenceEqual(Oid)
        && point is [0x40, .. var bare]
        && bare.Length == 32
        && Ed25519.ValidatePublicKeyPartial(bare)
            ? new Ed25519Material(bare.ToArray())
            : null;

    public static byte[] PointOf(ReadOnlySpan<byte> secret)
    {
        var point = new byte[32];
        Ed25519.GeneratePublicKey(secret, point);
        return point;
    }

    public override bool Verifies(IReadOnlyList<ReadOnlyMemory<byte>> values, byte[] digest, int digestAlgorithm)
    {
        if (values is not [{ Length: <= 32 } r, { Length: <= 32 } s])
            return false;
        Span<byte> value = stackalloc byte[64];
        value.Clear();
        r.Span.CopyTo(value[(32 - r.Length)..]);
        s.Span.CopyTo(value[(64 - s.Length)..]);
        return Ed25519.Verify(value, _point, digest);
    }

    public override void Sign(OctetWriter values, ReadOnlySpan<byte> secret, byte[] digest, int digestAlgorithm)
    {
        Span<byte> value = stackalloc byte[64];
        Ed25519.Sign(secret, digest, value);
        values.Mpi(value[..32]).Mpi(value[32..]);
    }

    public override byte[]? ReadSecret(ref OctetReader numbers)
    {
        var value = numbers.Mpi();
        if (value.Length > SecretLength)
            return null;
        var secret = new byte[SecretLength];
        value.CopyTo(secret.AsSpan(SecretLength - value.Length));
        return secret;
    }

    public override bool Owns(ReadOnlySpan<byte> secret) => PointOf(secret).AsSpan().SequenceEqual(_point);

    public override void WriteSecret(OctetWriter numbers, ReadOnlySpan<byte> secret) => numbers.Mpi(secret);
}
