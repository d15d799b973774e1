using Comity.Libraries.Tests.Protocol.Directories;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Evidence;
using Comity.Protocol.Messages;
using Comity.Protocol.Signing;

namespace Comity.Libraries.Tests.Protocol.Evidence;

/// <summary>A conversation between QM and QN as it would be exported: notification, receipt, acknowledgement, receipt.</summary>
internal static class Case
{
    private static readonly Message Notice = World.Notification();
    private static readonly Digest NoticeDigest = Digest.Of(MessageJson.Write(Notice));
    private static readonly Message Reply = World.Acknowledge(Notice, NoticeDigest, World.Qn);
    private static readonly Digest ReplyDigest = Digest.Of(MessageJson.Write(Reply));

    public static DispatchStatement NoticeStatement { get; } =
        ComposedMessage.StatementOf(Notice, NoticeDigest, World.Qn.Office);

    public static DispatchStatement ReplyStatement { get; } =
        ComposedMessage.StatementOf(Reply, ReplyDigest, World.Qm.Office);

    public static Receipt NoticeReceipt { get; } = ReceiptOf(NoticeStatement);

    public static readonly SignedPayload<Entry>[] Entries = [World.Qm.Entry(), World.Qn.Entry()];
    private static readonly Snapshot Snapshot = Publisher.Snapshot(entries: Entries);

    public static EvidenceFile File { get; } =
        new()
        {
            Conversation = World.Conversation,
            Record = RecordMode.BetweenUs,
            Exercise = false,
            Made = World.Now.AddHours(1),
            Directories =
            [
                new EvidenceDirectory(
                    Snapshot.Root,
                    Snapshot.Delegation,
                    Snapshot.Header,
                    [.. Entries.Select(entry => entry.Digest)]
                ),
            ],
            Entries = [.. Entries.Select(entry => entry.Octets)],
            Statements = [Sign(NoticeStatement, World.Qm), Sign(ReplyStatement, World.Qn)],
            Receipts = [Sign(NoticeReceipt, World.Qn), Sign(ReceiptOf(ReplyStatement), World.Qm)],
        };

    public static TrustFile RootOnly { get; } = new(new Dictionary<ParticipantCode, string>(), [Publisher.Pinned]);

    public static TrustFile ParticipantsOnly { get; } =
        new(
            new Dictionary<ParticipantCode, string>
            {
                [World.Qm.Code] = World.Qm.Key.Certificate.Fingerprint,
                [World.Qn.Code] = World.Qn.Key.Certificate.Fingerprint,
            },
            []
        );

    public static Receipt ReceiptOf(DispatchStatement statement) =>
        new()
        {
            Level = ReceiptLevel.Opened,
            Office = statement.To,
            From = statement.From,
            Message = statement.Message,
            MessageDigest = statement.MessageDigest,
            EnvelopeDigest = Digest.Of("the envelope"u8),
            Exercise = statement.Exercise,
            At = World.Now.AddMinutes(2),
        };

    public static ReadOnlyMemory<byte> Sign(DispatchStatement statement, Party by) =>
        SignedDocuments.Sign(statement, by.OfficeKey, World.Now).Octets;

    public static ReadOnlyMemory<byte> Sign(Receipt receipt, Party by) => SignedDocuments.Sign(receipt, by.Node).Octets;
}
