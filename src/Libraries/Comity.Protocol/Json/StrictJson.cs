using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Comity.Protocol;

/// <summary>
/// Reading of foreign JSON (RFC 8259, I-JSON RFC 7493): UTF-8, no duplicate members, at most 16 deep, no number
/// beyond 2^53, and bounded before it is parsed.
/// </summary>
internal static class StrictJson
{
    internal const int MaxDepth = 16;
    private const double Largest = 9007199254740992;

    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = MaxDepth,
        AllowDuplicateProperties = false,
        AllowTrailingCommas = false,
        CommentHandling = JsonCommentHandling.Disallow,
    };

    public static Reading<T> Read<T>(ReadOnlyMemory<byte> octets, int maxOctets, Func<JsonFields, T> read)
        where T : class
    {
        if (octets.Length > maxOctets)
        {
            return Refused<T>(MalformationCode.TooLarge);
        }

        if (!Utf8.IsValid(octets.Span))
        {
            return Refused<T>(MalformationCode.NotUtf8);
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(octets, Options);
        }
        catch (JsonException)
        {
            return Refused<T>(IsJson(octets) ? MalformationCode.DuplicateMember : MalformationCode.NotJson);
        }
        catch (InvalidOperationException)
        {
            // The platform compares the names of members, and throws this at one that escapes half a character.
            return Refused<T>(MalformationCode.NotUtf8);
        }

        using (document)
        {
            var faults = new JsonFaults();
            Walk(document.RootElement, faults);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                faults.Add(MalformationCode.WrongType, "");
            }

            if (faults.First is { } early)
            {
                return new Reading<T>(early);
            }

            var fields = new JsonFields(document.RootElement, "", faults);
            var value = read(fields);
            fields.End();
            return faults.First is { } fault ? new Reading<T>(fault) : new Reading<T>(value);
        }
    }

    private static Reading<T> Refused<T>(MalformationCode code)
        where T : class => new(new Malformation(code, ""));

    private static bool IsJson(ReadOnlyMemory<byte> octets)
    {
        try
        {
            using var document = JsonDocument.Parse(octets, Options with { AllowDuplicateProperties = true });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Walk(JsonElement element, JsonFaults faults)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    CheckText(() => member.Name, faults);
                    Walk(member.Value, faults);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Walk(item, faults);
                }

                break;
            case JsonValueKind.Number:
                if (!element.TryGetDouble(out var number) || !(Math.Abs(number) < Largest))
                {
                    faults.Add(MalformationCode.NumberTooLarge, "");
                }

                break;
            case JsonValueKind.String:
                CheckText(element.GetString, faults);
                break;
        }
    }

    /// <summary>An escaped lone surrogate is JSON but no text; reading it throws.</summary>
    private static void CheckText(Func<string?> text, JsonFaults faults)
    {
        try
        {
            _ = text();
        }
        catch (InvalidOperationException)
        {
            faults.Add(MalformationCode.NotUtf8, "");
        }
    }
}

/// <summary>The first thing that was wrong while a document is read.</summary>
internal sealed class JsonFaults
{
    public Malformation? First { get; private set; }

    public void Add(MalformationCode code, string path) => First ??= new Malformation(code, path);
}
