using System.Globalization;
using System.Text;
using Comity.OpenPgp;
using Comity.Protocol.Messages;
using MimeKit;

namespace Comity.Protocol.Envelopes;

/// <summary>
/// Writes the sealed content: an Internet message whose headers repeat the outer ones under the signature, with the
/// rendering for people, the message, the attachments and the dispatch statement, padded to a size step.
/// </summary>
internal static class SealedContent
{
    public const string StatementMediaType = "application/vnd.comity.dispatch-statement+json";

    public static MemoryStream Write(ComposedMessage message, OuterHeaders headers, ReadOnlyMemory<byte> statement)
    {
        using var mime = new MimeMessage();
        mime.Headers.Clear();
        mime.From.Add(new MailboxAddress("", headers.From));
        mime.To.Add(new MailboxAddress("", headers.To));
        mime.Date = new DateTimeOffset(headers.Date, TimeSpan.Zero);
        mime.MessageId = headers.MessageId;
        var streams = new List<Stream>();
        try
        {
            mime.Body = Body(message, statement, streams);
            var options = FormatOptions.Default.Clone();
            options.NewLineFormat = NewLineFormat.Dos;
            var content = new MemoryStream();
            mime.WriteTo(options, content);
            Padding.Append(content);
            content.Position = 0;
            return content;
        }
        finally
        {
            streams.ForEach(stream => stream.Dispose());
        }
    }

    private static Multipart Body(ComposedMessage message, ReadOnlyMemory<byte> statement, List<Stream> streams)
    {
        var body = new Multipart("mixed");
        var rendering = Encoding.UTF8.GetBytes(PlainText.Render(message.Message).ReplaceLineEndings("\r\n"));
        var text = Part("text/plain", rendering);
        text.ContentType.Charset = "utf-8";
        text.ContentDisposition = new ContentDisposition(ContentDisposition.Inline);
        text.ContentTransferEncoding = ContentEncoding.QuotedPrintable;
        body.Add(text);
        body.Add(Part(MessageJson.MediaType, message.Octets.ToArray()));
        foreach (var attachment in message.Attachments)
        {
            var stream = attachment.Open();
            streams.Add(stream);
            var part = Part(attachment.Reference.MediaType, stream);
            part.ContentDisposition = new ContentDisposition(ContentDisposition.Attachment);
            part.FileName = attachment.Reference.Name;
            body.Add(part);
        }

        body.Add(Part(StatementMediaType, statement.ToArray()));
        return body;
    }

    private static MimePart Part(string mediaType, byte[] octets) => Part(mediaType, new MemoryStream(octets));

    private static MimePart Part(string mediaType, Stream octets) =>
        new(ContentType.Parse(mediaType))
        {
            Content = new MimeContent(octets),
            ContentTransferEncoding = ContentEncoding.Base64,
        };

    /// <summary>The text of a date as both header sets carry it.</summary>
    public static bool SameSecond(DateTimeOffset inner, DateTime outer) =>
        string.Equals(
            inner.UtcDateTime.ToString("s", CultureInfo.InvariantCulture),
            outer.ToString("s", CultureInfo.InvariantCulture),
            StringComparison.Ordinal
        );
}
