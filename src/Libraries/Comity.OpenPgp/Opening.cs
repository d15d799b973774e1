namespace Comity.OpenPgp;

/// <summary>Opens sealed messages, strictly: whatever is not exactly what <see cref="Sealing"/> or GnuPG writes is refused.</summary>
public static class Opening
{
    /// <summary>Decrypts a message and proves its integrity.</summary>
    public static OpeningResult Open(Stream octets, SecretKey recipient, OpeningLimits limits) =>
        Open(octets, [recipient], limits);

    /// <summary>As the other, with every key that we hold, the retired ones too.</summary>
    public static OpeningResult Open(Stream octets, IReadOnlyCollection<SecretKey> recipients, OpeningLimits limits) =>
        throw new NotSupportedException();
}
