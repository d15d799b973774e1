using Comity.Stix.Patterns;

namespace Comity.Libraries.Tests.Stix;

public sealed class PatternTests
{
    [Theory]
    [InlineData("[ipv4-addr:value = '192.0.2.1']")]
    [InlineData("[file:hashes.'SHA-256' = 'ab' AND file:size > 10]")]
    [InlineData("[file:hashes.MD5 == 'x' OR (file:name LIKE '%.exe' AND file:size >= 1.5)]")]
    [InlineData("[process:arguments[*] MATCHES '^a\\\\d'] FOLLOWEDBY [process:pid IN (1, 2, -3)]")]
    [InlineData("([a:b = 'x'] AND [c:d <> 'y']) OR [e:f != true] WITHIN 300 SECONDS")]
    [InlineData("[a:b = 'x'] START t'2026-01-01T00:00:00Z' STOP t'2026-01-02T00:00:00Z'")]
    [InlineData("[a:b = 'x'] REPEATS 5 TIMES WITHIN 1.5 SECONDS")]
    [InlineData("[NOT EXISTS windows-registry-key:values[0].data OR a:b NOT IN ('x')]")]
    [InlineData("[ipv4-addr:value ISSUBSET '198.51.100.0/24' AND ipv4-addr:value NOT ISSUPERSET '203.0.113.0/24']")]
    [InlineData("[a:b.'c d'.e_ref.value = b'AA==' AND a:h = h'00ff']")]
    [InlineData(" [ a:b = 'it\\'s' ] /* why */ // and more")]
    [InlineData("[file:extensions.'windows-pebinary-ext'.sections[0].entropy > 7.0]")]
    public void Patterns_of_the_grammar_are_read(string pattern) => Assert.NotNull(StixPattern.Read(pattern).Pattern);

    [Theory]
    [InlineData("", 0)]
    [InlineData("ipv4-addr:value = '192.0.2.1'", 0)]
    [InlineData("[ipv4-addr:value = '192.0.2.1'", 30)]
    [InlineData("[ipv4-addr:value = ]", 19)]
    [InlineData("[ipv4-addr = 'x']", 11)]
    [InlineData("[file:hashes.SHA-256 = 'ab']", 13)]
    [InlineData("[a:b LIKE 5]", 10)]
    [InlineData("[a:b = 'x\\n']", 9)]
    [InlineData("[a:b = 'x'] WITHIN 5", 20)]
    [InlineData("[a:b and 'x']", 5)]
    [InlineData("[a:b = 'x'] x", 12)]
    public void What_leaves_the_grammar_is_refused_at_its_place(string pattern, int place)
    {
        var reading = StixPattern.Read(pattern);

        Assert.Null(reading.Pattern);
        Assert.Equal(place, reading.StoppedAt);
    }

    [Fact]
    public void Deep_parentheses_are_refused_and_not_followed()
    {
        var pattern = "[" + new string('(', 30_000) + "a:b = 'x'" + new string(')', 30_000) + "]";

        Assert.Null(StixPattern.Read(pattern).Pattern);
    }

    [Fact]
    public void Steps_are_unquoted_and_the_path_shows_list_indexes()
    {
        var comparison = Single("[file:extensions.'ntfs-ext'.alternate_data_streams[0].hashes.'SHA-256' = 'ab']");

        Assert.Equal(
            ["extensions", "ntfs-ext", "alternate_data_streams", "[0]", "hashes", "SHA-256"],
            comparison.Steps
        );
        Assert.Equal("file:extensions.ntfs-ext.alternate_data_streams[0].hashes.SHA-256", comparison.Path);
    }

    [Fact]
    public void A_comparison_keeps_its_own_words()
    {
        Assert.Equal("a:b NOT IN ('x', 'y')", Single("[ a:b NOT IN ('x', 'y') ]").Text);
        Assert.Equal("NOT EXISTS a:b[1]", Single("[NOT EXISTS a:b[1] ]").Text);
    }

    [Theory]
    [InlineData("[a:b = '1']", "1")]
    [InlineData("[a:b = '1' OR a:b = '2']", "12")]
    [InlineData("[a:b = '1' AND a:b = '2']", "")]
    [InlineData("[a:b = '1' OR a:b = '2' AND a:b = '3']", "1")]
    [InlineData("[(a:b = '1' OR a:b = '2') AND a:b = '3']", "")]
    [InlineData("[a:b = '1'] OR [a:b = '2']", "12")]
    [InlineData("[a:b = '1'] OR [a:b = '2'] AND [a:b = '3']", "1")]
    [InlineData("[a:b = '1'] FOLLOWEDBY [a:b = '2']", "")]
    [InlineData("[a:b = '1'] REPEATS 2 TIMES OR [a:b = '2']", "2")]
    [InlineData("([a:b = '1'] OR [a:b = '2']) WITHIN 2 SECONDS", "")]
    public void A_comparison_stands_alone_only_where_it_alone_makes_the_pattern_true(string pattern, string alone)
    {
        var comparisons = StixPattern.Read(pattern).Pattern!.Comparisons;

        Assert.Equal(alone, string.Concat(comparisons.Where(c => c.Alone).SelectMany(c => c.Values)));
    }

    private static PatternComparison Single(string pattern) =>
        Assert.Single(StixPattern.Read(pattern).Pattern!.Comparisons);
}
