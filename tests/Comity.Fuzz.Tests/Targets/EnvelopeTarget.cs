using Comity.Fuzz.Tests.Engine;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Messages;

namespace Comity.Fuzz.Tests.Targets;

/// <summary>
/// An envelope, opened with every check: 0 the mail, 1 the OpenPGP octets in it, 2 the packets under the encryption, 3
/// the signed MIME, 4 the message in it. From 3 on the sender itself is hostile and signs; before, it did not sign this.
/// </summary>
internal sealed class EnvelopeTarget : Target
{
    private static readonly OpeningContext Context = new()
    {
        Own = [new ReceivingOffice(Cast.To, Cast.ToAddress, [Cast.QnOffice])],
        SendersAt = address =>
            address == Cast.FromAddress ? [new Correspondent(Cast.From, Cast.FromAddress, Cast.QmCertified)] : [],
        Transport = EnvelopeTransport.Https,
        Now = Cast.Now,
        Limits = new OpeningLimits(1 << 20, 1 << 20),
    };

    private static readonly byte[][] Messages =
    [
        MessageJson.Write(Cast.Update()),
        MessageJson.Write(Cast.Notification()),
        MessageJson.Write(Cast.Acknowledgement()),
    ];

    private static readonly Digest[] Signed = [.. Messages.Select(message => Digest.Of(message))];

    public override string Name => "envelope";

    public override int Modes => 5;

    public override string Shares => "0001112234";

    // One buffer that doubles up to the bound of expansion, what is copied out of it, and MIME.
    public override (long Base, long PerOctet) Allowance => (4 << 20, 100);

    public override string Tokens =>
        """
            From: To: Date: Message-ID: MIME-Version: Content-Type: Content-Transfer-Encoding: Content-Disposition: Subject:
            multipart/mixed; multipart/encrypted; multipart/alternative; boundary="b" boundary="o" --b --b-- --o --o-- base64
            protocol="application/pgp-encrypted" quoted-printable 7bit 8bit text/plain text/html message/rfc822 charset=utf-8
            application/octet-stream application/vnd.comity.message+json application/vnd.comity.dispatch-statement+json
            attachment; filename="a.json" filename*=utf-8''%2e%2e%2f name= inline Version: technical@qm.example
            technical@qn.example <id@qm.example> =?utf-8?B?QUFB?= =?utf-8?Q?a?= -----BEGIN -----END -----BEGINPGPMESSAGE-----
            version id kind from to chain attachments fields text exercise created =aaaa AAAA
            """;

    public override IEnumerable<byte[]> Seeds()
    {
        foreach (var message in Messages)
        {
            var mime = Forge.Mime(message);
            yield return InMode('4', message);
            yield return InMode('3', mime);
            yield return InMode('2', Forge.Sign(mime));
            yield return InMode('1', Forge.Seal(Forge.Sign(mime)));
        }

        yield return InMode('0', Forge.Mail(Forge.Seal(Forge.Sign(Forge.Mime(Messages[0])))));
    }

    public override Func<string> Prepare(byte[] input)
    {
        var (mode, payload) = Split(input);
        var isSenders = mode is '3' or '4';
        if (mode is '4')
            payload = Forge.Mime(payload);
        if (isSenders)
            payload = Forge.Sign(payload);
        if (mode is '2' or '3' or '4')
            payload = Forge.Seal(payload);
        var mail = mode is '1' or '2' or '3' or '4' ? Forge.Mail(payload) : payload;
        return () => Open(mail, isSenders);
    }

    private static string Open(byte[] mail, bool isSenders)
    {
        var opening = Envelope.Open(mail, Context);
        if (!opening.IsOpened)
        {
            var failure = opening.Failure ?? throw new BrokenPromiseException("Neither opened nor refused.");
            return failure.Opening is { } rule ? $"{rule}"
                : failure.Wrapping is { } wrapping ? $"mail {wrapping}"
                : failure.Fault is { } fault ? $"message {fault.Code}"
                : $"{failure.Refusal}";
        }

        if (!isSenders && !Signed.Contains(opening.Envelope.MessageDigest))
            throw new BrokenPromiseException("An envelope was opened whose content the sender never signed.");
        return $"opened {opening.Envelope.Message.Kind}";
    }
}
