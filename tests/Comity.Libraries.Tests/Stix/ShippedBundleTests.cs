using System.Net;
using System.Text;
using System.Text.Json;
using Comity.Stix;

namespace Comity.Libraries.Tests.Stix;

/// <summary>Holds the demonstration's bundle against what docs/demonstration.md says of it.</summary>
public sealed class ShippedBundleTests
{
    private static readonly IPNetwork[] Documentation =
    [
        IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"),
        IPNetwork.Parse("2001:db8::/32"),
    ];

    private static StixBundle Read() => StixBundle.Read(Bundles.Shipped()).Bundle!;

    [Fact]
    public void It_shows_every_kind_of_row()
    {
        var types = Read().Indicators.Select(r => r.Type).ToHashSet();

        Assert.Equal(
            [IndicatorType.Ipv4, IndicatorType.Ipv6, IndicatorType.Domain, IndicatorType.Url, IndicatorType.FileHash],
            types.Order()
        );
        Assert.Equal(["CVE-2019-12989", "CVE-2019-12991"], Read().Vulnerabilities.Select(v => v.CveId));
        Assert.Single(Read().Malware);
    }

    [Fact]
    public void Its_hosts_are_documentation_addresses_and_reserved_names()
    {
        foreach (var row in Read().Indicators)
        {
            var host = row.Type == IndicatorType.Url ? new Uri(row.Value).Host : row.Value;
            Assert.True(
                row.Type switch
                {
                    IndicatorType.FileHash => row.Algorithm == "sha-256",
                    IndicatorType.Ipv4 or IndicatorType.Ipv6 => Documentation.Any(n =>
                        n.Contains(IPAddress.Parse(host))
                    ),
                    _ => host.EndsWith(".example", StringComparison.Ordinal),
                },
                row.Value
            );
        }
    }

    [Fact]
    public void Every_fact_names_its_source()
    {
        foreach (var found in Read().Objects.Where(o => o.Type is "malware" or "vulnerability" || IsHash(o)))
        {
            Assert.Contains(
                found.Json.GetProperty("external_references").EnumerateArray(),
                r => r.GetProperty("url").GetString()!.StartsWith("https://github.com/", StringComparison.Ordinal)
            );
        }

        static bool IsHash(StixObject o) =>
            o.Type == "indicator" && o.Json.GetRawText().Contains("hashes", StringComparison.Ordinal);
    }

    [Fact]
    public void It_names_one_invented_team_and_nobody_else()
    {
        var names = Read().NamesFound;

        Assert.Equal(["QM national response team"], names.Select(n => n.Name).Distinct());
        Assert.Contains(names, n => n.Kind == NameKind.Author);
        Assert.Contains(
            names,
            n => n.Where == "description" && n.ObjectId.StartsWith("relationship--", StringComparison.Ordinal)
        );
        var without = Read().WithoutNames(new HashSet<string>());
        Assert.DoesNotContain("response team", Encoding.UTF8.GetString(without.Octets), StringComparison.Ordinal);
        Assert.Empty(without.Remaining);
    }

    [Fact]
    public void It_has_one_extension_that_is_named_and_kept()
    {
        var remark = Assert.Single(Read().NotUnderstood);

        Assert.Equal(NotUnderstoodReason.UnknownExtension, remark.Reason);
        Assert.Contains(
            remark.What,
            Encoding.UTF8.GetString(Read().WithoutNames(new HashSet<string>()).Octets),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void All_its_references_lead_to_its_own_objects()
    {
        using var json = JsonDocument.Parse(Bundles.Shipped());
        var ids = Read().Objects.Select(o => o.Id).ToHashSet();
        var references = json
            .RootElement.GetProperty("objects")
            .EnumerateArray()
            .SelectMany(o => o.EnumerateObject())
            .Where(m =>
                m.Name.EndsWith("_ref", StringComparison.Ordinal) || m.Name.EndsWith("_refs", StringComparison.Ordinal)
            )
            .SelectMany(m =>
                m.Value.ValueKind == JsonValueKind.Array
                    ? m.Value.EnumerateArray().Select(i => i.GetString()!)
                    : [m.Value.GetString()!]
            );

        Assert.Subset(ids, references.ToHashSet());
    }
}
