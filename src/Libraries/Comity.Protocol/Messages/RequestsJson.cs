using System.Text.Json;

namespace Comity.Protocol.Messages;

/// <summary>Reads and writes the fields of what asks for clarification or consultation.</summary>
internal static class RequestsJson
{
    private const int MaxQuestions = 20;

    public static ClarificationRequestFields ReadClarification(JsonFields fields)
    {
        var read = new ClarificationRequestFields(
            fields.Parsed<Priority>("priority", Codes.TryRead),
            fields.Proses("questions", MaxQuestions, MessageLimits.Line),
            fields.ProseOrNull("text", MessageLimits.LongText)
        );
        if (read.Questions.Count == 0)
        {
            fields.Fault(MalformationCode.MissingMember, "questions");
        }

        return read;
    }

    public static ConsultationRequestFields ReadConsultation(JsonFields fields) =>
        new(fields.Prose("text", MessageLimits.LongText), fields.ProseOrNull("arrangement", MessageLimits.Line));

    public static void Write(Utf8JsonWriter writer, ClarificationRequestFields request)
    {
        writer.Text("priority", request.Priority.Code());
        writer.Texts("questions", request.Questions);
        writer.Text("text", request.Text);
    }

    public static void Write(Utf8JsonWriter writer, ConsultationRequestFields request)
    {
        writer.Text("text", request.Text);
        writer.Text("arrangement", request.Arrangement);
    }
}
