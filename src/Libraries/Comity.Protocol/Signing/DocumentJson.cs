using Comity.Protocol.Messages;

namespace Comity.Protocol.Signing;

/// <summary>The payloads of statements, receipts and errors.</summary>
internal static class DocumentJson
{
    private const int SaltOctets = 32;
    private const int CheckpointLength = 4000;

    public static byte[] Write(DispatchStatement statement) =>
        JsonText.Write(writer =>
        {
            writer.Text("message", statement.Message.ToString());
            writer.Text("messageDigest", statement.MessageDigest.Value);
            writer.Text("from", statement.From.Value);
            writer.Text("to", statement.To.Value);
            writer.Text("conversation", statement.Conversation.ToString());
            writer.Text("kind", statement.Kind.Code());
            writer.Text("form", statement.Form is { } form ? FieldsJson.Forms[form] : null);
            writer.Flag("exercise", statement.Exercise);
            writer.Text("record", statement.Record.Code());
            writer.Instant("created", statement.Created);
            MessageJson.WriteReference(writer, statement.InReplyTo);
            writer.Object("chain", () => MessageJson.WriteLink(writer, statement.Chain));
            writer.Text("salt", statement.Salt);
            writer.Text("checkpoint", statement.Checkpoint);
        });

    public static DispatchStatement ReadStatement(JsonFields fields)
    {
        var statement = new DispatchStatement
        {
            Message = fields.Parsed<MessageId>("message", MessageId.TryParse),
            MessageDigest = fields.Parsed<Digest>("messageDigest", Digest.TryParse),
            From = fields.Parsed<OfficeName>("from", OfficeName.TryParse),
            To = fields.Parsed<OfficeName>("to", OfficeName.TryParse),
            Conversation = fields.Parsed<ConversationId>("conversation", ConversationId.TryParse),
            Kind = fields.Parsed<MessageKind>("kind", Codes.TryRead),
            Form = fields.ParsedOrNull<AcknowledgementForm>("form", FieldsJson.Forms.TryRead),
            Exercise = fields.Flag("exercise"),
            Record = fields.Parsed<RecordMode>("record", Codes.TryRead),
            Created = fields.Instant("created"),
            InReplyTo = fields.ObjectOrNull("inReplyTo", MessageJson.ReadReference),
            Chain = fields.Object("chain", MessageJson.ReadLink) ?? new ChainLink(default, 1, null),
            Salt = Salt(fields),
            Checkpoint = fields.ProseOrNull("checkpoint", CheckpointLength),
        };
        if ((statement.Kind == MessageKind.Acknowledgement) != (statement.Form is not null))
        {
            fields.Fault(MalformationCode.BadValue, "form");
        }

        if (statement.Kind == MessageKind.Acknowledgement && statement.InReplyTo is null)
        {
            fields.Fault(MalformationCode.MissingMember, "inReplyTo");
        }

        if (statement.Chain.Office != statement.To)
        {
            fields.Fault(MalformationCode.BadValue, "chain");
        }

        return statement;
    }

    public static byte[] Write(Receipt receipt) =>
        JsonText.Write(writer =>
        {
            writer.Text("level", receipt.Level.Code());
            writer.Text("office", receipt.Office.Value);
            writer.Text("from", receipt.From?.Value);
            writer.Text("message", receipt.Message?.ToString());
            writer.Text("messageDigest", receipt.MessageDigest?.Value);
            writer.Text("envelopeDigest", receipt.EnvelopeDigest.Value);
            writer.Flag("exercise", receipt.Exercise);
            writer.Instant("at", receipt.At);
            writer.Text("leaf", receipt.Leaf?.Value);
            writer.Text("salt", receipt.Salt);
            writer.Text("statement", FixedStatements.ReceiptOnly.Id);
        });

    public static Receipt ReadReceipt(JsonFields fields)
    {
        var receipt = new Receipt
        {
            Level = fields.Parsed<ReceiptLevel>("level", Codes.TryRead),
            Office = fields.Parsed<OfficeName>("office", OfficeName.TryParse),
            From = fields.ParsedOrNull<OfficeName>("from", OfficeName.TryParse),
            Message = fields.ParsedOrNull<MessageId>("message", MessageId.TryParse),
            MessageDigest = fields.ParsedOrNull<Digest>("messageDigest", Digest.TryParse),
            EnvelopeDigest = fields.Parsed<Digest>("envelopeDigest", Digest.TryParse),
            Exercise = fields.FlagOrNull("exercise"),
            At = fields.Instant("at"),
            Leaf = fields.ParsedOrNull<Digest>("leaf", Digest.TryParse),
            Salt = Salt(fields),
        };
        if (fields.Text("statement", 100) != FixedStatements.ReceiptOnly.Id)
        {
            fields.Fault(MalformationCode.BadValue, "statement");
        }

        var opened = receipt is { From: not null, Message: not null, MessageDigest: not null, Exercise: not null };
        var sealedYet = receipt is { From: null, Message: null, MessageDigest: null, Exercise: null };
        if (receipt.Level == ReceiptLevel.Opened ? !opened : !sealedYet)
        {
            // A node that has not opened an envelope cannot know these, one that has opened it cannot leave them out.
            fields.Fault(MalformationCode.BadValue, "level");
        }

        return receipt;
    }

    public static byte[] Write(ErrorNotice error) =>
        JsonText.Write(writer =>
        {
            writer.Text("code", error.Code);
            writer.Text("office", error.Office.Value);
            writer.Text("to", error.To.Value);
            writer.Text("message", error.Message?.ToString());
            writer.Text("messageDigest", error.MessageDigest?.Value);
            writer.Text("envelopeDigest", error.EnvelopeDigest?.Value);
            writer.Instant("at", error.At);
        });

    public static ErrorNotice ReadError(JsonFields fields)
    {
        var error = new ErrorNotice
        {
            Code = fields.Text("code", 60),
            Office = fields.Parsed<OfficeName>("office", OfficeName.TryParse),
            To = fields.Parsed<OfficeName>("to", OfficeName.TryParse),
            Message = fields.ParsedOrNull<MessageId>("message", MessageId.TryParse),
            MessageDigest = fields.ParsedOrNull<Digest>("messageDigest", Digest.TryParse),
            EnvelopeDigest = fields.ParsedOrNull<Digest>("envelopeDigest", Digest.TryParse),
            At = fields.Instant("at"),
        };
        if (!error.Code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            fields.Fault(MalformationCode.BadValue, "code");
        }

        return error;
    }

    public static byte[] Write(ResendRequest request) =>
        JsonText.Write(writer =>
        {
            writer.Text("by", request.By.Value);
            writer.Text("of", request.Of.Value);
            writer.Instant("since", request.Since);
            writer.Instant("at", request.At);
        });

    public static ResendRequest ReadResendRequest(JsonFields fields)
    {
        var request = new ResendRequest
        {
            By = fields.Parsed<ParticipantCode>("by", ParticipantCode.TryParse),
            Of = fields.Parsed<ParticipantCode>("of", ParticipantCode.TryParse),
            Since = fields.Instant("since"),
            At = fields.Instant("at"),
        };
        if (request.By == request.Of)
        {
            fields.Fault(MalformationCode.BadValue, "of");
        }

        if (request.Since > request.At)
        {
            fields.Fault(MalformationCode.BadValue, "since");
        }

        return request;
    }

    private static string? Salt(JsonFields fields) =>
        fields.OctetsOrNull("salt", SaltOctets) is { } salt
            ? System.Buffers.Text.Base64Url.EncodeToString(salt.Span)
            : null;
}
