using System.Text.Json;

namespace Comity.Protocol.Messages;

/// <summary>Reads and writes <c>fields</c>.</summary>
internal static class FieldsJson
{
    private static readonly CodeTable<Relation> Relations = new()
    {
        [Relation.InvolvesYourTerritory] = "involves-your-territory",
        [Relation.MayAffectYou] = "may-affect-you",
        [Relation.ForInformation] = "for-information",
    };

    private static readonly CodeTable<Answer> Answers = new()
    {
        [Answer.Unknown] = "unknown",
        [Answer.Yes] = "yes",
        [Answer.No] = "no",
    };

    internal static readonly CodeTable<AcknowledgementForm> Forms = new()
    {
        [AcknowledgementForm.Acknowledged] = "acknowledged",
        [AcknowledgementForm.NotTheRightOffice] = "not-the-right-office",
    };

    public static MessageFields Read(MessageKind kind, JsonFields fields) =>
        kind switch
        {
            MessageKind.Notification => ReadNotification(fields),
            MessageKind.Acknowledgement => ReadAcknowledgement(fields),
            MessageKind.ClarificationRequest => RequestsJson.ReadClarification(fields),
            MessageKind.ConsultationRequest => RequestsJson.ReadConsultation(fields),
            MessageKind.GivenBack => new GivenBackFields(
                fields.Octets("message", GivenBackFields.MostOctets),
                fields.Octets("statement", GivenBackFields.MostStatement)
            ),
            _ => new TextFields(fields.Prose("text", MessageLimits.LongText)),
        };

    public static void Write(Utf8JsonWriter writer, MessageFields fields)
    {
        switch (fields)
        {
            case NotificationFields notification:
                WriteNotification(writer, notification);
                break;
            case AcknowledgementFields acknowledgement:
                writer.Text("form", Forms[acknowledgement.Form]);
                writer.Instant("answerExpectedBy", acknowledgement.AnswerExpectedBy);
                writer.Text("pointer", acknowledgement.RightOffice?.Value);
                writer.Text("text", acknowledgement.Text);
                break;
            case ClarificationRequestFields request:
                RequestsJson.Write(writer, request);
                break;
            case ConsultationRequestFields request:
                RequestsJson.Write(writer, request);
                break;
            case GivenBackFields given:
                writer.Octets("message", given.Octets);
                writer.Octets("statement", given.Statement);
                break;
            case TextFields text:
                writer.Text("text", text.Text);
                break;
            default:
                throw new ArgumentException("No form is known for these fields.", nameof(fields));
        }
    }

    private static AcknowledgementFields ReadAcknowledgement(JsonFields fields)
    {
        var read = new AcknowledgementFields(
            fields.Parsed<AcknowledgementForm>("form", Forms.TryRead),
            fields.InstantOrNull("answerExpectedBy"),
            fields.ParsedOrNull<OfficeName>("pointer", OfficeName.TryParse),
            fields.ProseOrNull("text", MessageLimits.Line)
        );
        if (read.Form == AcknowledgementForm.Acknowledged && read.RightOffice is not null)
        {
            fields.Fault(MalformationCode.BadValue, "pointer");
        }

        if (read.Form == AcknowledgementForm.NotTheRightOffice && read.AnswerExpectedBy is not null)
        {
            fields.Fault(MalformationCode.BadValue, "answerExpectedBy");
        }

        return read;
    }

    private static NotificationFields ReadNotification(JsonFields fields)
    {
        var read = new NotificationFields
        {
            Relation = fields.Parsed<Relation>("relation", Relations.TryRead),
            Seen = fields.Prose("seen", MessageLimits.LongText),
            SeenFrom = fields.InstantOrNull("seenFrom"),
            SeenUntil = fields.InstantOrNull("seenUntil"),
            Indicators = fields.Objects("indicators", MessageLimits.Indicators, ReadIndicator),
            LocationOfComputers = fields.ProseOrNull("locationOfComputers", MessageLimits.Line),
            Malware = fields.Texts("malware", 100, MessageLimits.Line),
            Hashes = fields.Objects("hashes", MessageLimits.Indicators, ReadHash),
            Sectors = fields.Texts("sectors", 50, 200),
            CriticalInfrastructure = fields.Parsed<Answer>("criticalInfrastructure", Answers.TryRead),
            Asked = fields.Proses("asked", 20, MessageLimits.Line),
            GoodFaith = fields.Flag("goodFaith"),
        };
        if (read.SeenUntil < read.SeenFrom)
        {
            fields.Fault(MalformationCode.BadValue, "seenUntil");
        }

        return read;
    }

    private static Indicator ReadIndicator(JsonFields fields)
    {
        var indicator = new Indicator(
            fields.Text("type", 100),
            fields.ProseOrNull("value", 2000) ?? "",
            fields.ProseOrNull("pattern", 4000),
            fields.InstantOrNull("firstSeen"),
            fields.ProseOrNull("note", MessageLimits.Line)
        );
        if (indicator is { Value: "", Pattern: null })
        {
            fields.Fault(MalformationCode.MissingMember, "value");
        }

        return indicator;
    }

    private static FileHash ReadHash(JsonFields fields)
    {
        var hash = new FileHash(
            fields.Text("algorithm", 20),
            fields.Text("value", 200),
            fields.ProseOrNull("note", MessageLimits.Line)
        );
        if (!hash.Value.All(char.IsAsciiHexDigit))
        {
            fields.Fault(MalformationCode.BadValue, "value");
        }

        return hash;
    }

    private static void WriteNotification(Utf8JsonWriter writer, NotificationFields fields)
    {
        writer.Text("relation", Relations[fields.Relation]);
        writer.Text("seen", fields.Seen);
        writer.Instant("seenFrom", fields.SeenFrom);
        writer.Instant("seenUntil", fields.SeenUntil);
        writer.Objects(
            "indicators",
            fields.Indicators,
            indicator =>
            {
                writer.Text("type", indicator.Type);
                writer.Text("value", indicator.Value.Length == 0 ? null : indicator.Value);
                writer.Text("pattern", indicator.Pattern);
                writer.Instant("firstSeen", indicator.FirstSeen);
                writer.Text("note", indicator.Note);
            }
        );
        writer.Text("locationOfComputers", fields.LocationOfComputers);
        writer.Texts("malware", fields.Malware);
        writer.Objects(
            "hashes",
            fields.Hashes,
            hash =>
            {
                writer.Text("algorithm", hash.Algorithm);
                writer.Text("value", hash.Value);
                writer.Text("note", hash.Note);
            }
        );
        writer.Texts("sectors", fields.Sectors);
        writer.Text("criticalInfrastructure", Answers[fields.CriticalInfrastructure]);
        writer.Texts("asked", fields.Asked);
        writer.Flag("goodFaith", fields.GoodFaith);
    }
}
