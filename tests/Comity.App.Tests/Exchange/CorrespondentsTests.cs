using Comity.Directory;
using Comity.Exchange.Receiving;
using Comity.OpenPgp;
using Comity.Protocol;

namespace Comity.App.Tests.Exchange;

public sealed class CorrespondentsTests
{
    private const string Address = "technical@qm.example";

    private static readonly ParticipantCode Qm = ParticipantCode.Parse("QM");
    private static readonly ParticipantCode Qx = ParticipantCode.Parse("QX");

    [Fact]
    public void Writing_the_address_of_another_into_an_entry_silences_nobody()
    {
        OfficeCard[] cards = [Card("QX/technical"), Card("QM/technical")];

        Assert.Equal("QM/technical", new Correspondents(_ => cards, [Qm]).At(Address)?.Office.Value);
        Assert.Equal("QX/technical", new Correspondents(_ => cards, [Qx]).At(Address)?.Office.Value);
        Assert.Null(new Correspondents(_ => cards, []).At(Address));
        Assert.Null(new Correspondents(_ => [.. cards, Card("QM/policy")], [Qm]).At(Address));
    }

    private static OfficeCard Card(string name)
    {
        var made = new DateTime(2026, 5, 3, 0, 0, 0, DateTimeKind.Utc);
        using var key = SecretKey.Create(KeyProfile.Office, $"{name} <{Address}>", made, TimeSpan.FromDays(30));
        return new OfficeCard
        {
            Office = OfficeName.Parse(name),
            Kind = "technical",
            ParticipantNames = new Dictionary<string, string>(),
            MailAddress = Address,
            Custody = Custody.OwnNode,
            Certificate = key.Certificate.ToOctets(),
            KeyStanding = KeyStanding.Usable,
            NodeUrl = new Uri("https://node.example/"),
            Transports = ["https"],
            EntrySequence = 1,
            EntryDigest = Digest.Of("entry"u8),
            EntryValidUntil = made.AddDays(30),
            ParticipantFingerprint = new string('A', 40),
            Confirmed = true,
            Held = false,
        };
    }
}
