using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Comity.Stix.Names;

/// <summary>Writes a bundle anew without names that nobody confirmed.</summary>
internal sealed class NameRemoval
{
    private static readonly HashSet<string> Technical =
    [
        "type",
        "id",
        "spec_version",
        "pattern",
        "pattern_type",
        "hashes",
    ];

    private static readonly string[] SourceMembers = ["source_name", "url", "external_id"];

    private readonly StixBundle _bundle;
    private readonly IReadOnlySet<string> _confirmed;
    private readonly NamesToLeaveOut _names;
    private readonly JsonPath _path = new();
    private readonly List<NameFound> _members = [];
    private readonly List<NameFound> _texts = [];
    private readonly List<NameFound> _remaining = [];
    private string _id = "";

    internal NameRemoval(StixBundle bundle, IReadOnlySet<string> confirmed)
    {
        _bundle = bundle;
        _confirmed = confirmed;
        _names = new NamesToLeaveOut(bundle, confirmed);
    }

    internal NamesLeftOut Write()
    {
        var octets = new ArrayBufferWriter<byte>(_bundle.Octets.Length + 1024);
        var options = new JsonWriterOptions
        {
            Indented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (var writer = new Utf8JsonWriter(octets, options))
        {
            writer.WriteStartObject();
            foreach (var member in _bundle.Json.EnumerateObject())
            {
                _id = _bundle.Id;
                if (member.NameEquals("objects") && member.Value.ValueKind == JsonValueKind.Array)
                {
                    Objects(writer);
                }
                else
                {
                    Member(writer, member, technical: false);
                }
            }

            writer.WriteEndObject();
        }

        octets.Write("\n"u8);
        var left = _bundle.Objects.Select(o => o.Id).Where(_names.IsLeftOut).Distinct(StringComparer.Ordinal);
        return new NamesLeftOut(octets.WrittenSpan.ToArray(), [.. left], _members, _texts, _remaining);
    }

    private void Objects(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("objects");
        foreach (var found in _bundle.Objects.Where(o => !_names.IsLeftOut(o.Id)))
        {
            _id = found.Id;
            writer.WriteStartObject();
            foreach (var member in found.Json.EnumerateObject())
            {
                Member(
                    writer,
                    member,
                    Vocabulary.IsObservable(found.Type)
                        || (found.Type == "observed-data" && member.NameEquals("objects"))
                );
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void Member(Utf8JsonWriter writer, JsonProperty member, bool technical)
    {
        var name = member.Name;
        _path.Enter(name);
        technical |= Technical.Contains(name);
        if (References.IsReference(name))
        {
            Reference(writer, name, member.Value);
        }
        else if (!technical && _names.Find(name) is [var inName, ..])
        {
            // Nothing neutral can be put in place of a member's name.
            LeaveOut(inName);
        }
        else if (name == "authors" && member.Value.ValueKind == JsonValueKind.Array && !_confirmed.Contains(_id))
        {
            _members.AddRange(
                member
                    .Value.EnumerateArray()
                    .Select(a => new NameFound(NameKind.Person, a.ToString(), _id, "authors", _id))
            );
        }
        else if (name == "external_references" && member.Value.ValueKind == JsonValueKind.Array)
        {
            Sources(writer, member.Value);
        }
        else
        {
            writer.WritePropertyName(name);
            Value(writer, member.Value, technical);
        }

        _path.Leave();
    }

    private void Value(Utf8JsonWriter writer, JsonElement value, bool technical)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    Member(writer, member, technical);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    _path.Enter(index++);
                    Value(writer, item, technical);
                    _path.Leave();
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Text(value.GetString()!, technical));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private void Reference(Utf8JsonWriter writer, string name, JsonElement value)
    {
        var targets = References.Targets(value).ToList();
        var gone = targets.Where(_names.IsGone).ToList();
        _members.AddRange(
            gone.Select(t => new NameFound(
                name == "created_by_ref" ? NameKind.Author : NameKind.Reference,
                t,
                _id,
                _path.ToString(),
                t
            ))
        );
        if (gone.Count == 0 || gone.Count < targets.Count)
        {
            writer.WritePropertyName(name);
            Kept(writer, value);
        }
    }

    // A list within a list, or an object, has no place in a reference; what it holds counts all the same.
    private void Kept(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                writer.WriteStartArray();
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    _path.Enter(index++);
                    if (item.ValueKind != JsonValueKind.String || !_names.IsGone(item.GetString()!))
                    {
                        Kept(writer, item);
                    }

                    _path.Leave();
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Object:
                Value(writer, value, technical: false);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    // A source or web address that carries a name is of no use with a mark in it: the whole reference goes.
    private void Sources(Utf8JsonWriter writer, JsonElement list)
    {
        var kept = new List<(JsonElement Source, int Index)>();
        foreach (var (source, index) in list.EnumerateArray().Select((s, i) => (s, i)))
        {
            _path.Enter(index);
            var hits = SourceMembers.Select(m => source.TextOf(m)).OfType<string>().SelectMany(_names.Find).ToList();
            if (hits.Count > 0)
            {
                LeaveOut(hits[0]);
            }
            else
            {
                kept.Add((source, index));
            }

            _path.Leave();
        }

        if (kept.Count == 0 && list.GetArrayLength() > 0)
        {
            return;
        }

        writer.WriteStartArray("external_references");
        foreach (var (source, index) in kept)
        {
            _path.Enter(index);
            Value(writer, source, technical: false);
            _path.Leave();
        }

        writer.WriteEndArray();
    }

    private string Text(string text, bool technical)
    {
        var hits = _names.Find(text);
        if (hits.Count == 0)
        {
            return text;
        }

        var where = _path.ToString();
        (technical ? _remaining : _texts).AddRange(hits.Select(h => Found(h, where)));
        if (technical)
        {
            return text;
        }

        var marked = new StringBuilder();
        var at = 0;
        foreach (var hit in hits)
        {
            marked.Append(text, at, hit.Start - at).Append(StixBundle.Mark);
            at = hit.Start + hit.Length;
        }

        return marked.Append(text, at, text.Length - at).ToString();
    }

    private void LeaveOut(NameHit hit) => _members.Add(Found(hit, _path.ToString()));

    private NameFound Found(NameHit hit, string where) =>
        new(hit.Name.Kind, hit.Name.Name, _id, where, hit.Name.CarrierId);
}
