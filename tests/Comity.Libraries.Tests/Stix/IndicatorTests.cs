using Comity.Stix;

namespace Comity.Libraries.Tests.Stix;

public sealed class IndicatorTests
{
    private static readonly string Sha256 = string.Concat(Enumerable.Repeat("0A", 32));

    [Theory]
    [InlineData("[ipv4-addr:value = '192.0.2.1']", IndicatorType.Ipv4, "192.0.2.1")]
    [InlineData("[ipv4-addr:value = '198.51.100.0/24']", IndicatorType.Ipv4, "198.51.100.0/24")]
    [InlineData("[ipv6-addr:value = '2001:db8::1']", IndicatorType.Ipv6, "2001:db8::1")]
    [InlineData("[domain-name:value = 'evil.example']", IndicatorType.Domain, "evil.example")]
    [InlineData("[url:value = 'http://evil.example/a']", IndicatorType.Url, "http://evil.example/a")]
    [InlineData("[email-addr:value = 'a@evil.example']", IndicatorType.Email, "a@evil.example")]
    [InlineData("[email-message:from_ref.value = 'a@evil.example']", IndicatorType.Email, "a@evil.example")]
    [InlineData("[file:name = 'a.exe']", IndicatorType.FileName, "a.exe")]
    [InlineData("[mutex:name = 'm']", IndicatorType.Mutex, "m")]
    [InlineData("[windows-registry-key:key = 'HKLM\\\\x']", IndicatorType.RegistryKey, "HKLM\\x")]
    [InlineData("[network-traffic:dst_ref.value = '203.0.113.9']", IndicatorType.Ipv4, "203.0.113.9")]
    [InlineData("[network-traffic:dst_ref.value = 'evil.example']", IndicatorType.Domain, "evil.example")]
    [InlineData("[autonomous-system:number = 64496]", IndicatorType.AutonomousSystem, "64496")]
    [InlineData("[x509-certificate:serial_number = '00:01']", IndicatorType.Certificate, "00:01")]
    [InlineData("[process:command_line = 'x -y']", IndicatorType.Other, "x -y")]
    public void A_pattern_becomes_a_row_of_its_kind(string pattern, IndicatorType type, string value)
    {
        var row = Assert.Single(Bundles.Read(Bundles.Indicator(pattern)).Indicators);

        Assert.Equal((type, value), (row.Type, row.Value));
        Assert.Equal(pattern, row.Pattern);
        Assert.Equal("2026-01-02T03:04:05Z", row.ValidFrom);
        Assert.Equal(Bundles.Id("indicator"), row.ObjectId);
    }

    [Theory]
    [InlineData("hashes.'SHA-256'", "sha-256")]
    [InlineData("hashes.SHA256", "sha-256")]
    [InlineData("hashes.sha256", "sha-256")]
    public void Hashes_say_their_algorithm_and_are_written_small(string path, string algorithm)
    {
        var row = Assert.Single(Bundles.Read(Bundles.Indicator($"[file:{path} = '{Sha256}']")).Indicators);

        Assert.Equal((IndicatorType.FileHash, algorithm), (row.Type, row.Algorithm));
        Assert.Equal(Sha256.ToLowerInvariant(), row.Value);
    }

    [Fact]
    public void A_set_becomes_one_row_for_each_value()
    {
        var rows = Bundles.Read(Bundles.Indicator("[domain-name:value IN ('a.example','b.example')]")).Indicators;

        Assert.Equal(["a.example", "b.example"], rows.Select(r => r.Value));
        Assert.All(rows, r => Assert.True(r.Alone));
    }

    [Fact]
    public void Templates_expressions_and_networks_keep_their_relation()
    {
        var rows = Bundles
            .Read(
                Bundles.Indicator(
                    "[url:value LIKE '%.example' OR url:value MATCHES '^x' OR ipv4-addr:value ISSUBSET '192.0.2.0/24']"
                )
            )
            .Indicators;

        Assert.Equal(
            [IndicatorRelation.Like, IndicatorRelation.Matches, IndicatorRelation.Within],
            rows.Select(r => r.Relation)
        );
    }

    [Theory]
    [InlineData("[ipv4-addr:value != '192.0.2.1']", NotUnderstoodReason.ComparisonWithoutValue)]
    [InlineData("[ipv4-addr:value NOT = '192.0.2.1']", NotUnderstoodReason.ComparisonWithoutValue)]
    [InlineData("[file:size > 5]", NotUnderstoodReason.ComparisonWithoutValue)]
    [InlineData("[EXISTS file:name]", NotUnderstoodReason.ComparisonWithoutValue)]
    [InlineData("[ipv4-addr:value = '192.0.2.256']", NotUnderstoodReason.OddValue)]
    [InlineData("[file:hashes.MD5 = 'xyz']", NotUnderstoodReason.OddValue)]
    [InlineData("[file:name = ]", NotUnderstoodReason.PatternSyntax)]
    public void What_cannot_be_a_row_is_named_instead(string pattern, NotUnderstoodReason reason)
    {
        var bundle = Bundles.Read(Bundles.Indicator(pattern));

        Assert.Empty(bundle.Indicators);
        var remark = Assert.Single(bundle.NotUnderstood);
        Assert.Equal(reason, remark.Reason);
        Assert.Equal(Bundles.Id("indicator"), remark.ObjectId);
        Assert.Contains(remark.What, pattern, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_in_another_language_is_named_with_its_text()
    {
        var bundle = Bundles.Read(
            Bundles.Object(
                "indicator",
                "\"pattern_type\":\"yara\",\"pattern\":\"rule x {}\",\"valid_from\":\"2026-01-01T00:00:00Z\""
            ),
            Bundles.Object("indicator", "\"pattern_type\":\"stix\",\"valid_from\":\"2026-01-01T00:00:00Z\"", 2)
        );

        Assert.Equal(
            [(NotUnderstoodReason.PatternLanguage, "rule x {}"), (NotUnderstoodReason.NoPattern, "")],
            bundle.NotUnderstood.Select(n => (n.Reason, n.What))
        );
    }

    [Fact]
    public void A_pattern_longer_than_the_bound_is_named()
    {
        var pattern = "[file:name = '" + new string('a', StixLimits.PatternLength) + "']";

        Assert.Equal(
            NotUnderstoodReason.PatternTooLong,
            Assert.Single(Bundles.Read(Bundles.Indicator(pattern)).NotUnderstood).Reason
        );
    }

    [Fact]
    public void Observables_become_rows_too()
    {
        var bundle = Bundles.Read(
            Bundles.Object("ipv4-addr", "\"value\":\"192.0.2.9\""),
            Bundles.Object("file", $"\"name\":\"a.exe\",\"hashes\":{{\"SHA-256\":\"{Sha256}\",\"MD5\":\"bad\"}}"),
            Bundles.Object("autonomous-system", "\"number\":64496"),
            Bundles.Object(
                "observed-data",
                "\"number_observed\":1,\"objects\":{\"0\":{\"type\":\"domain-name\",\"value\":\"a.example\"}}"
            )
        );

        Assert.Equal(
            ["192.0.2.9", Sha256.ToLowerInvariant(), "a.exe", "64496", "a.example"],
            bundle.Indicators.Select(r => r.Value)
        );
        Assert.All(bundle.Indicators, r => Assert.Null(r.Pattern));
        Assert.Equal("hashes.MD5", Assert.Single(bundle.NotUnderstood).Place);
    }

    [Fact]
    public void A_revoked_indicator_says_so()
    {
        var bundle = Bundles.Read(
            Bundles.Object(
                "indicator",
                "\"revoked\":true,\"pattern_type\":\"stix\",\"pattern\":\"[file:name = 'a']\",\"valid_from\":\"2026-01-01T00:00:00Z\""
            )
        );

        Assert.True(Assert.Single(bundle.Indicators).Revoked);
    }
}
