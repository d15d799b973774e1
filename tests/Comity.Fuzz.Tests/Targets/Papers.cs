using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Messages;
using Comity.Protocol.Signing;

namespace Comity.Fuzz.Tests.Targets;

/// <summary>QM's entry in the directory of QZ, and what that directory signs around it.</summary>
internal static class Papers
{
    public static readonly ParticipantCode Directory = ParticipantCode.Parse("QZ");

    public static readonly byte[] Core = EntryCoreJson.Write(
        new EntryCore
        {
            Code = Cast.From.Participant,
            Names = new Dictionary<string, string> { ["en"] = "Participant QM" },
            NodeUrl = new Uri("https://node.qm.example/"),
            NodeKeys = [new NodeKeyGrant(Cast.Node.PublicKey, Cast.Made, Cast.Made.AddDays(200))],
            Offices =
            [
                new OfficeEntry
                {
                    Name = Cast.From,
                    Kind = "technical",
                    MailAddress = Cast.FromAddress,
                    Certificate = Cast.QmCertified.ToOctets(),
                    Custody = Custody.OwnNode,
                    Channels = [new Channel("web", "https://contact.example/")],
                },
            ],
            EntryOffices = new Dictionary<MessageKind, OfficeName> { [MessageKind.Notification] = Cast.From },
            EscalationOrder = [Cast.From],
            Transports = ["https", "hand"],
            Versions = [1],
            Suites = ["openpgp-v4-curve25519-aes256"],
        }
    );

    public static readonly SignedPayload<Entry> Entry = EntryOf(Core, Cast.Qm.Certificate.ToOctets());

    public static readonly byte[] Root = DirectoryDocuments.Write(
        new DirectoryRoot
        {
            Directory = Directory,
            Threshold = 1,
            Certificates = [Cast.Root.Certificate.ToOctets()],
            Created = Cast.Made,
        }
    );

    public static readonly SignedPayload<DirectoryDelegation> Delegation = DirectoryDocuments.Sign(
        new DirectoryDelegation
        {
            Directory = Directory,
            Root = Digest.Of(Root),
            Certificate = Cast.Manager.Certificate.ToOctets(),
            From = Cast.Made,
            Until = Cast.Made.AddDays(80),
        },
        [Cast.Root],
        Cast.Made
    );

    /// <summary>An entry of QM whose core the participant key vouches for, whatever it says.</summary>
    public static SignedPayload<Entry> EntryOf(byte[] core, byte[] certificate) =>
        DirectoryDocuments.Sign(
            new Entry
            {
                Code = Cast.From.Participant,
                Sequence = 1,
                Issued = Cast.Made.AddHours(1),
                ValidUntil = Cast.Made.AddDays(300),
                Certificate = certificate,
                Core = core,
                CoreCertification = Cast.Qm.CertifyStatement(
                    DirectoryDocuments.CoreNotation,
                    Digest.Of(core).Value,
                    Cast.Made
                ),
                Sections = [new Section("contacts", "all", new byte[32], "{}"u8.ToArray()).ToDigest()],
            },
            Cast.Qm,
            Cast.Made.AddHours(1)
        );

    public static SignedPayload<SnapshotHeader> Header(params byte[][] entries) =>
        DirectoryDocuments.Sign(
            new SnapshotHeader
            {
                Directory = Directory,
                Number = 1,
                Created = Cast.Now.AddMinutes(-5),
                Expires = Cast.Now.AddDays(7).AddMinutes(-5),
                Count = entries.Length,
                Entries = SnapshotFile.DigestOf(entries.Select(entry => new ReadOnlyMemory<byte>(entry))),
            },
            Cast.Manager,
            Cast.Now.AddMinutes(-5)
        );

    /// <summary>A document of that type with any payload, signed.</summary>
    public static byte[] Signed(string type, byte[] payload, SecretKey by, DateTime at) =>
        new SignedDocument(type, payload, []).SignedBy(by, at).ToJson();
}
