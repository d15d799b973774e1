using System.Text.Json;
using Comity.Fuzz.Tests.Engine;
using Comity.OpenPgp;
using Comity.OpenPgp.Packets;
using Comity.Protocol;
using Comity.Protocol.Messages;
using Comity.Protocol.Signing;

namespace Comity.Fuzz.Tests.Targets;

/// <summary>
/// The invented participants of the fuzz targets. Their keys lie in the repository, secrets included, so that an input
/// means the same on every machine; they protect nothing.
/// </summary>
internal static class Cast
{
    public static readonly DateTime Made = new(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc);
    public static readonly DateTime Now = Made.AddDays(40);

    private static readonly Dictionary<string, byte[]> Stored = Load();

    public static readonly SecretKey Qm = Read("participant");
    public static readonly SecretKey QmOffice = Read("sender");
    public static readonly SecretKey QnOffice = Read("recipient");
    public static readonly SecretKey Root = Read("root");
    public static readonly SecretKey Manager = Read("manager");
    public static readonly Certificate QmCertified = Qm.Certify(QmOffice.Certificate, Made);
    public static readonly NodeKey Node = NodeKey.FromSeed([.. Enumerable.Repeat((byte)7, 32)]);

    /// <summary>A session key that is encrypted to QN once for all: one packet.</summary>
    public static readonly byte[] SealedSession = Stored["session"];

    public static readonly OfficeName From = OfficeName.Parse("QM/technical");
    public static readonly OfficeName To = OfficeName.Parse("QN/technical");
    public const string FromAddress = "technical@qm.example";
    public const string ToAddress = "technical@qn.example";

    private static readonly ConversationOpening Opening = new(From, "0penedByQM-AAAAAAAAAAA");

    public static Message Update() =>
        new()
        {
            Id = MessageId.Parse("019cabcd-0000-7000-8000-000000000001"),
            Nonce = "AAAAAAAAAAAAAAAAAAAAAA",
            Conversation = Opening.Id(exercise: true),
            Opening = Opening,
            Kind = MessageKind.Update,
            From = From,
            To = [To],
            Created = Now,
            Language = "en",
            Tlp = Tlp.Amber,
            Exercise = true,
            Record = RecordMode.BetweenUs,
            Chain = [new ChainLink(To, 1, null)],
            Fields = new TextFields("More was seen."),
        };

    public static Message Notification() =>
        Update() with
        {
            Kind = MessageKind.Notification,
            ReplyBy = Now.AddDays(2),
            Pap = Pap.Green,
            Handling = "OFFICIAL",
            Severity = new Severity("qm-scale", "3"),
            Template = new TemplateReference("notification", "1"),
            Fields = new NotificationFields
            {
                Relation = Relation.MayAffectYou,
                Seen = "Scans of many hosts.\nThen a login.",
                SeenFrom = Now.AddDays(-2),
                SeenUntil = Now.AddDays(-1),
                Indicators =
                [
                    new Indicator("ipv4-addr", "192.0.2.7", "[ipv4-addr:value = '192.0.2.7']", Now, "scanner"),
                ],
                Malware = ["a dropper"],
                Hashes = [new FileHash("SHA-256", new string('a', 64))],
                Sectors = ["energy"],
                CriticalInfrastructure = Answer.Yes,
                Asked = ["Please look at the hosts named."],
                GoodFaith = true,
            },
        };

    public static Message Acknowledgement() =>
        Update() with
        {
            Kind = MessageKind.Acknowledgement,
            InReplyTo = new MessageReference(Update().Id, Digest.Of("before"u8)),
            Fields = new AcknowledgementFields(AcknowledgementForm.NotTheRightOffice, null, From, "Elsewhere."),
        };

    public static Message ClarificationRequest() =>
        Update() with
        {
            Kind = MessageKind.ClarificationRequest,
            ReplyBy = Now.AddHours(6),
            Fields = new ClarificationRequestFields(
                Priority.Immediate,
                ["Is it a drill?", "Whom do we call?"],
                "Seen."
            ),
        };

    public static Message ConsultationRequest() =>
        Update() with
        {
            Kind = MessageKind.ConsultationRequest,
            Fields = new ConsultationRequestFields("On hospitals.", "Our regional organisation"),
        };

    private static SecretKey Read(string name) => SecretKey.Read(Stored[name], null).Key!;

    private static Dictionary<string, byte[]> Load()
    {
        if (!File.Exists(Workshop.Keys))
            File.WriteAllText(Workshop.Keys, JsonSerializer.Serialize(Make()));
        return JsonSerializer.Deserialize<Dictionary<string, byte[]>>(File.ReadAllText(Workshop.Keys))!;
    }

    /// <summary>Without the file, new keys are made; the kept corpus of what is sealed or signed then tests less.</summary>
    private static Dictionary<string, byte[]> Make()
    {
        using var recipient = Key(KeyProfile.Office, $"QN technical <{ToAddress}>", 700);
        using var sender = Key(KeyProfile.Office, $"QM technical <{FromAddress}>", 700);
        using var octets = new MemoryStream();
        using var content = new MemoryStream();
        Sealing.Seal(content, octets, sender, recipient.Certificate, Now);
        new PacketWalk(octets.ToArray(), 8).Next(out var session);
        using var packet = new OctetWriter();
        return new()
        {
            ["participant"] = Key(KeyProfile.Participant, "QM <key@qm.example>", 1500).ToOctets(),
            ["sender"] = sender.ToOctets(),
            ["recipient"] = recipient.ToOctets(),
            ["root"] = Key(KeyProfile.DirectoryRoot, "QZ root <root@qz.example>", 1500).ToOctets(),
            ["manager"] = Key(KeyProfile.Directory, "QZ directory <directory@qz.example>", 700).ToOctets(),
            ["session"] = packet.Packet(session.Tag, session.Body.Span).ToArray(),
        };
    }

    private static SecretKey Key(KeyProfile profile, string userId, int days) =>
        SecretKey.Create(profile, userId, Made, TimeSpan.FromDays(days));
}
