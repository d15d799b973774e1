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
        OfficeCard[] cards = [.. Enumerable.Range(0, 20).Select(_ => Card("QX/technical")), Card("QM/technical")];

        Assert.Equal("QM/technical", new Correspondents(_ => cards, [Qm]).At(Address)[0].Office.Value);
        // Whoever names a foreign node key as well is one candidate more, and never the only one.
        foreach (var served in new ParticipantCode[][] { [], [Qx], [Qm, Qx] })
        {
            var found = new Correspondents(_ => cards, served).At(Address);
            Assert.Contains(found, c => c.Office.Value == "QM/technical");
            Assert.Equal(Correspondents.MostOfOne + 1, found.Count);
        }
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
            Key = key.Certificate,
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
