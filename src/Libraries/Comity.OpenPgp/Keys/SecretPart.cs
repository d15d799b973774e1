using System.Security.Cryptography;
using Comity.OpenPgp.Packets;
using Comity.OpenPgp.Sealed;

namespace Comity.OpenPgp.Keys;

/// <summary>The secret part of a key packet (RFC 9580, 5.5.3).</summary>
internal static class SecretPart
{
    private const int Aes256 = 9;
    private const int Unprotected = 0;
    private const int WithSha1 = 254;
    private const int WithSum = 255;
    private const int GnuExtension = 101;

    /// <summary>What stands in the place of a secret that is kept elsewhere; GnuPG's form, which it imports.</summary>
    public static readonly byte[] Absent = [WithSum, 0, GnuExtension, 0, (byte)'G', (byte)'N', (byte)'U', 1];

    public static byte[] Plain(KeyPacket key, byte[] secret)
    {
        using var number = Numbers(key, secret);
        using var body = new OctetWriter();
        return body.Octets(key.Body).Octet(Unprotected).Octets(number.Written).UInt16(Sum(number.Written)).ToArray();
    }

    public static byte[] Protected(KeyPacket key, ReadOnlySpan<byte> secret, string passphrase)
    {
        var s2k = new Passphrase(Digests.Sha256, RandomNumberGenerator.GetBytes(8), Passphrase.MostWork);
        var iv = RandomNumberGenerator.GetBytes(16);
        using var number = Numbers(key, secret);
        number.Octets(MandatedSha1.Of(number.Written));
        var derived = s2k.Derive(passphrase, 32);
        var encrypted = Cfb.Encrypt(derived, iv, number.Written);
        CryptographicOperations.ZeroMemory(derived);
        using var body = new OctetWriter();
        body.Octets(key.Body).Octet(WithSha1).Octet(Aes256).Octet(Passphrase.IteratedAndSalted);
        return body.Octet(s2k.DigestAlgorithm).Octets(s2k.Salt).Octet(s2k.Count).Octets(iv).Octets(encrypted).ToArray();
    }

    /// <summary>Reads the secret; null without refusal if it is kept elsewhere.</summary>
    public static KeyRefusal? Read(KeyPacket key, ReadOnlySpan<byte> body, string? passphrase, out byte[]? secret)
    {
        secret = null;
        var reader = new OctetReader(body[key.Body.Length..]);
        int usage = reader.Octet();
        if (reader.Failed)
            return KeyRefusal.Malformed;
        return usage switch
        {
            Unprotected => ReadNumbers(key, reader.Rest(), 2, out secret),
            WithSha1 or WithSum => ReadProtected(key, ref reader, usage, passphrase, out secret),
            _ => KeyRefusal.ProtectionUnsupported,
        };
    }

    private static KeyRefusal? ReadProtected(
        KeyPacket key,
        ref OctetReader reader,
        int usage,
        string? passphrase,
        out byte[]? secret
    )
    {
        secret = null;
        int cipher = reader.Octet();
        int type = reader.Octet();
        int digest = reader.Octet();
        if (type == GnuExtension)
            return reader.Take(3).SequenceEqual("GNU"u8) && reader.Octet() is 1 or 2 ? null : KeyRefusal.Malformed;
        var keyLength = Cfb.KeyLength(cipher);
        if (
            usage != WithSha1
            || keyLength is null
            || type != Passphrase.IteratedAndSalted
            || !Passphrase.Supports(digest)
        )
            return reader.Failed ? KeyRefusal.Malformed : KeyRefusal.ProtectionUnsupported;
        var s2k = new Passphrase(digest, reader.Take(8).ToArray(), reader.Octet());
        var iv = reader.Take(16).ToArray();
        var encrypted = reader.Rest();
        if (reader.Failed)
            return KeyRefusal.Malformed;
        if (passphrase is null)
            return KeyRefusal.PassphraseWrong;
        var derived = s2k.Derive(passphrase, keyLength.Value);
        var plain = Cfb.Decrypt(derived, iv, encrypted);
        CryptographicOperations.ZeroMemory(derived);
        var refusal = ReadNumbers(key, plain, 20, out secret);
        CryptographicOperations.ZeroMemory(plain);
        return refusal is KeyRefusal.Malformed ? KeyRefusal.PassphraseWrong : refusal;
    }

    private static KeyRefusal? ReadNumbers(KeyPacket key, ReadOnlySpan<byte> plain, int checkLength, out byte[]? secret)
    {
        secret = null;
        if (plain.Length < checkLength)
            return KeyRefusal.Malformed;
        var number = plain[..^checkLength];
        var check = plain[^checkLength..];
        var sum = Sum(number);
        byte[] expected = checkLength == 20 ? MandatedSha1.Of(number) : [(byte)(sum >> 8), (byte)sum];
        if (!CryptographicOperations.FixedTimeEquals(check, expected))
            return KeyRefusal.Malformed;
        var reader = new OctetReader(number);
        var read = key.Material!.ReadSecret(ref reader);
        if (!reader.AtEnd || read is null)
            return KeyRefusal.Malformed;
        if (!key.Material.Owns(read))
            return KeyRefusal.SecretMismatch;
        secret = read;
        return null;
    }

    private static OctetWriter Numbers(KeyPacket key, ReadOnlySpan<byte> secret)
    {
        var writer = new OctetWriter();
        key.Material!.WriteSecret(writer, secret);
        return writer;
    }

    private static int Sum(ReadOnlySpan<byte> octets)
    {
        var sum = 0;
        foreach (var octet in octets)
            sum = (sum + octet) & 0xFFFF;
        return sum;
    }
}
