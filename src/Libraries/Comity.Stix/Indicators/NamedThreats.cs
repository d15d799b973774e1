using System.Text.RegularExpressions;

namespace Comity.Stix.Indicators;

/// <summary>CVE ids of vulnerability objects and names of malware objects.</summary>
internal static partial class NamedThreats
{
    internal static void Add(StixObject found, Findings findings)
    {
        if (found.Type == "malware" && found.Name is { Length: > 0 } name)
        {
            findings.Malware.Add(new MalwareNamed(name, [.. found.Json.TextsOf("aliases")], found.Id));
        }

        if (found.Type == "vulnerability")
        {
            // Clause 4.19: an external reference "cve" carries the id; the name often repeats it.
            var ids = found
                .Json.ListOf("external_references")
                .Where(r => string.Equals(r.TextOf("source_name"), "cve", StringComparison.OrdinalIgnoreCase))
                .Select(r => r.TextOf("external_id"))
                .Append(found.Name)
                .OfType<string>()
                .Where(id => CveId().IsMatch(id))
                .Select(id => id.ToUpperInvariant())
                .Distinct(StringComparer.Ordinal);
            findings.Vulnerabilities.AddRange(ids.Select(id => new VulnerabilityNamed(id, found.Id)));
        }
    }

    [GeneratedRegex("^CVE-[0-9]{4}-[0-9]{4,19}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CveId();
}
