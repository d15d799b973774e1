using System.Globalization;
using System.Text;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Messages;
using Comity.Protocol.Signing;

namespace Comity.Libraries.Tests.Protocol.Envelopes;

/// <summary>
/// An envelope put together by hand, from QM to QN, that is right until a test changes one thing; its MIME is written
/// here and not by the product.
/// </summary>
internal sealed class Forged
{
    public Forged(Message? message = null)
    {
        Message = message ?? World.Update();
        MessageOctets = MessageJson.Write(Message);
        Parts.Add(("text/plain; charset=utf-8", null, Encoding.UTF8.GetBytes(PlainText.Render(Message))));
        Parts.Add((MessageJson.MediaType, null, MessageOctets));
        Parts.Add((StatementType, null, Sign(Statement()).Octets.ToArray()));
    }

    public const string StatementType = "application/vnd.comity.dispatch-statement+json";

    public Message Message { get; }
    public byte[] MessageOctets { get; }
    public List<(string Type, string? Name, byte[] Octets)> Parts { get; } = [];
    public OuterHeaders Outer { get; set; } =
        new(World.Qm.MailAddress, World.Qn.MailAddress, World.Now, "id@qm.example");
    public OuterHeaders? Inner { get; set; }
    public string ExtraHeader { get; set; } = "";
    public SecretKey Signer { get; set; } = World.Qm.OfficeKey;
    public DateTime SignedAt { get; init; } = World.Now;
    public EnvelopeTransport Transport { get; set; } = EnvelopeTransport.Https;

    public DispatchStatement Statement() =>
        ComposedMessage.StatementOf(Message, Digest.Of(MessageOctets), World.Qn.Office);

    public static SignedPayload<DispatchStatement> Sign(DispatchStatement statement, SecretKey? by = null) =>
        SignedDocuments.Sign(statement, by ?? World.Qm.OfficeKey, World.Now);

    public byte[] Mime()
    {
        var headers = Inner ?? Outer;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"From: {headers.From}\r\nTo: {headers.To}\r\n{ExtraHeader}");
        text.Append(CultureInfo.InvariantCulture, $"Date: {headers.Date:ddd, dd MMM yyyy HH:mm:ss} +0000\r\n");
        text.Append(CultureInfo.InvariantCulture, $"Message-ID: <{headers.MessageId}>\r\nMIME-Version: 1.0\r\n");
        text.Append("Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n");
        foreach (var (type, name, octets) in Parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"--b\r\nContent-Type: {type}\r\n");
            text.Append("Content-Transfer-Encoding: base64\r\n");
            text.Append(name is null ? "" : $"Content-Disposition: attachment; filename=\"{name}\"\r\n");
            text.Append("\r\n").Append(Convert.ToBase64String(octets, Base64FormattingOptions.InsertLineBreaks));
            text.Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("--b--\r\n").ToString());
    }

    public byte[] Mail(byte[]? octets = null)
    {
        if (octets is null)
        {
            using var content = new MemoryStream(Mime());
            using var output = new MemoryStream();
            var sealing = Sealing.Seal(content, output, Signer, World.Qn.Certified, SignedAt);
            Assert.True(sealing.IsSealed, sealing.ToString());
            octets = output.ToArray();
        }

        using var mail = new MemoryStream();
        PgpMime.Wrap(Outer, octets, mail);
        return mail.ToArray();
    }

    public static Forged Without(int part)
    {
        var forged = new Forged();
        forged.Parts.RemoveAt(part);
        return forged;
    }

    public EnvelopeOpening Open(byte[]? octets = null) => Envelope.Open(Mail(octets), World.At(World.Qn, Transport));

    public void Refused(EnvelopeRefusal refusal, byte[]? octets = null)
    {
        var opening = Open(octets);
        Assert.Null(opening.Envelope);
        Assert.Equal(refusal, opening.Failure?.Refusal);
    }
}
