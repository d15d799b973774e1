using System.Text.Json;

namespace Comity.Stix.Names;

/// <summary>How objects point to each other, and which ones cannot stand when what they point to is gone.</summary>
internal static class References
{
    internal static bool IsReference(string member) =>
        member.EndsWith("_ref", StringComparison.Ordinal) || member.EndsWith("_refs", StringComparison.Ordinal);

    /// <summary>Single references that the type requires.</summary>
    private static string[] Required(string type) =>
        type switch
        {
            "relationship" => ["source_ref", "target_ref"],
            "sighting" => ["sighting_of_ref"],
            "language-content" => ["object_ref"],
            _ => [],
        };

    /// <summary>Types that require at least one of their object_refs.</summary>
    private static bool RequiresOne(string type) => type is "report" or "grouping" or "note" or "opinion";

    /// <summary>
    /// The ids of <paramref name="gone"/> together with those of all objects that cannot stand without them, and so on.
    /// </summary>
    internal static HashSet<string> WithDependants(
        IReadOnlyList<StixObject> objects,
        IEnumerable<string> gone,
        Func<string, bool> isGoneElsewhere
    )
    {
        var needers = new Dictionary<string, List<StixObject>>(StringComparer.Ordinal);
        var left = new Dictionary<string, int>(StringComparer.Ordinal);
        HashSet<string> all = new(gone, StringComparer.Ordinal);
        Queue<string> toDo = new(all);
        foreach (var found in objects)
        {
            foreach (var target in Required(found.Type).Select(m => found.Json.TextOf(m)).OfType<string>())
            {
                Note(target, found);
            }

            if (RequiresOne(found.Type))
            {
                var targets = found.Json.TextsOf("object_refs").Distinct(StringComparer.Ordinal).ToList();
                // An older version of the same object may stand in the bundle too; the sum then errs towards keeping.
                left[found.Id] = left.GetValueOrDefault(found.Id) + targets.Count;
                targets.ForEach(t => Note(t, found));
            }
        }

        while (toDo.TryDequeue(out var id))
        {
            foreach (var found in needers.GetValueOrDefault(id, []))
            {
                if ((!RequiresOne(found.Type) || --left[found.Id] == 0) && all.Add(found.Id))
                {
                    toDo.Enqueue(found.Id);
                }
            }
        }

        return all;

        void Note(string target, StixObject needer)
        {
            if (!needers.TryGetValue(target, out var list))
            {
                needers.Add(target, list = []);
                if (isGoneElsewhere(target) && all.Add(target))
                {
                    toDo.Enqueue(target);
                }
            }

            list.Add(needer);
        }
    }

    /// <summary>The texts of a reference member: one, or the list's, however deep it lies.</summary>
    internal static IEnumerable<string> Targets(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => value.EnumerateArray().SelectMany(Targets),
            _ => [],
        };
}
