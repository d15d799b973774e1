using System.Text.Json;

namespace Comity.Protocol.Messages;

/// <summary>Reads and writes part 2 (<c>application/vnd.comity.message+json</c>).</summary>
public static class MessageJson
{
    /// <summary>The media type of part 2.</summary>
    public const string MediaType = "application/vnd.comity.message+json";

    /// <summary>Reads and checks a message. Keep the exact octets: their digest is the message digest.</summary>
    public static Reading<Message> Read(ReadOnlyMemory<byte> octets) =>
        StrictJson.Read(octets, MessageLimits.Octets, Read);

    /// <summary>Writes a message; members in the order of the specification, times in whole milliseconds.</summary>
    public static byte[] Write(Message message) =>
        JsonText.Write(writer =>
        {
            writer.WriteNumber("version", message.Version);
            writer.Text("id", message.Id.ToString());
            writer.Text("nonce", message.Nonce);
            writer.Text("conversation", message.Conversation.ToString());
            WriteOpening(writer, message.Opening);
            writer.Text("kind", message.Kind.Code());
            writer.Text("from", message.From.Value);
            writer.Texts("to", message.To.Select(office => office.Value));
            writer.Texts("cc", message.Cc.Select(office => office.Value));
            writer.Instant("created", message.Created);
            writer.Text("language", message.Language);
            writer.Text("tlp", message.Tlp.Code());
            writer.Text("pap", message.Pap?.Code());
            writer.Text("handling", message.Handling);
            writer.Flag("exercise", message.Exercise);
            writer.Text("record", message.Record.Code());
            writer.Instant("replyBy", message.ReplyBy);
            WriteReference(writer, message.InReplyTo);
            writer.Objects("chain", message.Chain, link => WriteLink(writer, link));
            if (message.Severity is { } severity)
            {
                writer.Object(
                    "severity",
                    () =>
                    {
                        writer.Text("scale", severity.Scale);
                        writer.Text("value", severity.Value);
                    }
                );
            }

            if (message.Template is { } template)
            {
                writer.Object(
                    "template",
                    () =>
                    {
                        writer.Text("id", template.Id);
                        writer.Text("version", template.Version);
                    }
                );
            }

            writer.Object("fields", () => FieldsJson.Write(writer, message.Fields));
            writer.Objects(
                "attachments",
                message.Attachments,
                attachment =>
                {
                    writer.Text("name", attachment.Name);
                    writer.Text("mediaType", attachment.MediaType);
                    writer.WriteNumber("size", attachment.Size);
                    writer.Text("digest", attachment.Digest.Value);
                }
            );
        });

    private static void WriteOpening(Utf8JsonWriter writer, ConversationOpening? opening)
    {
        if (opening is not null)
        {
            writer.Object(
                "opening",
                () =>
                {
                    writer.Text("office", opening.Office.Value);
                    writer.Text("nonce", opening.Nonce);
                }
            );
        }
    }

    internal static void WriteReference(Utf8JsonWriter writer, MessageReference? reference)
    {
        if (reference is not null)
        {
            writer.Object(
                "inReplyTo",
                () =>
                {
                    writer.Text("id", reference.Id.ToString());
                    writer.Text("digest", reference.Digest.Value);
                }
            );
        }
    }

    internal static void WriteLink(Utf8JsonWriter writer, ChainLink link)
    {
        writer.Text("office", link.Office.Value);
        writer.WriteNumber("sequence", link.Sequence);
        writer.Text("previous", link.Previous?.Value);
    }

    internal static MessageReference ReadReference(JsonFields fields) =>
        new(fields.Parsed<MessageId>("id", MessageId.TryParse), fields.Parsed<Digest>("digest", Digest.TryParse));

    internal static ChainLink ReadLink(JsonFields fields)
    {
        var link = new ChainLink(
            fields.Parsed<OfficeName>("office", OfficeName.TryParse),
            fields.Whole("sequence", 1, int.MaxValue),
            fields.ParsedOrNull<Digest>("previous", Digest.TryParse)
        );
        if ((link.Sequence == 1) != (link.Previous is null))
        {
            fields.Fault(MalformationCode.BadValue, "previous");
        }

        return link;
    }

    private static Message Read(JsonFields fields)
    {
        if (fields.Whole("version", 0, int.MaxValue) != 1)
        {
            fields.Fault(MalformationCode.UnknownVersion, "version");
        }

        var kind = fields.Parsed<MessageKind>("kind", Codes.TryRead);
        var message = new Message
        {
            Id = fields.Parsed<MessageId>("id", MessageId.TryParse),
            Nonce = fields.Text("nonce", 22),
            Conversation = fields.Parsed<ConversationId>("conversation", ConversationId.TryParse),
            Opening = fields.ObjectOrNull(
                "opening",
                opening => new ConversationOpening(
                    opening.Parsed<OfficeName>("office", OfficeName.TryParse),
                    opening.Text("nonce", 22)
                )
            ),
            Kind = kind,
            From = fields.Parsed<OfficeName>("from", OfficeName.TryParse),
            To = fields.ParsedList<OfficeName>("to", MessageLimits.Recipients, OfficeName.TryParse),
            Cc = fields.ParsedList<OfficeName>("cc", MessageLimits.Recipients, OfficeName.TryParse),
            Created = fields.Instant("created"),
            Language = fields.Text("language", 35),
            Tlp = fields.Parsed<Tlp>("tlp", Codes.TryRead),
            Pap = fields.ParsedOrNull<Pap>("pap", Codes.TryRead),
            Handling = fields.TextOrNull("handling", 200),
            Exercise = fields.Flag("exercise"),
            Record = fields.Parsed<RecordMode>("record", Codes.TryRead),
            ReplyBy = fields.InstantOrNull("replyBy"),
            InReplyTo = fields.ObjectOrNull("inReplyTo", ReadReference),
            Chain = fields.Objects("chain", MessageLimits.Recipients, ReadLink),
            Severity = fields.ObjectOrNull(
                "severity",
                severity => new Severity(severity.Text("scale", 100), severity.Text("value", 100))
            ),
            Template = fields.ObjectOrNull(
                "template",
                template => new TemplateReference(template.Text("id", 100), template.Text("version", 50))
            ),
            Fields = fields.Object("fields", inner => FieldsJson.Read(kind, inner)) ?? new TextFields(""),
            Attachments = fields.Objects("attachments", MessageLimits.Attachments, ReadAttachment),
        };
        MessageRules.Check(message, fields);
        return message;
    }

    private static AttachmentReference ReadAttachment(JsonFields fields)
    {
        var attachment = new AttachmentReference(
            fields.Text("name", 200),
            fields.Text("mediaType", 100),
            fields.Whole("size", 0, MessageLimits.AttachmentOctets),
            fields.Parsed<Digest>("digest", Digest.TryParse)
        );
        if (!AttachmentNames.IsSafe(attachment.Name))
        {
            fields.Fault(MalformationCode.BadValue, "name");
        }

        if (!AttachmentNames.IsMediaType(attachment.MediaType))
        {
            fields.Fault(MalformationCode.BadValue, "mediaType");
        }

        return attachment;
    }
}
