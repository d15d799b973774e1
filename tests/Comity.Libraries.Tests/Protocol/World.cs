using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Messages;
using Comity.Protocol.Signing;

namespace Comity.Libraries.Tests.Protocol;

/// <summary>An invented participant with one office, its keys made once.</summary>
internal sealed class Party
{
    public Party(string code, byte seed)
    {
        Code = ParticipantCode.Parse(code);
        Office = OfficeName.Of(Code, "technical");
        MailAddress = $"technical@{code.ToLowerInvariant()}.example";
        Key = NewParticipantKey();
        OfficeKey = SecretKey.Create(
            KeyProfile.Office,
            $"{code} technical <{MailAddress}>",
            World.Made,
            TimeSpan.FromDays(700)
        );
        Certified = Key.Certify(OfficeKey.Certificate, World.Made);
        Node = NodeKey.FromSeed([.. Enumerable.Repeat(seed, 32)]);
    }

    public ParticipantCode Code { get; }
    public OfficeName Office { get; }
    public string MailAddress { get; }
    public SecretKey Key { get; }
    public SecretKey OfficeKey { get; }
    public Certificate Certified { get; }
    public NodeKey Node { get; }

    public Correspondent Correspondent => new(Office, MailAddress, Certified);
    public SendingOffice Sending => new(Office, MailAddress, OfficeKey);
    public ReceivingOffice Receiving => new(Office, MailAddress, [OfficeKey]);

    public SecretKey NewParticipantKey() =>
        SecretKey.Create(KeyProfile.Participant, $"{Code} <key@{Code}.example>", World.Made, TimeSpan.FromDays(1500));

    public EntryCore Core(Certificate? office = null) =>
        new()
        {
            Code = Code,
            Names = new Dictionary<string, string> { ["en"] = $"Participant {Code}" },
            NodeUrl = new Uri($"https://node.{Code.Value.ToLowerInvariant()}.example/"),
            NodeKeys = [new NodeKeyGrant(Node.PublicKey, World.Made, World.Made.AddDays(200))],
            Offices =
            [
                new OfficeEntry
                {
                    Name = Office,
                    Kind = "technical",
                    MailAddress = MailAddress,
                    Certificate = (office ?? Certified).ToOctets(),
                    Custody = Custody.OwnNode,
                    Channels = [new Channel("web", "https://contact.example/")],
                },
            ],
            EntryOffices = new Dictionary<MessageKind, OfficeName> { [MessageKind.Notification] = Office },
            EscalationOrder = [Office],
            Transports = ["https", "hand"],
            Versions = [1],
            Suites = ["openpgp-v4-curve25519-aes256"],
        };

    public SignedPayload<Entry> Entry(
        long sequence = 1,
        SecretKey? by = null,
        SecretKey? signedBy = null,
        EntryCore? core = null,
        Func<Entry, Entry>? change = null
    )
    {
        var octets = EntryCoreJson.Write(core ?? Core());
        var key = by ?? Key;
        var entry = new Entry
        {
            Code = Code,
            Sequence = sequence,
            Previous = sequence == 1 ? null : Digest.Of("before"u8),
            Issued = World.Made.AddHours(sequence),
            ValidUntil = World.Made.AddDays(300),
            Certificate = key.Certificate.ToOctets(),
            Core = octets,
            CoreCertification = key.CertifyStatement(
                DirectoryDocuments.CoreNotation,
                Digest.Of(octets).Value,
                World.Made
            ),
            Sections = [new Section("contacts", "all", new byte[32], "{}"u8.ToArray()).ToDigest()],
        };
        entry = change?.Invoke(entry) ?? entry;
        return DirectoryDocuments.Sign(entry, signedBy ?? key, World.Made.AddHours(sequence));
    }
}

/// <summary>The invented world of these tests.</summary>
internal static class World
{
    public static readonly DateTime Made = OpenPgp.Parties.Made;
    public static readonly DateTime Now = OpenPgp.Parties.Now;

    public static readonly Party Qm = new("QM", 1);
    public static readonly Party Qn = new("QN", 2);
    public static readonly Party Qx = new("QX", 3);

    public static readonly ConversationOpening Opening = new(Qm.Office, "0penedByQM-AAAAAAAAAAA");

    public static readonly ConversationId Conversation = Opening.Id(exercise: false);

    public static Message Update(
        string text = "More was seen.",
        Party? from = null,
        Party[]? to = null,
        Func<Message, Message>? change = null
    )
    {
        List<OfficeName> recipients = [.. (to ?? [Qn]).Select(party => party.Office)];
        var message = new Message
        {
            Id = MessageId.New(Now),
            Nonce = "AAAAAAAAAAAAAAAAAAAAAA",
            Conversation = Conversation,
            Opening = Opening,
            Kind = MessageKind.Update,
            From = (from ?? Qm).Office,
            To = recipients,
            Created = Now,
            Language = "en",
            Tlp = Tlp.Amber,
            Exercise = false,
            Record = RecordMode.BetweenUs,
            Chain = [.. recipients.Select(office => new ChainLink(office, 1, null))],
            Fields = new TextFields(text),
        };
        return change?.Invoke(message) ?? message;
    }

    public static Message Notification(Func<NotificationFields, NotificationFields>? change = null, Party[]? to = null)
    {
        var fields = new NotificationFields
        {
            Relation = Relation.MayAffectYou,
            Seen = "Scans of many hosts.\nThen a login.",
            SeenFrom = Now.AddDays(-2),
            SeenUntil = Now.AddDays(-1),
            Indicators =
            [
                new Indicator("ipv4-addr", "192.0.2.7", "[ipv4-addr:value = '192.0.2.7']", Now.AddDays(-2), "scanner"),
                new Indicator("domain-name", "update.example"),
            ],
            LocationOfComputers = "Unknown",
            Malware = ["a dropper"],
            Hashes = [new FileHash("SHA-256", new string('a', 64))],
            Sectors = ["energy"],
            CriticalInfrastructure = Answer.Yes,
            Asked = ["Please look at the hosts named."],
            GoodFaith = true,
        };
        return Update(
            to: to,
            change: message =>
                message with
                {
                    Kind = MessageKind.Notification,
                    Nonce = Opening.Nonce,
                    Opening = null,
                    ReplyBy = Now.AddDays(2),
                    Pap = Pap.Green,
                    Handling = "OFFICIAL",
                    Severity = new Severity("qm-scale", "3"),
                    Template = new TemplateReference("notification", "1"),
                    Fields = change?.Invoke(fields) ?? fields,
                }
        );
    }

    public static Message ClarificationRequest(
        Priority priority = Priority.Immediate,
        Party? from = null,
        Party[]? to = null
    ) =>
        Update(
            from: from,
            to: to,
            change: message =>
                message with
                {
                    Kind = MessageKind.ClarificationRequest,
                    ReplyBy = Now.AddHours(6),
                    Fields = new ClarificationRequestFields(
                        priority,
                        ["Is the scan of 10 April an exercise of yours?", "Whom can we call?"],
                        "Scans were seen from addresses that your registry lists."
                    ),
                }
        );

    public static Message ConsultationRequest() =>
        Update(change: message =>
            message with
            {
                Kind = MessageKind.ConsultationRequest,
                ReplyBy = Now.AddDays(7),
                Fields = new ConsultationRequestFields(
                    "On the protection of hospitals, at expert level.",
                    "The consultation mechanism of our regional organisation"
                ),
            }
        );

    public static Message Acknowledge(Message message, Digest digest, Party by, AcknowledgementForm form = default) =>
        Update(
            from: by,
            to: [Qm],
            change: reply =>
                reply with
                {
                    Kind = MessageKind.Acknowledgement,
                    Conversation = message.Conversation,
                    Opening = message.OpenedBy,
                    Created = message.Created.AddMinutes(1),
                    Exercise = message.Exercise,
                    InReplyTo = new MessageReference(message.Id, digest),
                    Fields = new AcknowledgementFields(
                        form,
                        form == AcknowledgementForm.Acknowledged ? Now.AddDays(1) : null,
                        form == AcknowledgementForm.NotTheRightOffice ? OfficeName.Parse("QN/policy") : null
                    ),
                }
        );

    public static AttachmentSource Attachment(string name, byte[] octets, string mediaType = "application/json") =>
        new(new AttachmentReference(name, mediaType, octets.Length, Digest.Of(octets)), () => new MemoryStream(octets));

    public static ComposedMessage Compose(Message message, params AttachmentSource[] attachments)
    {
        var reading = ComposedMessage.Compose(message, attachments);
        Assert.True(reading.IsGood, reading.Fault?.ToString());
        return reading.Value;
    }

    public static OpeningContext At(
        Party own,
        EnvelopeTransport transport = EnvelopeTransport.Https,
        DateTime? now = null
    ) =>
        new()
        {
            Own = [own.Receiving],
            SendersAt = address =>
                [
                    .. new[] { Qm, Qn, Qx }
                        .Where(party => party.MailAddress == address)
                        .Select(party => party.Correspondent),
                ],
            Transport = transport,
            Now = now ?? Now,
        };
}
