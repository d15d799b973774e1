using Comity.OpenPgp;
using Comity.OpenPgp.Keys;
using Comity.OpenPgp.Packets;
using static Comity.Libraries.Tests.OpenPgp.Parties;

namespace Comity.Libraries.Tests.OpenPgp;

/// <summary>Public and secret numbers that nobody honest writes.</summary>
public sealed class KeyFormTests
{
    private static readonly byte[] P256 = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];
    private static readonly byte[] P384 = [0x2B, 0x81, 0x04, 0x00, 0x22];
    private static readonly byte[] Secp256k1 = [0x2B, 0x81, 0x04, 0x00, 0x0A];
    private static readonly byte[] Curve25519 = [0x2B, 0x06, 0x01, 0x04, 0x01, 0x97, 0x55, 0x01, 0x05, 0x01];

    public static TheoryData<string, string> Points =>
        new MatrixTheoryData<string, string>(
            ["nistp256", "nistp384", "brainpoolP256r1", "brainpoolP384r1"],
            Forged.Points
        );

    [Theory]
    [InlineData(2048, false)]
    [InlineData(3071, false)]
    [InlineData(3072, true)]
    [InlineData(4096, true)]
    [InlineData(8193, false)]
    public void An_RSA_key_has_at_least_3072_bits(int bits, bool allowed) =>
        Assert.Equal(allowed, IsAllowed(KeyPacket.Rsa, w => w.Mpi(Forged.Modulus(bits)).Mpi([1, 0, 1])));

    [Fact]
    public void An_RSA_key_with_a_small_factor_or_a_weak_exponent_is_refused()
    {
        var modulus = Forged.Modulus(3072);
        Assert.True(IsAllowed(KeyPacket.Rsa, w => w.Mpi(modulus).Mpi([3])));
        Assert.False(IsAllowed(KeyPacket.Rsa, w => w.Mpi(modulus).Mpi([1])));
        Assert.False(IsAllowed(KeyPacket.Rsa, w => w.Mpi(modulus).Mpi([1, 0, 2])));
        Assert.False(IsAllowed(KeyPacket.Rsa, w => w.Mpi(modulus).Mpi([1, .. new byte[8]])));
        Assert.False(IsAllowed(KeyPacket.Rsa, w => w.Mpi([.. modulus[..^1], 0]).Mpi([1, 0, 1])));
        Assert.False(IsAllowed(KeyPacket.Rsa, w => w.Mpi(Forged.MultipleOf(997, 3072)).Mpi([1, 0, 1])));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(20)]
    public void Other_algorithms_are_refused(int algorithm)
    {
        using var body = new OctetWriter();
        body.Octet(4).Time(Made).Octet(algorithm).Mpi(Forged.Modulus(3072)).Mpi([1, 0, 1]);
        Assert.Equal(KeyRefusal.AlgorithmRefused, Certificate.Read(Craft.Packet(Tag.PublicKey, body.Written)).Refusal);
    }

    [Fact]
    public void Other_curves_are_refused() =>
        Assert.False(
            IsAllowed(KeyPacket.Ecdsa, w => w.Octet(5).Octets(Secp256k1).Mpi([4, .. Forged.Secp256k1Generator]))
        );

    [Theory]
    [MemberData(nameof(Points))]
    public void A_point_in_another_form_or_not_on_its_curve_is_no_key(string curve, string form)
    {
        foreach (var encrypts in new[] { false, true })
        {
            var (key, _) = HandMadeKey.Make(curve, encrypts, Made, isPrimary: false);
            Assert.True(key.IsAllowed);
            Assert.False(Parse(Forged.WithPoint(key.Body, at: 6 + 1 + key.Body[6], form)).IsAllowed);
        }
    }

    [Theory]
    [MemberData(nameof(Points))]
    public void A_session_key_behind_a_point_that_is_not_on_the_curve_is_refused(string curve, string form)
    {
        var key = new HandMadeKey(curve, Made).Subkey(HandMadeKey.Encrypt, Made);
        using var secret = key.Secret;
        var packets = Craft.Packets(Seal([1, 2, 3], Qm, key.Certificate));
        var changed = Forged.WithPoint(packets[0].Body, at: 1 + 8 + 1, form);
        byte[] octets =
        [
            .. Craft.Packet(packets[0].Tag, changed),
            .. packets.Skip(1).SelectMany(p => Craft.Packet(p.Tag, p.Body)),
        ];
        Assert.Equal(OpeningRefusal.SessionKeyUnreadable, Open(octets, secret).Refusal);
    }

    [Fact]
    public void A_Curve25519_point_of_small_order_is_no_key()
    {
        var point = new byte[32];
        Assert.False(IsAllowed(KeyPacket.Ecdh, w => Encryption(w, Curve25519, [0x40, .. point], 8, 7)));
        point[0] = 1;
        Assert.False(IsAllowed(KeyPacket.Ecdh, w => Encryption(w, Curve25519, [0x40, .. point], 8, 7)));
        point[0] = 9;
        Assert.True(IsAllowed(KeyPacket.Ecdh, w => Encryption(w, Curve25519, [0x40, .. point], 8, 7)));
    }

    [Theory]
    [InlineData("Curve25519", 8, 7, true)]
    [InlineData("Curve25519", 10, 9, true)]
    [InlineData("Curve25519", 2, 7, false)]
    [InlineData("Curve25519", 11, 7, false)]
    [InlineData("Curve25519", 8, 2, false)]
    [InlineData("nistp256", 8, 7, true)]
    [InlineData("nistp256", 2, 7, false)]
    [InlineData("nistp384", 9, 8, true)]
    [InlineData("nistp384", 9, 9, true)]
    [InlineData("nistp384", 8, 8, false)]
    [InlineData("nistp384", 9, 7, false)]
    public void A_key_derivation_weaker_than_that_of_the_curve_is_refused(
        string curve,
        int digest,
        int cipher,
        bool allowed
    )
    {
        var oid =
            curve == "Curve25519" ? Curve25519
            : curve == "nistp256" ? P256
            : P384;
        var algorithm = curve == "Curve25519" ? "ed25519" : curve;
        var body = HandMadeKey.Make(algorithm, encrypts: true, Made, isPrimary: false).Key.Body;
        var point = body[(6 + 1 + oid.Length + 2)..^4];
        Assert.Equal(allowed, IsAllowed(KeyPacket.Ecdh, w => Encryption(w, oid, point, digest, cipher)));
    }

    [Theory]
    [MemberData(nameof(HandMadeKey.Algorithms), MemberType = typeof(HandMadeKey))]
    public void The_secret_of_another_key_is_refused(string algorithm)
    {
        var (key, secret) = HandMadeKey.Make(algorithm, encrypts: true, Made, isPrimary: false);
        var (_, other) = HandMadeKey.Make(algorithm, encrypts: false, Made, isPrimary: false);
        Assert.Null(SecretPart.Read(key, SecretPart.Plain(key, secret), null, out var read));
        Assert.Equal(secret, read);
        Assert.Equal(KeyRefusal.SecretMismatch, SecretPart.Read(key, SecretPart.Plain(key, other), null, out read));
        Assert.Null(read);
    }

    [Fact]
    public void No_changed_number_of_an_RSA_secret_is_taken()
    {
        var (key, secret) = HandMadeKey.Make("rsa3072", encrypts: true, Made, isPrimary: false);
        for (var (at, number) = (0, 0); number < 4; number++)
        {
            at += 2 + (((secret[at] << 8) + secret[at + 1] + 7) / 8);
            byte[] changed = [.. secret];
            changed[at - 1] ^= 2;
            Assert.Equal(KeyRefusal.SecretMismatch, SecretPart.Read(key, SecretPart.Plain(key, changed), null, out _));
        }
    }

    private static void Encryption(OctetWriter writer, byte[] oid, byte[] point, int digest, int cipher) =>
        writer.Octet(oid.Length).Octets(oid).Mpi(point).Octet(3).Octet(1).Octet(digest).Octet(cipher);

    private static bool IsAllowed(int algorithm, Action<OctetWriter> numbers)
    {
        using var body = new OctetWriter();
        numbers(body.Octet(4).Time(Made).Octet(algorithm));
        return Parse(body.ToArray()).IsAllowed;
    }

    private static KeyPacket Parse(byte[] body)
    {
        Assert.Null(KeyPacket.Parse(body, isPrimary: false, isSecret: false, out var key));
        return key!;
    }
}
