using System.Buffers.Text;
using System.Text.Json;

namespace Comity.Directory.Managing;

/// <summary>
/// Signed headers on their way to a follower that missed some: <c>{"headers":["…"]}</c>, each the base64url of its
/// exact octets, in the order of the numbers.
/// </summary>
internal static class HeaderList
{
    /// <summary>The most headers in one answer; a follower asks again for the rest.</summary>
    public const int Most = 500;

    /// <summary>The most octets of one header.</summary>
    public const int MaxHeader = 8 * 1024;

    public static byte[] Write(IEnumerable<byte[]> headers)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("headers");
            foreach (var header in headers)
                writer.WriteStringValue(Base64Url.EncodeToString(header));
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return buffer.ToArray();
    }

    /// <summary>Null where it is not such a list.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? Read(ReadOnlyMemory<byte> octets)
    {
        try
        {
            using var document = JsonDocument.Parse(octets, new JsonDocumentOptions { MaxDepth = 4 });
            if (
                document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("headers", out var list)
                || list.ValueKind != JsonValueKind.Array
                || list.GetArrayLength() > Most
            )
                return null;
            var texts = list.EnumerateArray().Select(h => h.GetString() ?? "").ToList();
            return texts.Exists(t => t.Length > Base64Url.GetEncodedLength(MaxHeader))
                ? null
                : [.. texts.Select(t => new ReadOnlyMemory<byte>(Base64Url.DecodeFromChars(t)))];
        }
        catch (Exception cause) when (cause is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
