using System.Security.Cryptography;
using Comity.OpenPgp;
using Comity.OpenPgp.Algorithms;
using Comity.OpenPgp.Certificates;
using Comity.OpenPgp.Keys;
using Comity.OpenPgp.Packets;
using BigInteger = Org.BouncyCastle.Math.BigInteger;

namespace Comity.Libraries.Tests.OpenPgp;

/// <summary>A key put together piece by piece, of any algorithm, with any dates and revocations.</summary>
internal sealed class HandMadeKey
{
    public const int Certify = 0x01;
    public const int Sign = 0x02;
    public const int Encrypt = 0x0C;

    private static readonly Dictionary<string, byte[]> Curves = new()
    {
        ["nistp256"] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07],
        ["nistp384"] = [0x2B, 0x81, 0x04, 0x00, 0x22],
        ["brainpoolP256r1"] = [0x2B, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x07],
        ["brainpoolP384r1"] = [0x2B, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x0B],
    };

    // Two pairs of primes serve all RSA keys here: with other times they are other keys.
    private static readonly Dictionary<(string, bool), Lazy<RSAParameters>> Rsa = new()
    {
        [("rsa2048", true)] = new(() => Generate(2048)),
        [("rsa3072", true)] = new(() => Generate(3072)),
        [("rsa3072", false)] = new(() => Generate(3072)),
    };

    private readonly string _algorithm;
    private readonly List<(KeyPacket Key, byte[] Secret, List<byte[]> Signatures)> _keys = [];
    private readonly List<byte[]> _onPrimary = [];

    public HandMadeKey(string algorithm, DateTime created, TimeSpan? life = null, int flags = Certify | Sign)
    {
        _algorithm = algorithm;
        var (key, secret) = Make(algorithm, encrypts: false, created, isPrimary: true);
        _keys.Add((key, secret, []));
        var writer = Writer(SignatureType.PositiveCertification, created, life, flags);
        _keys[0].Signatures.Add(writer.Sign(secret, hash => SelfSignatures.AppendUserId(hash, key, UserId)));
    }

    public static TheoryData<string> Algorithms =>
        ["ed25519", "nistp256", "nistp384", "brainpoolP256r1", "brainpoolP384r1", "rsa3072"];

    public Certificate Certificate => Certificate.Read(Octets(secret: false)).Certificate!;

    public byte[] CertificateOctets => Octets(secret: false);

    public SecretKey Secret => SecretKey.Read(Octets(secret: true), null).Key!;

    public string FingerprintOf(int index) => _keys[index].Key.Fingerprint;

    private static byte[] UserId => "QR technical <technical@qr.example>"u8.ToArray();

    public HandMadeKey Subkey(int flags, DateTime created, TimeSpan? life = null, string? algorithm = null)
    {
        var (key, secret) = Make(algorithm ?? _algorithm, flags == Encrypt, created, isPrimary: false);
        return Subkey(key, secret, flags, created, life);
    }

    public HandMadeKey Subkey(KeyPacket key, byte[] secret, int flags, DateTime created, TimeSpan? life = null)
    {
        var primary = _keys[0].Key;
        void Feed(IncrementalHash hash) => SelfSignatures.AppendSubkey(hash, primary, key);
        var writer = Writer(SignatureType.SubkeyBinding, created, life, flags);
        if (flags == Sign)
            writer.Embed(new SignatureWriter(key, SignatureType.PrimaryKeyBinding, created).Sign(secret, Feed));
        _keys.Add((key, secret, [writer.Sign(_keys[0].Secret, Feed)]));
        return this;
    }

    /// <summary>Revokes a key; without reason if there is none.</summary>
    public HandMadeKey Revoke(int index, RevocationReason? reason, DateTime at)
    {
        var (primary, key) = (_keys[0].Key, _keys[index].Key);
        var type = index == 0 ? SignatureType.KeyRevocation : SignatureType.SubkeyRevocation;
        var writer = new SignatureWriter(primary, type, at);
        if (reason is { } given)
            writer.Add(SubpacketType.RevocationReason, [(byte)given]);
        var body = writer.Sign(
            _keys[0].Secret,
            hash =>
            {
                if (index == 0)
                    primary.AppendTo(hash);
                else
                    SelfSignatures.AppendSubkey(hash, primary, key);
            }
        );
        (index == 0 ? _onPrimary : _keys[index].Signatures).Add(body);
        return this;
    }

    /// <summary>Lists the subkeys the other way round.</summary>
    public HandMadeKey Reversed()
    {
        _keys.Reverse(1, _keys.Count - 1);
        return this;
    }

    /// <summary>A key of an algorithm, and its secret.</summary>
    public static (KeyPacket Key, byte[] Secret) Make(string algorithm, bool encrypts, DateTime created, bool isPrimary)
    {
        if (algorithm == "ed25519")
            return encrypts ? CurveKeys.MakeEncryption(created) : CurveKeys.MakeSigning(created, isPrimary);
        using var body = new OctetWriter();
        body.Octet(4).Time(created);
        var secret = Rsa.TryGetValue((algorithm, encrypts), out var rsa)
            ? WriteRsa(body, rsa.Value)
            : WriteCurve(body, Curves[algorithm], encrypts);
        Assert.Null(KeyPacket.Parse(body.Written, isPrimary, isSecret: false, out var key));
        return (key!, secret);
    }

    private static byte[] WriteCurve(OctetWriter body, byte[] oid, bool encrypts)
    {
        var curve = NamedCurve.Find(oid)!;
        var secret = RandomNumberGenerator.GetBytes(curve.Length);
        secret[0] &= 0x7F;
        var point = curve.Domain.G.Multiply(NamedCurve.Scalar(secret)).Normalize().GetEncoded(false);
        body.Octet(encrypts ? KeyPacket.Ecdh : KeyPacket.Ecdsa).Octet(oid.Length).Octets(oid).Mpi(point);
        if (encrypts)
            body.Octet(3).Octet(1).Octet(curve.Digest).Octet(curve.Cipher);
        return secret;
    }

    private static byte[] WriteRsa(OctetWriter body, RSAParameters rsa)
    {
        body.Octet(KeyPacket.Rsa).Mpi(rsa.Modulus).Mpi(rsa.Exponent);
        var (p, q) = (new BigInteger(1, rsa.P!), new BigInteger(1, rsa.Q!));
        using var secret = new OctetWriter();
        return secret.Mpi(rsa.D).Mpi(rsa.P).Mpi(rsa.Q).Mpi(p.ModInverse(q).ToByteArrayUnsigned()).ToArray();
    }

    private static RSAParameters Generate(int bits)
    {
        using var rsa = RSA.Create(bits);
        return rsa.ExportParameters(includePrivateParameters: true);
    }

    private SignatureWriter Writer(SignatureType type, DateTime at, TimeSpan? life, int flags)
    {
        var writer = new SignatureWriter(_keys[0].Key, type, at).Add(SubpacketType.KeyFlags, [(byte)flags]);
        return life is { } span ? writer.AddSeconds(SubpacketType.KeyExpiration, span) : writer;
    }

    private byte[] Octets(bool secret)
    {
        using var octets = new OctetWriter();
        foreach (var (key, number, signatures) in _keys)
        {
            var tag = (key.IsPrimary, secret) switch
            {
                (true, true) => Tag.SecretKey,
                (true, false) => Tag.PublicKey,
                (false, true) => Tag.SecretSubkey,
                (false, false) => Tag.PublicSubkey,
            };
            octets.Packet(tag, secret ? SecretPart.Plain(key, number) : key.Body);
            if (key.IsPrimary)
            {
                _onPrimary.ForEach(body => octets.Packet(Tag.Signature, body));
                octets.Packet(Tag.UserId, UserId);
            }
            signatures.ForEach(body => octets.Packet(Tag.Signature, body));
        }
        return octets.ToArray();
    }
}
