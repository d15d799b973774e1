using Comity.Fuzz.Tests.Engine;
using Comity.Protocol;
using Comity.Protocol.Signing;

namespace Comity.Fuzz.Tests.Targets;

/// <summary>
/// What a node signs: 0 a whole receipt, 1 its payload, 2 the payload of an error, 3 of a request to send again, 4 of one
/// for what is missing, 5 of a word that an entry is newer.
/// </summary>
internal sealed class ReceiptTarget : Target
{
    private static readonly SignedPayload<Receipt> Opened = SignedDocuments.Sign(
        new Receipt
        {
            Level = ReceiptLevel.Opened,
            Office = Cast.To,
            From = Cast.From,
            Message = Cast.Update().Id,
            MessageDigest = Digest.Of("message"u8),
            EnvelopeDigest = Digest.Of("envelope"u8),
            Exercise = true,
            At = Cast.Now,
        },
        Cast.Node
    );

    private static readonly SignedPayload<Receipt> Stored = SignedDocuments.Sign(
        new Receipt
        {
            Level = ReceiptLevel.Stored,
            Office = Cast.To,
            EnvelopeDigest = Digest.Of("envelope"u8),
            At = Cast.Now,
        },
        Cast.Node
    );

    private static readonly SignedPayload<ErrorNotice> Error = SignedDocuments.Sign(
        new ErrorNotice
        {
            Code = "replay-with-other-content",
            Office = Cast.To,
            To = Cast.From,
            At = Cast.Now,
        },
        Cast.Node
    );

    private static readonly SignedPayload<ResendRequest> Resend = SignedDocuments.Sign(
        new ResendRequest
        {
            By = Cast.From.Participant,
            Of = Cast.To.Participant,
            Since = Cast.Now.AddDays(-1),
            At = Cast.Now,
        },
        Cast.Node
    );

    private static readonly SignedPayload<GapRequest> Gap = SignedDocuments.Sign(
        new GapRequest
        {
            By = Cast.From,
            Of = Cast.To,
            Conversation = Cast.Update().Conversation,
            Places = [2, 3],
            At = Cast.Now,
        },
        Cast.Node
    );

    private static readonly SignedPayload<KeyNotice> Notice = SignedDocuments.Sign(
        new KeyNotice
        {
            Of = Cast.From.Participant,
            Sequence = 2,
            At = Cast.Now,
        },
        Cast.Node
    );

    public override string Name => "receipt";

    public override int Modes => 6;

    public override (long Base, long PerOctet) Allowance => (256 << 10, 400);

    public override string Tokens =>
        """
            type payload signatures key value comity/receipt+v1 comity/error+v1 comity/resend-request+v1 by of since comity/gap-request+v1 conversation places
            comity/key-notice+v1 sequence level office from message messageDigest
            envelopeDigest exercise at leaf salt code to critical opened stored QM/technical QN/technical sha256: ed25519:
            replay-with-other-content 2026-04-10T08:00:00.000Z AAAA
            """;

    public override IEnumerable<byte[]> Seeds() =>
        [
            InMode('0', Opened.Octets.Span),
            InMode('0', Stored.Octets.Span),
            InMode('1', Opened.Document.Payload.Span),
            InMode('1', Stored.Document.Payload.Span),
            InMode('2', Error.Document.Payload.Span),
            InMode('3', Resend.Document.Payload.Span),
            InMode('4', Gap.Document.Payload.Span),
            InMode('5', Notice.Document.Payload.Span),
        ];

    public override Func<string> Prepare(byte[] input)
    {
        var (mode, payload) = Split(input);
        switch (mode)
        {
            case '1':
                var receipt = (Opened.Document with { Payload = payload }).ToJson();
                return () => Judge(SignedDocuments.ReadReceipt(receipt));
            case '2':
                var error = (Error.Document with { Payload = payload }).ToJson();
                return () => Judge(SignedDocuments.ReadError(error));
            case '3':
                var resend = (Resend.Document with { Payload = payload }).ToJson();
                return () => Judge(SignedDocuments.ReadResendRequest(resend));
            case '4':
                var gap = (Gap.Document with { Payload = payload }).ToJson();
                return () => Judge(SignedDocuments.ReadGapRequest(gap));
            case '5':
                var notice = (Notice.Document with { Payload = payload }).ToJson();
                return () => Judge(SignedDocuments.ReadKeyNotice(notice));
            default:
                return () => Judge(SignedDocuments.ReadReceipt(payload));
        }
    }

    private static string Judge<T>(Reading<SignedPayload<T>> reading)
        where T : class
    {
        if (!reading.IsGood)
            return $"{reading.Fault.Code}";
        if (!reading.Value.Document.IsSignedBy(Cast.Node.PublicKey))
            return "not signed";
        var said = reading.Value.Document.SignedOctets();
        SignedDocument[] all =
        [
            Opened.Document,
            Stored.Document,
            Error.Document,
            Resend.Document,
            Gap.Document,
            Notice.Document,
        ];
        return all.Any(d => d.SignedOctets().SequenceEqual(said))
            ? "signed"
            : throw new BrokenPromiseException("A receipt is taken for signed that nobody signed.");
    }
}
