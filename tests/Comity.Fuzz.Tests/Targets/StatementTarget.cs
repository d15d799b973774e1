using Comity.Fuzz.Tests.Engine;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Messages;
using Comity.Protocol.Signing;

namespace Comity.Fuzz.Tests.Targets;

/// <summary>A dispatch statement: 0 the whole document, 1 its payload, 2 the octets of its signature.</summary>
internal sealed class StatementTarget : Target
{
    private static readonly SignedPayload<DispatchStatement> Good = Sign(Cast.Notification());

    private static readonly string[] Said = [.. new[] { Good, Sign(Cast.Acknowledgement()) }.Select(PayloadOf)];

    public override string Name => "statement";

    public override int Modes => 3;

    public override (long Base, long PerOctet) Allowance => (512 << 10, 400);

    public override string Tokens =>
        """
            type payload signatures key value comity/dispatch-statement+v1 comity/receipt+v1 message messageDigest from to
            conversation kind form exercise record created inReplyTo chain salt checkpoint critical id digest office sequence
            previous notification acknowledgement between-us logged QM/technical QN/technical sha256: ed25519: acknowledged
            2026-04-10T08:00:00.000Z AAAA
            """;

    public override IEnumerable<byte[]> Seeds() =>
        [
            InMode('0', Good.Octets.Span),
            InMode('0', Sign(Cast.Acknowledgement()).Octets.Span),
            InMode('1', Good.Document.Payload.Span),
            InMode('1', Sign(Cast.Acknowledgement()).Document.Payload.Span),
            InMode('2', Good.Document.Signatures[0].Value.Span),
        ];

    public override Func<string> Prepare(byte[] input)
    {
        var (mode, payload) = Split(input);
        var signature = Good.Document.Signatures[0];
        var octets = mode switch
        {
            '1' => (Good.Document with { Payload = payload }).ToJson(),
            '2' => (Good.Document with { Signatures = [signature with { Value = payload }] }).ToJson(),
            _ => payload,
        };
        return () => Read(octets);
    }

    private static string Read(byte[] octets)
    {
        var reading = SignedDocuments.ReadStatement(octets);
        if (!reading.IsGood)
            return $"{reading.Fault.Code}";
        if (reading.Value.Document.Verify(Cast.QmOffice.Certificate) is not { } check)
            return "by nobody";
        if (check.IsGood && !Said.Contains(PayloadOf(reading.Value)))
            throw new BrokenPromiseException("A statement is taken for signed that nobody signed.");
        return check.IsGood ? "signed" : $"{check.Fault}";
    }

    private static string PayloadOf(SignedPayload<DispatchStatement> signed) =>
        Digest.Of(signed.Document.SignedOctets()).Value;

    private static SignedPayload<DispatchStatement> Sign(Message message) =>
        SignedDocuments.Sign(
            ComposedMessage.StatementOf(message, Digest.Of(MessageJson.Write(message)), Cast.To),
            Cast.QmOffice,
            Cast.Now
        );
}
