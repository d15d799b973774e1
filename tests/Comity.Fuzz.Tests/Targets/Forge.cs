using System.Globalization;
using System.Text;
using Comity.OpenPgp;
using Comity.OpenPgp.Packets;
using Comity.OpenPgp.Sealed;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Messages;
using Comity.Protocol.Signing;

namespace Comity.Fuzz.Tests.Targets;

/// <summary>
/// Puts envelopes together layer by layer, each with its own octets inside, as somebody who holds QM's key and is up to
/// no good. Nothing is drawn at random, so that the same input gives the same envelope.
/// </summary>
internal static class Forge
{
    private static readonly byte[] SessionKey = RecoverSessionKey();
    private static readonly byte[] Intended = [4, .. Cast.QnOffice.Certificate.Primary.FingerprintOctets];

    private static readonly byte[] Any = Statement(Cast.Update(), MessageJson.Write(Cast.Update()));

    /// <summary>The message with a statement that agrees with it, in MIME.</summary>
    public static byte[] Mime(byte[] messageOctets)
    {
        var message = MessageJson.Read(messageOctets).Value;
        // A statement can be made only about a message that reads; of all others, nobody looks at it.
        var statement =
            message?.Chain.Any(link => link.Office == Cast.To) == true ? Statement(message, messageOctets) : Any;
        message ??= Cast.Update();
        var text = new StringBuilder();
        text.Append(Headers("id@qm.example")).Append("Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n");
        Part(text, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(PlainText.Render(message)));
        Part(text, MessageJson.MediaType, messageOctets);
        foreach (var attachment in message.Attachments.Take(3))
            Part(text, $"{attachment.MediaType}; name=\"{attachment.Name}\"", "original"u8.ToArray());
        Part(text, SealedContent.StatementMediaType, statement);
        return Encoding.UTF8.GetBytes(text.Append("--b--\r\n").ToString());
    }

    /// <summary>Signed packets around content.</summary>
    public static byte[] Sign(ReadOnlySpan<byte> content)
    {
        var (key, secret) = Cast.QmOffice.SigningKey(Cast.Now);
        using var packets = new OctetWriter();
        packets.Packet(Tag.OnePassSignature, [3, 0, Digests.Sha512, (byte)key.Algorithm, .. key.KeyId, 1]);
        packets.Packet(Tag.Literal, [(byte)'b', 0, 0, 0, 0, 0, .. content]);
        var signed = content.ToArray();
        var signature = new SignatureWriter(key, SignatureType.Binary, Cast.Now)
            .Add(SubpacketType.IntendedRecipient, Intended)
            .Sign(secret, hash => hash.AppendData(signed));
        return packets.Packet(Tag.Signature, signature).ToArray();
    }

    /// <summary>Encrypted packets around packets, with a modification detection code that fits.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> packets)
    {
        byte[] plain = [.. new byte[18], .. packets, 0xD3, 20];
        plain = [.. plain, .. MandatedSha1.Of(plain)];
        using var writer = new OctetWriter();
        writer.Octets(Cast.SealedSession);
        byte[] body = [1, .. Cfb.Encrypt(SessionKey, new byte[16], plain)];
        return writer.Packet(Tag.ProtectedEncrypted, body).ToArray();
    }

    public static byte[] Mail(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder(octets.Length * 3 / 2 + 1000);
        text.Append(Headers("id@qm.example")).Append("Subject: ...\r\n");
        text.Append(
            "Content-Type: multipart/encrypted; boundary=\"o\"; protocol=\"application/pgp-encrypted\"\r\n\r\n"
        );
        text.Append("--o\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n");
        text.Append("--o\r\nContent-Type: application/octet-stream\r\n\r\n");
        text.Append(Armor.Write(ArmorKind.Message, octets).Replace("\n", "\r\n", StringComparison.Ordinal));
        return Encoding.ASCII.GetBytes(text.Append("\r\n--o--\r\n").ToString());
    }

    private static byte[] Statement(Message message, byte[] octets) =>
        SignedDocuments
            .Sign(ComposedMessage.StatementOf(message, Digest.Of(octets), Cast.To), Cast.QmOffice, Cast.Now)
            .Octets.ToArray();

    private static string Headers(string id) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"From: {Cast.FromAddress}\r\nTo: {Cast.ToAddress}\r\nDate: {Cast.Now:ddd, dd MMM yyyy HH:mm:ss} +0000\r\nMessage-ID: <{id}>\r\nMIME-Version: 1.0\r\n"
        );

    private static void Part(StringBuilder text, string type, byte[] octets)
    {
        text.Append(CultureInfo.InvariantCulture, $"--b\r\nContent-Type: {type}\r\n");
        text.Append("Content-Transfer-Encoding: base64\r\n\r\n");
        text.Append(Convert.ToBase64String(octets, Base64FormattingOptions.InsertLineBreaks)).Append("\r\n");
    }

    private static byte[] RecoverSessionKey()
    {
        new PacketWalk(Cast.SealedSession.ToArray(), 1).Next(out var packet);
        var refusal = OpenPgp.Sealed.SessionKey.Recover(packet.Body.Span, [Cast.QnOffice], out _, out var key);
        return refusal is null
            ? key
            : throw new InvalidOperationException($"{Cast.SealedSession.Length} octets: {refusal}");
    }
}
