using Comity.OpenPgp.Packets;

namespace Comity.OpenPgp.Sealed;

/// <summary>Recovers the session key from a version 3 PKESK packet for one of our keys (RFC 9580, 5.1).</summary>
internal static class SessionKey
{
    private const int Version = 3;

    public static OpeningRefusal? Recover(
        ReadOnlySpan<byte> body,
        IReadOnlyCollection<SecretKey> recipients,
        out SecretKey? recipient,
        out byte[] key
    )
    {
        recipient = null;
        key = [];
        var reader = new OctetReader(body);
        if (reader.Octet() != Version)
            return reader.Failed ? OpeningRefusal.Malformed : OpeningRefusal.EncryptionUnsupported;
        var keyId = reader.Take(8);
        int algorithm = reader.Octet();
        if (reader.Failed)
            return OpeningRefusal.Malformed;
        foreach (var candidate in recipients)
        {
            if (candidate.DecryptionKey(keyId) is not { } ours)
                continue;
            recipient = candidate;
            return algorithm == ours.Key.Algorithm
                ? ours.Key.Material!.Recover(ref reader, ours.Secret, out key)
                : OpeningRefusal.SessionKeyUnreadable;
        }
        return OpeningRefusal.NotAddressedToUs;
    }
}
