using System.Security.Cryptography;
using Comity.OpenPgp.Certificates;
using Comity.OpenPgp.Packets;

namespace Comity.OpenPgp.Keys;

/// <summary>Takes a transferable secret key apart into its certificate and its secrets.</summary>
internal static class SecretKeyReader
{
    // Each protected key may ask for the most passphrase work there is.
    private const int MaxSecrets = 16;

    public static KeyRefusal? Read(
        ReadOnlyMemory<byte> octetsOrArmor,
        string? passphrase,
        out byte[] certificate,
        out Dictionary<string, byte[]> secrets
    )
    {
        certificate = [];
        secrets = [];
        if (octetsOrArmor.Length > CertificateParser.MaxOctets)
            return KeyRefusal.TooLarge;
        var octets = Armor.Looks(octetsOrArmor.Span)
            ? Armor.Read(ArmorKind.PrivateKey, octetsOrArmor.Span)
            : octetsOrArmor.ToArray();
        if (octets is null)
            return KeyRefusal.BadArmor;
        try
        {
            if (CertificateParser.Parse(octets, secret: true, out var parsed) is { } refusal)
                return refusal;
            certificate = CertificateEditor.Rewrite(octets, packet => PublicOf(packet, parsed));
            return ReadSecrets(parsed, passphrase, secrets);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(octets);
        }
    }

    private static KeyRefusal? ReadSecrets(
        CertificateParser parsed,
        string? passphrase,
        Dictionary<string, byte[]> secrets
    )
    {
        if (parsed.Secrets.Count > MaxSecrets)
            return KeyRefusal.TooLarge;
        foreach (var (key, body) in parsed.Secrets)
        {
            if (!key.IsAllowed)
                return KeyRefusal.AlgorithmRefused;
            if (SecretPart.Read(key, body.Span, passphrase, out var secret) is { } refusal)
                return refusal;
            if (secret is not null)
                secrets[key.Fingerprint] = secret;
        }
        return secrets.Count == 0 ? KeyRefusal.NoSecretMaterial : null;
    }

    private static (Tag Tag, byte[] Body)? PublicOf(Packet packet, CertificateParser parsed)
    {
        if (packet.Tag is not (Tag.SecretKey or Tag.SecretSubkey))
            return null;
        var tag = packet.Tag == Tag.SecretKey ? Tag.PublicKey : Tag.PublicSubkey;
        var body = packet.Body;
        return (tag, parsed.Secrets.First(s => body.Span.StartsWith(s.Key.Body)).Key.Body);
    }
}
