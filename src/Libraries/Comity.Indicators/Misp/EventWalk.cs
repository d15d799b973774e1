using System.Text.Json;
using Comity.Indicators.Taking;
using Comity.Indicators.Types;
using Comity.Stix;

namespace Comity.Indicators.Misp;

/// <summary>
/// Walks through MISP JSON from events down to attributes, and remembers the way for what is told. Numbers, times and
/// identifiers of events are passed over; every list and object that is not walked is told.
/// </summary>
internal sealed class EventWalk(Gathering found)
{
    private static readonly string[] Holders = ["Event", "response", "Attribute", "Object"];

    private readonly JsonPath _path = new();

    private SourcePlace Here => new(0, _path.ToString());

    /// <summary>Takes what is there; false when it is nothing of MISP.</summary>
    internal bool Read(JsonElement root)
    {
        if (!IsMisp(root))
        {
            return false;
        }

        Node(root);
        return true;
    }

    private static bool IsMisp(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Array => json.GetArrayLength() == 0 || json.EnumerateArray().Any(IsMisp),
            JsonValueKind.Object => AttributeEntry.Is(json) || Holders.Any(h => json.TryGetProperty(h, out _)),
            _ => false,
        };

    private void Node(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            Each(json, Node);
        }
        else if (AttributeEntry.Is(json))
        {
            Attribute(json, default);
        }
        else if (json.ValueKind == JsonValueKind.Object)
        {
            Members(json, default);
        }
        else
        {
            Unread(json);
        }
    }

    private void Members(JsonElement json, Within within)
    {
        foreach (var member in json.EnumerateObject())
        {
            _path.Enter(member.Name);
            Member(member.Name, member.Value, within);
            _path.Leave();
        }
    }

    private void Member(string name, JsonElement value, Within within)
    {
        switch (name)
        {
            case "Event" or "response":
                Node(value);
                break;
            case "Attribute":
                Each(value, item => Attribute(item, within));
                break;
            case "Object":
                Each(value, Object);
                break;
            case "Org" or "Orgc" when value.TextOf("name") is { Length: > 0 } organisation:
                found.LeaveOut(NameKind.Organisation, organisation, name, Here);
                break;
            case "info" or "comment" when value.ValueKind == JsonValueKind.String:
                Context(value.GetString()!);
                break;
            default:
                Beside(name, value);
                break;
        }
    }

    /// <summary>What may stand beside the members of an event, an object and an attribute alike.</summary>
    private void Beside(string name, JsonElement value)
    {
        switch (name)
        {
            case "Tag":
                Each(value, Tag);
                break;
            case "Galaxy":
                Each(value, galaxy => new ClusterNames(galaxy, Here, found).Take());
                break;
            case "data":
            case var _ when value.ValueKind is JsonValueKind.Array or JsonValueKind.Object:
                Unread(value);
                break;
        }
    }

    private void Object(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Object)
        {
            Members(json, Within.Of(json));
        }
        else
        {
            Unread(json);
        }
    }

    private void Attribute(JsonElement json, Within within)
    {
        if (!AttributeEntry.Is(json))
        {
            Unread(json);
            return;
        }

        AttributeEntry.Of(json, within, Here).Take(found);
        foreach (var member in json.EnumerateObject().Where(m => !m.NameEquals("value")))
        {
            _path.Enter(member.Name);
            Beside(member.Name, member.Value);
            _path.Leave();
        }
    }

    private void Tag(JsonElement json)
    {
        if (json.TextOf("name") is { Length: > 0 } name)
        {
            Tags.Read(name, Here, found);
        }
        else
        {
            Unread(json);
        }
    }

    /// <summary>A list's items, or the one that stands there without a list.</summary>
    private void Each(JsonElement json, Action<JsonElement> read)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            read(json);
            return;
        }

        var index = 0;
        foreach (var item in json.EnumerateArray())
        {
            _path.Enter(index++);
            read(item);
            _path.Leave();
        }
    }

    private void Context(string text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            found.NotUnderstood(PartReason.Context, Here, text);
        }
    }

    private void Unread(JsonElement json)
    {
        if (json.GetRawText() is not ("[]" or "{}" or "null" or "\"\"") and var text)
        {
            found.NotUnderstood(PartReason.Unread, Here, text);
        }
    }
}
