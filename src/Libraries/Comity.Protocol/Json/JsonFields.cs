using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Comity.Protocol;

internal delegate bool TryParse<T>(string? text, out T value);

/// <summary>
/// The members of one JSON object, read one by one. What is wrong is noted, and reading goes on with empty values, so
/// that a reader is a plain list of members. Members that nobody asks for are tolerated unless <c>critical</c> names them.
/// </summary>
internal sealed class JsonFields(JsonElement element, string path, JsonFaults faults)
{
    private const int MaxCritical = 32;
    private const int MaxKey = 100;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal) { "critical" };

    public void Fault(MalformationCode code, string name) => faults.Add(code, At(name));

    /// <summary>One line: what could look like another line, or turn a line around, is refused.</summary>
    public string Text(string name, int maxLength) => TextOrNull(name, maxLength) ?? Missing(name, "");

    public string? TextOrNull(string name, int maxLength) =>
        Find(name) is { } found ? ReadText(found, name, maxLength) : null;

    /// <summary>What people write in lines of their own.</summary>
    public string Prose(string name, int maxLength) => ProseOrNull(name, maxLength) ?? Missing(name, "");

    public string? ProseOrNull(string name, int maxLength) =>
        Find(name) is { } found ? ReadProse(found, name, maxLength) : null;

    public bool Flag(string name)
    {
        switch (Find(name)?.ValueKind)
        {
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            case null:
                return Missing(name, false);
            default:
                Fault(MalformationCode.WrongType, name);
                return false;
        }
    }

    public bool? FlagOrNull(string name) => Find(name) is null ? null : Flag(name);

    public long Whole(string name, long least, long most)
    {
        if (Find(name) is not { } found)
        {
            return Missing(name, least);
        }

        if (found.ValueKind != JsonValueKind.Number || !found.TryGetInt64(out var number))
        {
            Fault(MalformationCode.WrongType, name);
            return least;
        }

        if (number < least || number > most)
        {
            Fault(MalformationCode.BadValue, name);
            return least;
        }

        return number;
    }

    public T Parsed<T>(string name, TryParse<T> parse)
        where T : struct => ParsedOrNull(name, parse) ?? Missing(name, default(T));

    public T? ParsedOrNull<T>(string name, TryParse<T> parse)
        where T : struct => Find(name) is { } found ? Parse(found, name, parse) : null;

    public DateTime Instant(string name) => Parsed<DateTime>(name, Instants.TryParse);

    public DateTime? InstantOrNull(string name) => ParsedOrNull<DateTime>(name, Instants.TryParse);

    public ReadOnlyMemory<byte> Octets(string name, int maxOctets) =>
        OctetsOrNull(name, maxOctets) ?? Missing(name, ReadOnlyMemory<byte>.Empty);

    public ReadOnlyMemory<byte>? OctetsOrNull(string name, int maxOctets)
    {
        if (Find(name) is not { } found)
        {
            return null;
        }

        return ReadOctets(found, name, maxOctets);
    }

    public IReadOnlyList<ReadOnlyMemory<byte>> OctetsList(string name, int maxCount, int maxOctets) =>
        Items(name, maxCount, (item, at) => ReadOctets(item, at, maxOctets));

    public IReadOnlyList<string> Texts(string name, int maxCount, int maxLength) =>
        Items(name, maxCount, (item, at) => ReadText(item, at, maxLength));

    public IReadOnlyList<string> Proses(string name, int maxCount, int maxLength) =>
        Items(name, maxCount, (item, at) => ReadProse(item, at, maxLength));

    public IReadOnlyList<T> ParsedList<T>(string name, int maxCount, TryParse<T> parse)
        where T : struct => Items(name, maxCount, (item, at) => Parse(item, at, parse));

    /// <summary>What is no object is noted and left out: who checks the list as a whole finds no gap in it.</summary>
    public IReadOnlyList<T> Objects<T>(string name, int maxCount, Func<JsonFields, T> read)
        where T : class => [.. Items(name, maxCount, (item, at) => ReadObject(item, at, read)).OfType<T>()];

    public IReadOnlyList<int> Wholes(string name, int maxCount) =>
        Items(
            name,
            maxCount,
            (item, at) =>
            {
                if (item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var number))
                {
                    return number;
                }

                Fault(MalformationCode.WrongType, at);
                return 0;
            }
        );

    /// <summary>The exact octets of each object of a list, as they stand in the document.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Exact(string name, int maxCount) => Items(name, maxCount, ReadExact);

    /// <summary>The exact octets of an object member, as they stand in the document.</summary>
    public ReadOnlyMemory<byte> ExactObject(string name) =>
        Find(name) is { } found ? ReadExact(found, name) : Missing(name, ReadOnlyMemory<byte>.Empty);

    public T? Object<T>(string name, Func<JsonFields, T> read)
        where T : class => ObjectOrNull(name, read) ?? Missing<T?>(name, null);

    public T? ObjectOrNull<T>(string name, Func<JsonFields, T> read)
        where T : class => Find(name) is { } found ? ReadObject(found, name, read) : null;

    public bool Has(string name) => Find(name) is not null;

    public IReadOnlyDictionary<string, string> Map(string name, int maxCount, int maxLength)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Find(name) is not { } found)
        {
            return Missing(name, map);
        }

        if (found.ValueKind != JsonValueKind.Object)
        {
            Fault(MalformationCode.WrongType, name);
            return map;
        }

        if (found.GetPropertyCount() > maxCount)
        {
            Fault(MalformationCode.TooMany, name);
            return map;
        }

        foreach (var member in found.EnumerateObject())
        {
            if (member.Name.Length is 0 or > MaxKey || !TextRules.IsLine(member.Name))
            {
                Fault(MalformationCode.BadValue, name);
            }

            map[member.Name] = ReadText(member.Value, $"{name}.…", maxLength);
        }

        return map;
    }

    public void End()
    {
        if (!element.TryGetProperty("critical", out _))
        {
            return;
        }

        if (Texts("critical", MaxCritical, 100).Any(name => !asked.Contains(name)))
        {
            Fault(MalformationCode.UnknownCritical, "critical");
        }
    }

    private string At(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private JsonElement? Find(string name)
    {
        asked.Add(name);
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found) ? found : null;
    }

    private T Missing<T>(string name, T value)
    {
        Fault(MalformationCode.MissingMember, name);
        return value;
    }

    private string ReadText(JsonElement found, string name, int maxLength) =>
        ReadString(found, name, maxLength, TextRules.IsLine);

    private string ReadProse(JsonElement found, string name, int maxLength) =>
        ReadString(found, name, maxLength, TextRules.IsProse);

    private string ReadString(JsonElement found, string name, int maxLength, Func<string, bool> isGood)
    {
        if (found.ValueKind != JsonValueKind.String)
        {
            Fault(MalformationCode.WrongType, name);
            return "";
        }

        var text = found.GetString()!;
        if (text.Length > maxLength)
        {
            Fault(MalformationCode.TooLong, name);
        }
        else if (text.Length == 0 || !isGood(text))
        {
            Fault(MalformationCode.BadValue, name);
        }

        return text;
    }

    private T Parse<T>(JsonElement found, string name, TryParse<T> parse)
    {
        var text = ReadText(found, name, 200);
        if (!parse(text, out var value))
        {
            Fault(MalformationCode.BadValue, name);
        }

        return value;
    }

    private ReadOnlyMemory<byte> ReadOctets(JsonElement found, string name, int maxOctets)
    {
        var text = ReadText(found, name, Base64Url.GetEncodedLength(maxOctets));
        if (!Base64Url.IsValid(text) || text.Any(c => char.IsWhiteSpace(c) || c is '=' or '%'))
        {
            Fault(MalformationCode.BadValue, name);
            return default;
        }

        var octets = Base64Url.DecodeFromChars(text);
        if (!string.Equals(Base64Url.EncodeToString(octets), text, StringComparison.Ordinal))
        {
            // Unused bits that are not zero would let two texts stand for the same octets.
            Fault(MalformationCode.BadValue, name);
        }

        return octets;
    }

    private ReadOnlyMemory<byte> ReadExact(JsonElement found, string name)
    {
        if (found.ValueKind != JsonValueKind.Object)
        {
            Fault(MalformationCode.WrongType, name);
            return default;
        }

        return JsonMarshal.GetRawUtf8Value(found).ToArray();
    }

    private T? ReadObject<T>(JsonElement found, string name, Func<JsonFields, T> read)
        where T : class
    {
        if (found.ValueKind != JsonValueKind.Object)
        {
            Fault(MalformationCode.WrongType, name);
            return null;
        }

        var inner = new JsonFields(found, At(name), faults);
        var value = read(inner);
        inner.End();
        return value;
    }

    private List<T> Items<T>(string name, int maxCount, Func<JsonElement, string, T> read)
    {
        if (Find(name) is not { } found)
        {
            return [];
        }

        if (found.ValueKind != JsonValueKind.Array)
        {
            Fault(MalformationCode.WrongType, name);
            return [];
        }

        if (found.GetArrayLength() > maxCount)
        {
            Fault(MalformationCode.TooMany, name);
            return [];
        }

        return
        [
            .. found
                .EnumerateArray()
                .Select((item, index) => read(item, string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]"))),
        ];
    }
}
