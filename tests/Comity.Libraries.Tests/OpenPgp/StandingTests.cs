using Comity.OpenPgp;
using Comity.OpenPgp.Packets;
using static Comity.Libraries.Tests.OpenPgp.HandMadeKey;
using static Comity.Libraries.Tests.OpenPgp.Parties;

namespace Comity.Libraries.Tests.OpenPgp;

/// <summary>How keys stand in every part of their life, for every algorithm: what may be sealed to them and believed from them.</summary>
public sealed class StandingTests
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["in use"] = new(a => Office(a), KeyStanding.Usable, KeyStanding.Usable),
        ["not made yet"] = new(
            a => new HandMadeKey(a, Now.AddDays(1)).Subkey(Encrypt, Now.AddDays(1)),
            KeyStanding.NotYetValid,
            KeyStanding.NotYetValid
        ),
        ["expired"] = new(
            a => new HandMadeKey(a, Made, Month).Subkey(Encrypt, Made, Year),
            KeyStanding.Expired,
            KeyStanding.Expired
        ),
        ["encryption subkey expired"] = new(
            a => new HandMadeKey(a, Made, Year).Subkey(Encrypt, Made, Month),
            KeyStanding.Usable,
            KeyStanding.Expired
        ),
        ["superseded"] = new(
            a => Office(a).Revoke(0, RevocationReason.Superseded, Now.AddDays(-1)),
            KeyStanding.Revoked,
            KeyStanding.Revoked
        ),
        ["to be superseded tomorrow"] = new(
            a => Office(a).Revoke(0, RevocationReason.Superseded, Now.AddDays(1)),
            KeyStanding.Usable,
            KeyStanding.Usable
        ),
        ["found compromised later"] = new(
            a => Office(a).Revoke(0, RevocationReason.Compromised, Now.AddDays(1)),
            KeyStanding.RevokedCompromised,
            KeyStanding.RevokedCompromised
        ),
        ["revoked without a reason"] = new(
            a => Office(a).Revoke(0, null, Now.AddDays(1)),
            KeyStanding.RevokedCompromised,
            KeyStanding.RevokedCompromised
        ),
        ["encryption subkey retired"] = new(
            a => Office(a).Revoke(1, RevocationReason.Retired, Now.AddDays(-1)),
            KeyStanding.Usable,
            KeyStanding.Revoked
        ),
        ["encryption subkey compromised"] = new(
            a => Office(a).Revoke(1, RevocationReason.Compromised, Now.AddDays(-1)),
            KeyStanding.Usable,
            KeyStanding.RevokedCompromised
        ),
        ["rolled over after expiry"] = new(
            a => new HandMadeKey(a, Made, Year).Subkey(Encrypt, Made, Month).Subkey(Encrypt, Made.AddDays(25), Month),
            KeyStanding.Usable,
            KeyStanding.Usable
        ),
        ["rolled over after revocation"] = new(
            a => Office(a).Subkey(Encrypt, Made.AddDays(20)).Revoke(1, RevocationReason.Compromised, Made.AddDays(20)),
            KeyStanding.Usable,
            KeyStanding.Usable
        ),
        ["the next one is there already"] = new(
            a => Office(a).Subkey(Encrypt, Now.AddDays(3)),
            KeyStanding.Usable,
            KeyStanding.Usable
        ),
        ["signs only"] = new(a => new HandMadeKey(a, Made, Year), KeyStanding.Usable, KeyStanding.Missing),
        ["is sealed to only"] = new(
            a => new HandMadeKey(a, Made, Year, Certify).Subkey(Encrypt, Made),
            KeyStanding.Missing,
            KeyStanding.Usable
        ),
        ["encryption subkey too small"] = new(
            a => new HandMadeKey(a, Made, Year).Subkey(Encrypt, Made, algorithm: "rsa2048"),
            KeyStanding.Usable,
            KeyStanding.Refused
        ),
        ["signing subkey expired"] = new(
            a => new HandMadeKey(a, Made, Year, Certify).Subkey(Sign, Made, Month).Subkey(Encrypt, Made),
            KeyStanding.Expired,
            KeyStanding.Usable
        ),
    };

    public static MatrixTheoryData<string, string> Table => new(Algorithms.Select(a => a.Data), Cases.Keys);

    [Theory]
    [MemberData(nameof(Table))]
    public void A_key_stands_as_its_owner_last_said(string algorithm, string life)
    {
        var (make, sign, encrypt) = Cases[life];
        var key = make(algorithm).Certificate;
        Assert.Equal(sign, key.Standing(KeyUse.Sign, Now));
        Assert.Equal(encrypt, key.Standing(KeyUse.Encrypt, Now));

        using var output = new MemoryStream();
        var result = Sealing.Seal(new MemoryStream([1, 2, 3]), output, Qm, key, Now);
        Assert.Equal(new SealingResult(KeyStanding.Usable, encrypt), result);
        Assert.Equal(encrypt == KeyStanding.Usable, output.Length > 0);
    }

    [Theory]
    [MemberData(nameof(Algorithms), MemberType = typeof(HandMadeKey))]
    public void The_newest_usable_subkey_is_sealed_to_however_they_are_listed(string algorithm)
    {
        var key = Office(algorithm).Subkey(Encrypt, Made.AddDays(20)).Subkey(Encrypt, Now.AddDays(3));
        var newest = key.FingerprintOf(2);
        foreach (var listed in new[] { key.Certificate, key.Reversed().Certificate })
        {
            Assert.Equal(newest, listed.UsableKey(KeyUse.Encrypt, Now)!.Packet.Fingerprint);
            Assert.Equal(newest[24..], Convert.ToHexString(Craft.Packets(Seal([1], Qm, listed))[0].Body[1..9]));
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms), MemberType = typeof(HandMadeKey))]
    public void What_was_sealed_to_the_key_before_is_opened_after_the_change(string algorithm)
    {
        var key = new HandMadeKey(algorithm, Made, Year).Subkey(Encrypt, Made, TimeSpan.FromDays(41));
        var octets = Seal([1, 2, 3], Qm, key.Certificate);
        using var after = key.Subkey(Encrypt, Now).Revoke(1, RevocationReason.Superseded, Now.AddDays(1)).Secret;
        using var content = Open(octets, after).Opened!.Verify(Qm.Certificate, Now.AddDays(9)).Content!;
        Assert.Equal([1, 2, 3], content.Octets.ToArray());
    }

    [Theory]
    [MemberData(nameof(Algorithms), MemberType = typeof(HandMadeKey))]
    public void What_was_signed_before_a_change_stays_signed_unless_the_key_was_compromised(string algorithm)
    {
        var key = Office(algorithm);
        using var secret = key.Secret;
        var signature = DetachedSignature.Sign(secret, [1], Now);
        Assert.True(DetachedSignature.Verify(key.Certificate, [1], signature).IsGood);
        key.Revoke(0, RevocationReason.Superseded, Now.AddDays(1));
        Assert.True(DetachedSignature.Verify(key.Certificate, [1], signature).IsGood);
        key.Revoke(0, RevocationReason.Compromised, Now.AddDays(2));
        var check = DetachedSignature.Verify(key.Certificate, [1], signature);
        Assert.Equal(SignatureFault.KeyNotUsable, check.Fault);
        Assert.Equal(KeyStanding.RevokedCompromised, check.Standing);
    }

    [Theory]
    [MemberData(nameof(Algorithms), MemberType = typeof(HandMadeKey))]
    public void A_version_6_subkey_beside_is_passed_over(string algorithm)
    {
        var octets = new HandMadeKey(algorithm, Made, Year).CertificateOctets;
        byte[] version6 = [6, 0, 0, 0, 1, 25, 0, 0, 0, 32, .. new byte[32]];
        var key = Certificate.Read((byte[])[.. octets, .. Craft.Packet(Tag.PublicSubkey, version6)]).Certificate!;
        Assert.Equal(KeyStanding.Missing, key.Standing(KeyUse.Encrypt, Now));
        Assert.Equal(KeyStanding.Usable, key.Standing(KeyUse.Sign, Now));
    }

    private static HandMadeKey Office(string algorithm) =>
        new HandMadeKey(algorithm, Made, Year).Subkey(Encrypt, Made, Year);

    private sealed record Case(Func<string, HandMadeKey> Make, KeyStanding Sign, KeyStanding Encrypt);
}
