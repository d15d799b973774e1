using System.Text.Json;

namespace Comity.Eng;

/// <summary>Which codes the United Nations and the regions of the M49 standard contain, as cldr-core has it.</summary>
internal sealed class Containment
{
    private readonly Dictionary<string, HashSet<string>> contents = new(StringComparer.Ordinal);

    private Containment() { }

    public IReadOnlySet<string> Members => contents["UN"];

    public static Containment Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var read = new Containment();
        foreach (
            var group in document
                .RootElement.GetProperty("supplemental")
                .GetProperty("territoryContainment")
                .EnumerateObject()
                // What is deprecated is what has ceased to exist.
                .Where(g => !g.Name.EndsWith("-status-deprecated", StringComparison.Ordinal))
        )
        {
            // "002-status-grouping" holds what 002 can be divided into in another way: 202, for example.
            var name = group.Name.Split('-')[0];
            read.contents.TryAdd(name, new HashSet<string>(StringComparer.Ordinal));
            read.contents[name]
                .UnionWith(group.Value.GetProperty("_contains").EnumerateArray().Select(c => c.GetString()!));
        }

        return read;
    }

    public bool Contains(string region, string code) =>
        contents.TryGetValue(region, out var inner) && inner.Contains(code);
}
