using System.Globalization;
using System.Text;
using Comity.Protocol.Messages;

namespace Comity.Protocol.Envelopes;

/// <summary>
/// Part 1: the message for a person with only a mail program. What people wrote is indented, so that no text can pass
/// for a label or for one of the fixed statements. Every node renders the same text from the same message.
/// </summary>
public static class PlainText
{
    private const string ExerciseLine = "EXERCISE EXERCISE EXERCISE";

    /// <summary>Renders a message; lines end in LF.</summary>
    public static string Render(Message message)
    {
        var text = new StringBuilder();
        if (message.Exercise)
        {
            text.Append(ExerciseLine).Append('\n');
        }

        text.Append("TLP:").Append(message.Tlp.Code());
        text.Append(message.Pap is { } pap ? $"  PAP:{pap.Code()}\n" : "\n");
        Line(text, "Handling", message.Handling);
        text.Append('\n');
        Line(text, "Kind", message.Kind.Code());
        Line(text, "From", message.From.Value);
        Line(text, "To", string.Join(", ", message.To));
        Line(text, "Cc", message.Cc.Count == 0 ? null : string.Join(", ", message.Cc));
        Line(text, "Created", Utc(message.Created));
        Line(text, "Answer asked for by", Utc(message.ReplyBy));
        Line(text, "Severity", message.Severity is { } severity ? $"{severity.Value} ({severity.Scale})" : null);
        Line(text, "Message", message.Id.ToString());
        Line(text, "In reply to", message.InReplyTo?.Id.ToString());
        Line(text, "Conversation", message.Conversation.ToString());
        text.Append('\n');
        foreach (var statement in Kinds.Of(message.Kind).Statements)
        {
            text.Append(statement.English).Append('\n');
        }

        RenderFields(text, message.Fields);
        Block(
            text,
            "Attachments",
            message.Attachments.Select(attachment =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{attachment.Name} ({attachment.Size} octets, {attachment.Digest})"
                )
            )
        );
        if (message.Exercise)
        {
            text.Append('\n').Append(ExerciseLine).Append('\n');
        }

        return text.ToString();
    }

    private static void RenderFields(StringBuilder text, MessageFields fields)
    {
        switch (fields)
        {
            case TextFields said:
                Block(text, "Text", [said.Text]);
                break;
            case ClarificationRequestFields said:
                Block(text, "Priority", [said.Priority.Code()]);
                Block(text, "Questions", said.Questions);
                Block(text, "Text", Optional(said.Text));
                break;
            case ConsultationRequestFields said:
                Block(text, "Consultation is proposed on", [said.Text]);
                Block(text, "Regional arrangement or other peaceful means", Optional(said.Arrangement));
                break;
            case GivenBackFields:
                Block(
                    text,
                    "Given back",
                    ["A message of your office, as it came here. Your node asked for it; nobody here wrote anything."]
                );
                break;
            case AcknowledgementFields said:
                Block(
                    text,
                    "Acknowledgement",
                    [
                        said.Form == AcknowledgementForm.Acknowledged
                            ? "A person of this office has this message."
                            : "A person of this office has this message; this is not the right office for it.",
                    ]
                );
                Block(text, "Answer expected by", Optional(Utc(said.AnswerExpectedBy)));
                Block(text, "Right office", Optional(said.RightOffice?.Value));
                Block(text, "Text", Optional(said.Text));
                break;
            case NotificationFields said:
                RenderNotification(text, said);
                break;
        }
    }

    private static void RenderNotification(StringBuilder text, NotificationFields said)
    {
        Block(
            text,
            "Relation",
            [
                said.Relation switch
                {
                    Relation.InvolvesYourTerritory => "Appears to originate from or involve your territory.",
                    Relation.MayAffectYou => "May affect you.",
                    _ => "For your information.",
                },
            ]
        );
        Block(text, "What was seen", [said.Seen]);
        Block(text, "Seen from", Optional(Utc(said.SeenFrom)));
        Block(text, "Seen until", Optional(Utc(said.SeenUntil)));
        Block(
            text,
            "Indicators",
            said.Indicators.Select(indicator =>
                Join(indicator.Type, indicator.Value, indicator.Pattern, Utc(indicator.FirstSeen), indicator.Note)
            )
        );
        Block(text, "Location of the computers used", Optional(said.LocationOfComputers));
        Block(text, "Malware", said.Malware);
        Block(text, "Hashes", said.Hashes.Select(hash => Join(hash.Algorithm, hash.Value, hash.Note)));
        Block(text, "Sectors", said.Sectors);
        Block(
            text,
            "Critical infrastructure affected",
            [
                said.CriticalInfrastructure switch
                {
                    Answer.Yes => "Yes.",
                    Answer.No => "No.",
                    _ => "Not known.",
                },
            ]
        );
        Block(text, "What is asked", said.Asked);
        if (said.GoodFaith)
        {
            text.Append("\nThe author states that it notifies in good faith.\n");
        }
    }

    private static IEnumerable<string> Optional(string? value) => value is null ? [] : [value];

    private static string Join(params string?[] parts) =>
        string.Join("  ", parts.Where(part => !string.IsNullOrEmpty(part)));

    private static string? Utc(DateTime? instant) =>
        instant?.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, string label, string? value)
    {
        if (value is not null)
        {
            text.Append(label).Append(": ").Append(value.Replace('\n', ' ')).Append('\n');
        }
    }

    private static void Block(StringBuilder text, string label, IEnumerable<string> items)
    {
        var first = true;
        foreach (var item in items)
        {
            if (first)
            {
                text.Append('\n').Append(label).Append(":\n");
                first = false;
            }

            foreach (var line in item.Split('\n'))
            {
                text.Append("  ").Append(line.TrimEnd()).Append('\n');
            }
        }
    }
}
