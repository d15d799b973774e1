using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Comity.Protocol;

/// <summary>Writing of JSON: compact, members in the order of the specification, absent members left out.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new()
    {
        // The text goes into files and envelopes, never into a page, so letters of all scripts stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = StrictJson.MaxDepth,
    };

    public static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static void Text(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value.ReplaceLineEndings("\n"));
        }
    }

    public static void Instant(this Utf8JsonWriter writer, string name, DateTime? value)
    {
        if (value is { } instant)
        {
            writer.WriteString(name, Instants.Write(instant));
        }
    }

    public static void Octets(this Utf8JsonWriter writer, string name, ReadOnlyMemory<byte>? value)
    {
        if (value is { } octets)
        {
            writer.WriteString(name, Base64Url.EncodeToString(octets.Span));
        }
    }

    public static void Flag(this Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is { } flag)
        {
            writer.WriteBoolean(name, flag);
        }
    }

    public static void Texts(this Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    public static void Wholes(this Utf8JsonWriter writer, string name, IEnumerable<int> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteNumberValue(value);
        }

        writer.WriteEndArray();
    }

    public static void Object(this Utf8JsonWriter writer, string name, Action members)
    {
        writer.WriteStartObject(name);
        members();
        writer.WriteEndObject();
    }

    public static void Objects<T>(this Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<T> members)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            members(item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Puts exact octets of a JSON object in; they come out of <see cref="JsonFields.Exact"/> unchanged.</summary>
    public static void Exact(this Utf8JsonWriter writer, string name, ReadOnlyMemory<byte> json)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(json.Span, skipInputValidation: true);
    }

    public static void ExactList(this Utf8JsonWriter writer, string name, IEnumerable<ReadOnlyMemory<byte>> documents)
    {
        writer.WriteStartArray(name);
        foreach (var json in documents)
        {
            writer.WriteRawValue(json.Span, skipInputValidation: true);
        }

        writer.WriteEndArray();
    }
}
