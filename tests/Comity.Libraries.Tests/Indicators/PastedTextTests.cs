using System.Text;
using Comity.Indicators;
using Comity.Libraries.Tests.Stix;
using Comity.Stix;
using Comity.Stix.Patterns;

namespace Comity.Libraries.Tests.Indicators;

public sealed class PastedTextTests
{
    private const string Sha512 =
        "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";

    [Theory]
    [InlineData("192[.]0[.]2[.]1", IndicatorType.Ipv4, "192.0.2.1", "ipv4-addr:value")]
    [InlineData("2001:DB8::1", IndicatorType.Ipv6, "2001:db8::1", "ipv6-addr:value")]
    [InlineData("evil{.}example", IndicatorType.Domain, "evil.example", "domain-name:value")]
    [InlineData("hxxps[:]//Evil[dot]example/A?b", IndicatorType.Url, "https://evil.example/A?b", "url:value")]
    [InlineData("http[s]://evil[.]example[/]a", IndicatorType.Url, "https://evil.example/a", "url:value")]
    [InlineData("fxp://evil(.)example/a", IndicatorType.Url, "ftp://evil.example/a", "url:value")]
    [InlineData("bad[at]evil(dot)example", IndicatorType.Email, "bad@evil.example", "email-addr:value")]
    [InlineData(
        "D41D8CD98F00B204E9800998ECF8427E",
        IndicatorType.FileHash,
        "d41d8cd98f00b204e9800998ecf8427e",
        "file:hashes.MD5"
    )]
    [InlineData(Sha512, IndicatorType.FileHash, Sha512, "file:hashes.SHA-512")]
    [InlineData("dropper.exe", IndicatorType.FileName, "dropper.exe", "file:name")]
    [InlineData("(Dropper.EXE).", IndicatorType.FileName, "Dropper.EXE", "file:name")]
    [InlineData("cve-2026-12345", IndicatorType.Other, "CVE-2026-12345", "vulnerability:name")]
    [InlineData("ASN64496", IndicatorType.AutonomousSystem, "64496", "autonomous-system:number")]
    public void What_people_paste_becomes_a_row(string typed, IndicatorType type, string value, string path)
    {
        var row = Assert.Single(PastedText.Read(typed).Rows).Row;

        Assert.Equal((type, value, path), (row.Type, row.Value, row.Path));
        Assert.True(row.Alone);
        Assert.Equal(IndicatorRelation.Equal, row.Relation);
    }

    [Theory]
    [InlineData("192.0.2.1:8080", IndicatorType.Ipv4, "192.0.2.1", 8080, "192[.]0[.]2[.]1:8080")]
    [InlineData("evil[.]example[:]443", IndicatorType.Domain, "evil.example", 443, "evil[.]example:443")]
    [InlineData("[2001:db8::1]:53", IndicatorType.Ipv6, "2001:db8::1", 53, "[2001[:]db8[:][:]1]:53")]
    public void A_port_belongs_to_its_host_and_the_pattern_says_so(
        string typed,
        IndicatorType type,
        string value,
        int port,
        string shown
    )
    {
        var found = Assert.Single(PastedText.Read(typed).Rows);

        Assert.Equal((type, value, false), (found.Row.Type, found.Row.Value, found.Row.Alone));
        Assert.Equal(shown, found.Shown);
        Assert.Equal([value, FormattableString.Invariant($"{port}")], PatternValues(found.Row));
    }

    [Theory]
    [InlineData("192.0.2.0/24")]
    [InlineData("2001:db8::/32")]
    public void A_network_is_meant_with_every_address_in_it(string typed)
    {
        var row = Assert.Single(PastedText.Read(typed).Rows).Row;

        Assert.Equal((typed, IndicatorRelation.Within, true), (row.Value, row.Relation, row.Alone));
        Assert.Equal([typed], PatternValues(row));
    }

    [Fact]
    public void International_names_are_compared_in_ASCII_and_shown_both_ways()
    {
        var reading = PastedText.Read(
            "例子[.]example XN--FSQU00A.example hxxp://例子[.]example:81/例 sender@例子.example plain.example"
        );

        Assert.Equal(
            [
                ("xn--fsqu00a.example", "xn--fsqu00a[.]example", "例子[.]example", 2),
                (
                    "http://xn--fsqu00a.example:81/例",
                    "hxxp[://]xn--fsqu00a[.]example:81/例",
                    "hxxp[://]例子[.]example:81/例",
                    1
                ),
                ("sender@xn--fsqu00a.example", "sender[@]xn--fsqu00a[.]example", "sender[@]例子[.]example", 1),
                ("plain.example", "plain[.]example", null, 1),
            ],
            reading.Rows.Select(r => (r.Row.Value, r.Shown, r.International, r.Times))
        );
    }

    [Fact]
    public void A_name_that_looks_like_another_is_told_apart()
    {
        // The first letter is Cyrillic.
        var rows = PastedText.Read("\u0430pple.example apple.example").Rows;

        Assert.Equal(["xn--pple-43d.example", "apple.example"], rows.Select(r => r.Row.Value));
    }

    [Fact]
    public void Every_line_gives_its_values_its_note_and_what_was_not_understood()
    {
        var reading = PastedText.Read(
            """
            TLP:AMBER+STRICT
            192.0.2.1, 192.0.2.2; 192.0.2.3	192.0.2.4 # scanners #1
            hxxp://evil[.]example/a#top // the "second" stage

            # nothing but words
            Beacons go to (198.51.100.7), says the report.
            "my report.docx" evil.example/path 192.0.2.256 192.0.2.1:70000 1234567890abcdef1234567890abcdef12
            192.0.2.1
            """
        );

        Assert.Null(reading.Refusal);
        Assert.Equal(["AMBER+STRICT"], reading.Tlp);
        Assert.Equal(
            [
                ("192.0.2.1", 2, "scanners #1", 2),
                ("192.0.2.2", 2, "scanners #1", 1),
                ("192.0.2.3", 2, "scanners #1", 1),
                ("192.0.2.4", 2, "scanners #1", 1),
                ("http://evil.example/a#top", 3, "the \"second\" stage", 1),
                ("198.51.100.7", 6, null, 1),
                ("my report.docx", 7, null, 1),
            ],
            reading.Rows.Select(r => (r.Row.Value, r.Where.Line, r.Note, r.Times))
        );
        Assert.Equal(
            [
                (PartReason.Comment, 5, "nothing but words"),
                (PartReason.NothingKnown, 6, "Beacons go to"),
                (PartReason.NothingKnown, 6, "says the report."),
                (PartReason.NoScheme, 7, "evil.example/path"),
                (PartReason.OddAddress, 7, "192.0.2.256"),
                (PartReason.OddPort, 7, "192.0.2.1:70000"),
                (PartReason.OddHash, 7, "1234567890abcdef1234567890abcdef12"),
            ],
            reading.NotUnderstood.Select(p => (p.Reason, p.Where.Line, p.What))
        );
        Assert.Equal(1, reading.Merged);
    }

    [Theory]
    [InlineData("TLP:WHITE", "CLEAR")]
    [InlineData("** TLP: green **", "GREEN")]
    [InlineData("# tlp:red", "RED")]
    public void A_label_on_a_line_of_its_own_is_told(string line, string label) =>
        Assert.Equal([label], PastedText.Read(line).Tlp);

    [Fact]
    public void A_label_that_nobody_knows_is_no_label()
    {
        var reading = PastedText.Read("TLP:PURPLE");

        Assert.Empty(reading.Tlp);
        Assert.Equal(PartReason.UnknownLabel, Assert.Single(reading.NotUnderstood).Reason);
    }

    [Fact]
    public void A_name_that_the_rules_do_not_allow_is_told()
    {
        var part = Assert.Single(PastedText.Read($"{new string('例', 63)}.example").NotUnderstood);

        Assert.Equal(PartReason.OddName, part.Reason);
    }

    [Fact]
    public void Of_too_many_values_the_rest_is_counted()
    {
        var lines = Enumerable
            .Range(0, IndicatorLimits.Rows + 5)
            .Select(i => FormattableString.Invariant($"10.0.{i >> 8}.{i & 255}"))
            .Append("10.0.0.0");

        var reading = PastedText.Read(string.Join('\n', lines));

        Assert.Equal((IndicatorLimits.Rows, 5, 1), (reading.Rows.Count, reading.RowsBeyond, reading.Merged));
        Assert.True(reading.IsTruncated);
    }

    [Fact]
    public void Of_too_much_that_is_not_understood_the_rest_is_counted()
    {
        var reading = PastedText.Read(string.Concat(Enumerable.Repeat("word\n", IndicatorLimits.Remarks + 3)));

        Assert.Equal((IndicatorLimits.Remarks, 3), (reading.NotUnderstood.Count, reading.NotUnderstoodBeyond));
        Assert.True(reading.IsTruncated);
    }

    [Fact]
    public void What_is_no_text_or_too_large_is_refused()
    {
        Assert.Equal(IndicatorRefusal.TooLarge, PastedText.Read(new byte[IndicatorLimits.TextOctets + 1]).Refusal);
        Assert.Equal(IndicatorRefusal.TooLarge, PastedText.Read(new string('é', IndicatorLimits.TextOctets)).Refusal);
        Assert.Null(PastedText.Read([.. Enumerable.Repeat((byte)' ', IndicatorLimits.TextOctets)]).Refusal);
        Assert.Equal(IndicatorRefusal.UnknownEncoding, PastedText.Read([0xC3, 0x28]).Refusal);
        Assert.Equal(IndicatorRefusal.NotText, PastedText.Read(Encoding.Unicode.GetBytes("192.0.2.1")).Refusal);
    }

    [Fact]
    public void UTF_16_with_its_mark_is_read()
    {
        foreach (var encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF8])
        {
            byte[] octets = [.. encoding.GetPreamble(), .. encoding.GetBytes("192.0.2.1 例子.example")];

            Assert.Equal(["192.0.2.1", "xn--fsqu00a.example"], PastedText.Read(octets).Rows.Select(r => r.Row.Value));
        }

        Assert.Equal(IndicatorRefusal.UnknownEncoding, PastedText.Read([0xFF, 0xFE, 0x00, 0xD8]).Refusal);
    }

    [Theory]
    [InlineData("poisonivy.json")]
    [InlineData("apt1.json")]
    public void The_values_of_a_real_report_are_understood_when_they_are_pasted_in_a_harmless_spelling(string file)
    {
        var values = StixBundle
            .Read(Bundles.Real(file))
            .Bundle!.Indicators.Where(r =>
                r is { Type: IndicatorType.Ipv4 or IndicatorType.Domain or IndicatorType.FileHash }
            )
            .Select(r => r.Value.ToLowerInvariant())
            // One of the reports has the word "domain" for a domain, or before it.
            .Where(v => !v.StartsWith("domain", StringComparison.Ordinal))
            .Distinct()
            .ToList();

        var reading = PastedText.Read(string.Join('\n', values.Select(IndicatorText.Defang)));

        Assert.NotEmpty(values);
        Assert.Empty(reading.NotUnderstood);
        Assert.Equal(values, reading.Rows.Select(r => r.Row.Value));
    }

    internal static IEnumerable<string> PatternValues(IndicatorRow row) =>
        StixPattern.Read(row.Pattern!).Pattern!.Comparisons.SelectMany(c => c.Values);
}
