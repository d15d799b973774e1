using System.Text.Json;

namespace Comity.Stix;

/// <summary>Names what the standard does not define, and what stands twice.</summary>
internal static class Understanding
{
    internal static void Add(StixObject found, Findings findings)
    {
        if (!HasForm(found.Id, found.Type))
        {
            findings.Add(new NotUnderstood(NotUnderstoodReason.OddIdentifier, found.Id, "id", found.Id));
        }

        if (Vocabulary.MembersOf(found.Type) is null)
        {
            findings.Add(new NotUnderstood(NotUnderstoodReason.UnknownType, found.Id, "type", found.Type));
        }

        var version = found.Json.TryGetProperty("spec_version", out var stated) ? stated.ToString() : null;
        if (version is null ? !Vocabulary.IsObservable(found.Type) : version != "2.1")
        {
            findings.Add(new NotUnderstood(NotUnderstoodReason.OtherVersion, found.Id, "spec_version", version ?? ""));
        }

        AddMembers(found.Id, found.Type, found.Json, findings);
    }

    internal static void AddMembers(string id, string type, JsonElement json, Findings findings)
    {
        if (Vocabulary.MembersOf(type) is { } known)
        {
            foreach (var member in json.EnumerateObject())
            {
                if (findings.Full)
                {
                    return;
                }

                if (!known.Contains(member.Name))
                {
                    findings.Add(new NotUnderstood(NotUnderstoodReason.UnknownMember, id, member.Name, member.Name));
                }
            }
        }

        if (json.TryGetProperty("extensions", out var extensions) && extensions.ValueKind == JsonValueKind.Object)
        {
            foreach (var extension in extensions.EnumerateObject())
            {
                if (!Vocabulary.IsKnownExtension(extension.Name) && !findings.Full)
                {
                    findings.Add(
                        new NotUnderstood(
                            NotUnderstoodReason.UnknownExtension,
                            id,
                            "extensions." + extension.Name,
                            extension.Name
                        )
                    );
                }
            }
        }

        AddDuplicates(id, json, new JsonPath(), type == "bundle", findings);
    }

    private static void AddDuplicates(string id, JsonElement json, JsonPath path, bool isBundle, Findings findings)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in json.EnumerateArray())
            {
                path.Enter(index++);
                AddDuplicates(id, item, path, false, findings);
                path.Leave();
            }
        }
        else if (json.ValueKind == JsonValueKind.Object)
        {
            HashSet<string> seen = new(StringComparer.Ordinal);
            foreach (var member in json.EnumerateObject())
            {
                path.Enter(member.Name);
                if (!seen.Add(member.Name) && !findings.Full)
                {
                    findings.Add(
                        new NotUnderstood(NotUnderstoodReason.DuplicateMember, id, path.ToString(), member.Name)
                    );
                }

                // The bundle's objects are looked at one by one.
                if (!isBundle || member.Name != "objects")
                {
                    AddDuplicates(id, member.Value, path, false, findings);
                }

                path.Leave();
            }
        }
    }

    private static bool HasForm(string id, string type) =>
        id.Length == type.Length + 38
        && id.StartsWith(type, StringComparison.Ordinal)
        && id.AsSpan(type.Length, 2) is "--"
        && Guid.TryParseExact(id.AsSpan(type.Length + 2), "D", out _);
}
