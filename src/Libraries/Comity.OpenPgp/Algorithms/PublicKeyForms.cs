using Comity.OpenPgp.Packets;

namespace Comity.OpenPgp.Algorithms;

/// <summary>
/// Which public keys are allowed: Curve25519, NIST and Brainpool curves from 256 bits, RSA from 3072. Whatever is not
/// named here (DSA, ElGamal, other curves) is refused.
/// </summary>
internal static class PublicKeyForms
{
    // Version, time and algorithm come before the numbers.
    private const int NumbersAt = 6;

    /// <summary>Reads over the public numbers; false if the algorithm is not known, and their form with it.</summary>
    public static bool Skip(int algorithm, ref OctetReader reader)
    {
        switch (algorithm)
        {
            case KeyPacket.Rsa or KeyPacket.RsaEncryptOnly or KeyPacket.RsaSignOnly:
                reader.Mpi();
                reader.Mpi();
                return true;
            case KeyPacket.EdDsa or KeyPacket.Ecdsa or KeyPacket.Ecdh:
                reader.Take(reader.Octet());
                reader.Mpi();
                if (algorithm == KeyPacket.Ecdh)
                    reader.Take(reader.Octet());
                return true;
            default:
                return false;
        }
    }

    /// <summary>The key for use; null if its algorithm, curve or size is not allowed, or its numbers are no such key.</summary>
    public static KeyMaterial? Read(KeyPacket key)
    {
        var reader = new OctetReader(key.Body.AsSpan(NumbersAt));
        switch (key.Algorithm)
        {
            case KeyPacket.Rsa or KeyPacket.RsaSignOnly:
                return RsaMaterial.Read(reader.Mpi(), reader.Mpi(), encrypts: key.Algorithm == KeyPacket.Rsa);
            case KeyPacket.EdDsa:
                return Ed25519Material.Read(reader.Take(reader.Octet()), reader.Mpi());
            case KeyPacket.Ecdsa:
                return EcdsaMaterial.Read(reader.Take(reader.Octet()), reader.Mpi());
            case KeyPacket.Ecdh:
                var curve = reader.Take(reader.Octet());
                var point = reader.Mpi();
                var derivation = KeyDerivation.Read(curve, reader.Take(reader.Octet()), key.FingerprintOctets);
                return derivation is null ? null
                    : curve.SequenceEqual(X25519Material.Oid) ? X25519Material.Read(point, derivation)
                    : EcdhMaterial.Read(curve, point, derivation);
            default:
                return null;
        }
    }
}
