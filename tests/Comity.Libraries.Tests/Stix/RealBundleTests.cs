using System.Text;
using System.Text.Json;
using Comity.Stix;

namespace Comity.Libraries.Tests.Stix;

public sealed class RealBundleTests
{
    private static readonly string[] Naming = ["threat-actor", "intrusion-set", "campaign", "identity", "location"];

    [Theory]
    [InlineData("poisonivy.json")]
    [InlineData("apt1.json")]
    public void Every_pattern_of_a_real_report_is_a_row_or_is_named(string file)
    {
        var octets = Bundles.Real(file);
        var bundle = StixBundle.Read(octets).Bundle!;

        // Counted without the library: all quoted values of all patterns.
        using var json = JsonDocument.Parse(octets);
        var patterns = json
            .RootElement.GetProperty("objects")
            .EnumerateArray()
            .Where(o => o.GetProperty("type").GetString() == "indicator")
            .ToDictionary(o => o.GetProperty("id").GetString()!, o => o.GetProperty("pattern").GetString()!);
        var accounted = bundle
            .Indicators.Select(r => r.ObjectId)
            .Concat(bundle.NotUnderstood.Select(n => n.ObjectId))
            .ToHashSet();

        Assert.NotEmpty(patterns);
        Assert.Subset(accounted, patterns.Keys.ToHashSet());
        foreach (var (id, pattern) in patterns)
        {
            var rows = bundle.Indicators.Where(r => r.ObjectId == id).ToList();
            var remarks = bundle.NotUnderstood.Count(n => n.ObjectId == id && n.Place == "pattern");
            Assert.Equal(pattern.Count(c => c == '\'') / 2, rows.Count + remarks);
            Assert.All(rows, r => Assert.Contains($"'{r.Value}'", pattern, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [InlineData("poisonivy.json")]
    [InlineData("apt1.json")]
    public void Every_name_of_a_real_report_is_listed_and_none_is_left_after_removal(string file)
    {
        var octets = Bundles.Real(file);
        var bundle = StixBundle.Read(octets).Bundle!;
        using var json = JsonDocument.Parse(octets);
        var naming = json
            .RootElement.GetProperty("objects")
            .EnumerateArray()
            .Where(o => Naming.Contains(o.GetProperty("type").GetString()))
            .ToList();
        var names = naming
            .Select(o => o.GetProperty("name").GetString()!)
            .Concat(
                naming.SelectMany(o =>
                    o.TryGetProperty("aliases", out var aliases)
                        ? aliases.EnumerateArray().Select(a => a.GetString()!)
                        : []
                )
            )
            .Distinct()
            .ToList();

        Assert.NotEmpty(names);
        Assert.Subset(bundle.NamesFound.Select(n => n.Name).ToHashSet(), names.ToHashSet());

        var without = bundle.WithoutNames(new HashSet<string>());
        var text = Encoding.UTF8.GetString(without.Octets);
        Assert.All(names, n => Assert.DoesNotContain(n, text, StringComparison.OrdinalIgnoreCase));
        Assert.All(
            naming,
            o => Assert.DoesNotContain(o.GetProperty("id").GetString()!, text, StringComparison.Ordinal)
        );
        Assert.Empty(without.Remaining);

        var again = StixBundle.Read(without.Octets).Bundle!;
        Assert.Empty(again.NamesFound);
        Assert.Equal(
            bundle.Indicators.Select(r => (r.Type, r.Value, r.ObjectId)),
            again.Indicators.Select(r => (r.Type, r.Value, r.ObjectId))
        );
    }
}
