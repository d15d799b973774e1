using System.Text;
using Comity.OpenPgp.Certificates;
using Comity.OpenPgp.Packets;

namespace Comity.OpenPgp.Keys;

/// <summary>Puts new keys together, with the self-signatures and bindings that make them a certificate.</summary>
internal sealed class KeyMaker(KeyPacket primary, byte[] primarySecret, DateTime at)
{
    private const int Certify = 0x01;
    private const int Sign = 0x02;
    private const int Encrypt = 0x0C;

    public Dictionary<string, byte[]> Secrets { get; } = new() { [primary.Fingerprint] = primarySecret };

    public OctetWriter Public { get; } = new();

    public static KeyMaker Begin(string userId, DateTime created, TimeSpan validity)
    {
        var (key, secret) = CurveKeys.MakeSigning(created, isPrimary: true);
        var maker = new KeyMaker(key, secret, created);
        maker.Public.Packet(Tag.PublicKey, key.Body);
        maker.AddUserId(Encoding.UTF8.GetBytes(userId), validity);
        return maker;
    }

    public void AddSigningKey(TimeSpan validity)
    {
        var (key, secret) = CurveKeys.MakeSigning(at, isPrimary: false);
        var back = new SignatureWriter(key, SignatureType.PrimaryKeyBinding, at).Sign(
            secret,
            hash => SelfSignatures.AppendSubkey(hash, primary, key)
        );
        Bind(key, secret, validity, Sign, back);
    }

    public void AddEncryptionKey(TimeSpan validity)
    {
        var (key, secret) = CurveKeys.MakeEncryption(at);
        Bind(key, secret, validity, Encrypt, []);
    }

    private void AddUserId(byte[] userId, TimeSpan validity)
    {
        Public.Packet(Tag.UserId, userId);
        var signature = new SignatureWriter(primary, SignatureType.PositiveCertification, at)
            .Add(SubpacketType.KeyFlags, [Certify])
            .AddSeconds(SubpacketType.KeyExpiration, validity)
            .Add(SubpacketType.PreferredCiphers, [9])
            .Add(SubpacketType.PreferredDigests, [10, 8])
            .Add(SubpacketType.PreferredCompression, [0])
            .Add(SubpacketType.Features, [1])
            .Add(SubpacketType.PrimaryUserId, [1])
            .Add(SubpacketType.KeyServerPreferences, [0x80])
            .Sign(primarySecret, hash => SelfSignatures.AppendUserId(hash, primary, userId));
        Public.Packet(Tag.Signature, signature);
    }

    private void Bind(KeyPacket key, byte[] secret, TimeSpan validity, int flags, byte[] back)
    {
        var writer = new SignatureWriter(primary, SignatureType.SubkeyBinding, at)
            .Add(SubpacketType.KeyFlags, [(byte)flags])
            .AddSeconds(SubpacketType.KeyExpiration, validity);
        if (back.Length > 0)
            writer.Embed(back);
        var binding = writer.Sign(primarySecret, hash => SelfSignatures.AppendSubkey(hash, primary, key));
        Public.Packet(Tag.PublicSubkey, key.Body).Packet(Tag.Signature, binding);
        Secrets[key.Fingerprint] = secret;
    }
}
