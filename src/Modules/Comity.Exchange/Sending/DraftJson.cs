using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Comity.Protocol;
using Comity.Protocol.Messages;

namespace Comity.Exchange.Sending;

/// <summary>A draft in the protocol's own form, with stand-ins for what the conversation will decide.</summary>
internal static class DraftJson
{
    public static string NewNonce() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    public static byte[] Write(SendMessage request, Addressees addressees, TimeProvider clock)
    {
        var draft = request.Message;
        var now = clock.GetUtcNow().UtcDateTime;
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteNumber("version", 1);
        writer.WriteString("id", MessageId.New(now).ToString());
        writer.WriteString("nonce", NewNonce());
        Opening(writer, request.From, draft.Exercise ?? false);
        writer.WriteString("kind", draft.Kind);
        writer.WriteString("from", request.From);
        List(writer, "to", addressees.To);
        List(writer, "cc", addressees.Cc);
        writer.WriteString("created", Instants.Write(now));
        writer.WriteString("language", draft.Language ?? "en");
        Text(writer, "tlp", draft.Tlp);
        Text(writer, "pap", draft.Pap);
        Text(writer, "handling", draft.Handling);
        writer.WriteBoolean("exercise", draft.Exercise ?? false);
        writer.WriteString("record", RecordMode.BetweenUs.Code());
        Text(writer, "replyBy", draft.ReplyBy is { } by ? Instants.Write(Utc(by)) : null);
        Reference(writer, draft.InReplyTo);
        Chain(writer, addressees.All);
        Json(writer, "severity", draft.Severity);
        Json(writer, "template", draft.Template);
        Json(writer, "fields", draft.Fields ?? JsonElement.Parse("{}"));
        List(writer, "attachments", []);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A member that was given and is not understood: dropping it silently would send less than was meant.</summary>
    public static string? Unknown(JsonElement? given, Message read)
    {
        using var written = JsonDocument.Parse(MessageJson.Write(read));
        return given is { } fields ? Unknown(fields, written.RootElement.GetProperty("fields")) : null;
    }

    private static string? Unknown(JsonElement given, JsonElement written)
    {
        if (given.ValueKind == JsonValueKind.Array)
            return given
                .EnumerateArray()
                .Zip(written.EnumerateArray(), Unknown)
                .FirstOrDefault(found => found is not null);
        if (given.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var member in given.EnumerateObject().Where(m => m.Value.ValueKind != JsonValueKind.Null))
        {
            if (!written.TryGetProperty(member.Name, out var same))
                return member.Name;
            if (Unknown(member.Value, same) is { } inside)
                return member.Name + "." + inside;
        }
        return null;
    }

    private static void Reference(Utf8JsonWriter writer, string? id)
    {
        if (id is null)
            return;
        writer.WriteStartObject("inReplyTo");
        writer.WriteString("id", id);
        writer.WriteString("digest", Digest.Of([]).Value);
        writer.WriteEndObject();
    }

    // Of a conversation that there is not: which one it is, and whether this may open one, is decided with the rows.
    private static void Opening(Utf8JsonWriter writer, string from, bool exercise)
    {
        var nonce = NewNonce();
        var office = OfficeName.TryParse(from, out var read) ? read : default;
        writer.WriteString("conversation", ConversationId.Of(office, exercise, nonce).ToString());
        writer.WriteStartObject("opening");
        writer.WriteString("office", office.Value);
        writer.WriteString("nonce", nonce);
        writer.WriteEndObject();
    }

    private static void Chain(Utf8JsonWriter writer, IEnumerable<string> offices)
    {
        writer.WriteStartArray("chain");
        foreach (var office in offices)
        {
            writer.WriteStartObject();
            writer.WriteString("office", office);
            writer.WriteNumber("sequence", 1);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void List(Utf8JsonWriter writer, string name, IEnumerable<string> items)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
            writer.WriteStringValue(item);
        writer.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter writer, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            writer.WriteString(name, value);
    }

    private static void Json(Utf8JsonWriter writer, string name, JsonElement? value)
    {
        if (value is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } json)
            return;
        writer.WritePropertyName(name);
        json.WriteTo(writer);
    }

    private static DateTime Utc(DateTime time) =>
        time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time.ToUniversalTime();
}
