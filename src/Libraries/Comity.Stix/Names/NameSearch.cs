using System.Text.Json;

namespace Comity.Stix.Names;

/// <summary>Lists the names in naming objects, the references to these, and the same names in all other text.</summary>
internal sealed class NameSearch
{
    private readonly Findings _findings;
    private readonly NameTree _tree = new(StixLimits.NameSteps);
    private readonly Dictionary<string, string> _nameById = new(StringComparer.Ordinal);
    private readonly JsonPath _path = new();
    private readonly HashSet<(string Where, string Name)> _listed = [];

    private NameSearch(Findings findings) => _findings = findings;

    /// <summary>Adds all names of the bundle; false when that would cost too much.</summary>
    internal static bool Add(StixBundle bundle, Findings findings) => new NameSearch(findings).Run(bundle);

    private bool Run(StixBundle bundle)
    {
        foreach (var found in bundle.Objects)
        {
            foreach (var (name, where) in Naming.NamesOf(found))
            {
                _nameById.TryAdd(found.Id, name);
                var carried = new CarriedName(Naming.KindOf(found), name, found.Id);
                if (!Naming.FormsOf(name, where).All(form => _tree.Add(form, carried)))
                {
                    return false;
                }
            }
        }

        foreach (var found in bundle.Objects)
        {
            _listed.Clear();
            foreach (var (name, where) in Naming.NamesOf(found))
            {
                _listed.Add((where, name));
                _findings.Add(new NameFound(Naming.KindOf(found), name, found.Id, where, found.Id));
            }

            if (!Walk(found, found.Id, found.Json, ""))
            {
                return false;
            }
        }

        _listed.Clear();
        return bundle.Json.EnumerateObject().All(m => m.NameEquals("objects") || Member(null, bundle.Id, m));
    }

    private bool Walk(StixObject? found, string id, JsonElement json, string member)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                return json.EnumerateObject().All(m => Member(found, id, m));
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in json.EnumerateArray())
                {
                    _path.Enter(index++);
                    var done = Walk(found, id, item, member);
                    _path.Leave();
                    if (!done)
                    {
                        return false;
                    }
                }

                return true;
            case JsonValueKind.String when References.IsReference(member):
                Reference(found, id, member, json.GetString()!);
                break;
            case JsonValueKind.String when member is not ("type" or "id"):
                Text(id, json.GetString()!);
                break;
        }

        return !_findings.Full && !_tree.IsExhausted;
    }

    private bool Member(StixObject? found, string id, JsonProperty member)
    {
        var name = member.Name;
        _path.Enter(name);
        Text(id, name);
        var done = Walk(found, id, member.Value, name);
        _path.Leave();
        return done;
    }

    private void Reference(StixObject? found, string id, string member, string target)
    {
        // Of the relationship itself; within it, somebody else's member may be called so.
        var attribution = found is not null && Naming.IsAttribution(found) && _path.ToString() is "target_ref";
        if (!attribution && !Naming.IsNamingId(target))
        {
            return;
        }

        var kind =
            attribution ? NameKind.Attribution
            : member == "created_by_ref" ? NameKind.Author
            : NameKind.Reference;
        _findings.Add(new NameFound(kind, _nameById.GetValueOrDefault(target, target), id, _path.ToString(), target));
    }

    private void Text(string id, string text)
    {
        foreach (var hit in _tree.Find(text))
        {
            var where = _path.ToString();
            if (_listed.Add((where, hit.Name.Name)))
            {
                _findings.Add(new NameFound(hit.Name.Kind, hit.Name.Name, id, where, hit.Name.CarrierId));
            }
        }
    }
}
