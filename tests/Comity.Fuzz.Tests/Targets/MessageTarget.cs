using Comity.Fuzz.Tests.Engine;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Messages;

namespace Comity.Fuzz.Tests.Targets;

/// <summary>Part 2 of an envelope. What is read is also rendered, and written and read again without a difference.</summary>
internal sealed class MessageTarget : Target
{
    public override string Name => "message";

    public override (long Base, long PerOctet) Allowance => (256 << 10, 400);

    public override string Tokens =>
        """
            version id nonce conversation kind from to cc created language tlp pap handling exercise record replyBy inReplyTo
            chain severity template fields attachments office sequence previous digest scale value name mediaType size critical
            relation seen seenFrom seenUntil indicators type pattern firstSeen note locationOfComputers malware hashes algorithm
            sectors criticalInfrastructure asked goodFaith text form pointer answerExpectedBy notification update information
            clarification-request clarification consultation-request priority questions arrangement routine immediate
            acknowledgement withdrawal closure given-back message statement receipt ping involves-your-territory may-affect-you for-information acknowledged
            not-the-right-office amber amber+strict green clear red between-us logged QM/technical QN/technical en ar
            sha256: 2026-04-10T08:00:00.000Z application/json a.json yes no unknown \u0000 \u202e
            """;

    public override IEnumerable<byte[]> Seeds() =>
        [
            MessageJson.Write(Cast.Update()),
            MessageJson.Write(Cast.Notification()),
            MessageJson.Write(Cast.Acknowledgement()),
            MessageJson.Write(Cast.ClarificationRequest()),
            MessageJson.Write(Cast.ConsultationRequest()),
            MessageJson.Write(
                Cast.Update() with
                {
                    Kind = MessageKind.Information,
                    Attachments = [new AttachmentReference("a.json", "application/json", 8, Digest.Of("original"u8))],
                }
            ),
        ];

    public override Func<string> Prepare(byte[] input) =>
        () =>
        {
            var reading = MessageJson.Read(input);
            if (!reading.IsGood)
                return $"{reading.Fault.Code}";
            var written = MessageJson.Write(reading.Value);
            var again = MessageJson.Read(written);
            if (!again.IsGood || !MessageJson.Write(again.Value).AsSpan().SequenceEqual(written))
                throw new BrokenPromiseException("A message that was read is not read again as it was written.");
            PlainText.Render(reading.Value);
            return $"read {reading.Value.Kind}";
        };
}
