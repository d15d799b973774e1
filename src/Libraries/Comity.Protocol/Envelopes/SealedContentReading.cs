using Comity.OpenPgp;
using Comity.Protocol.Messages;
using MimeKit;

namespace Comity.Protocol.Envelopes;

/// <summary>The sealed content taken apart; nothing in it is compared with anything yet but the outer headers.</summary>
internal sealed record SealedParts(
    byte[] Message,
    byte[] Statement,
    string? Text,
    IReadOnlyList<(string Name, string MediaType, byte[] Octets)> Attachments,
    bool DateDiffers,
    bool MessageIdDiffers
);

/// <summary>Takes sealed content apart, bounded and strictly.</summary>
internal static class SealedContentReading
{
    private const int MaxParts = 3 + MessageLimits.Attachments;
    private const int MaxHeaders = 12;

    private static readonly ParserOptions Options = new()
    {
        MaxMimeDepth = 3,
        RespectContentLength = false,
        AddressParserComplianceMode = RfcComplianceMode.Strict,
    };

    public static (SealedParts? Parts, EnvelopeRefusal? Refusal) Read(
        ReadOnlyMemory<byte> octets,
        OuterHeaders outer,
        EnvelopeTransport transport
    )
    {
        if (SealedContentBounds.Check(octets.Span, MaxParts, Options) is { } unbounded)
        {
            return (null, unbounded);
        }

        MimeMessage mime;
        using var stream = new MemoryStream(octets.ToArray(), writable: false);
        try
        {
            mime = MimeMessage.Load(Options, stream, persistent: true);
        }
        catch (FormatException)
        {
            return (null, EnvelopeRefusal.ContentMalformed);
        }

        using (mime)
        {
            return Read(mime, outer, transport);
        }
    }

    private static (SealedParts?, EnvelopeRefusal?) Read(
        MimeMessage mime,
        OuterHeaders outer,
        EnvelopeTransport transport
    )
    {
        if (
            mime.Headers.Count > MaxHeaders
            || !HasOne(mime, HeaderId.From)
            || !HasOne(mime, HeaderId.To)
            || !HasOne(mime, HeaderId.Date)
            || !HasOne(mime, HeaderId.MessageId)
            || mime.From is not [MailboxAddress from]
            || mime.To is not [MailboxAddress to]
        )
        {
            return (null, EnvelopeRefusal.SealedHeadersRefused);
        }

        var dateDiffers = !SealedContent.SameSecond(mime.Date, outer.Date);
        var idDiffers = !string.Equals(mime.MessageId, outer.MessageId, StringComparison.Ordinal);
        EnvelopeRefusal? refusal =
            !string.Equals(from.Address, outer.From, StringComparison.OrdinalIgnoreCase) ? EnvelopeRefusal.FromDiffers
            : !string.Equals(to.Address, outer.To, StringComparison.OrdinalIgnoreCase) ? EnvelopeRefusal.ToDiffers
            : dateDiffers && transport == EnvelopeTransport.Https ? EnvelopeRefusal.DateDiffers
            : idDiffers && transport == EnvelopeTransport.Https ? EnvelopeRefusal.MessageIdDiffers
            : null;
        if (refusal is not null)
        {
            return (null, refusal);
        }

        if (
            mime.Body is not Multipart { ContentType.MediaSubtype: "mixed" } body
            || body.Any(part => part is not MimePart)
        )
        {
            return (null, EnvelopeRefusal.ContentMalformed);
        }

        return body.Count > MaxParts
            ? (null, EnvelopeRefusal.TooManyParts)
            : Sort([.. body.Cast<MimePart>()], dateDiffers, idDiffers);
    }

    private static (SealedParts?, EnvelopeRefusal?) Sort(List<MimePart> parts, bool dateDiffers, bool idDiffers)
    {
        var messages = parts.Where(part => Is(part, MessageJson.MediaType)).ToList();
        var statements = parts.Where(part => Is(part, SealedContent.StatementMediaType)).ToList();
        EnvelopeRefusal? refusal =
            messages.Count == 0 ? EnvelopeRefusal.MessageMissing
            : messages.Count > 1 ? EnvelopeRefusal.TwoMessageParts
            : statements.Count == 0 ? EnvelopeRefusal.StatementMissing
            : statements.Count > 1 ? EnvelopeRefusal.TwoStatements
            : null;
        if (refusal is not null)
        {
            return (null, refusal);
        }

        var text = parts[0] is TextPart { IsPlain: true, FileName: null } first ? first : null;
        var rest = parts.Where(part => part != text && part != messages[0] && part != statements[0]).ToList();
        if (rest.Any(part => part.FileName is { } name && !AttachmentNames.IsSafe(name)))
        {
            return (null, EnvelopeRefusal.AttachmentNameHostile);
        }

        if (rest.Any(part => part.FileName is null))
        {
            return (null, EnvelopeRefusal.AttachmentNotNamed);
        }

        return (
            new SealedParts(
                Decode(messages[0]),
                Decode(statements[0]),
                text?.Text.ReplaceLineEndings("\n"),
                [.. rest.Select(part => (part.FileName!, part.ContentType.MimeType, Decode(part)))],
                dateDiffers,
                idDiffers
            ),
            null
        );
    }

    private static bool HasOne(MimeMessage mime, HeaderId id) => mime.Headers.Count(header => header.Id == id) == 1;

    private static bool Is(MimePart part, string mediaType) =>
        string.Equals(part.ContentType.MimeType, mediaType, StringComparison.OrdinalIgnoreCase);

    private static byte[] Decode(MimePart part)
    {
        using var octets = new MemoryStream();
        part.Content?.DecodeTo(octets);
        return octets.ToArray();
    }
}
