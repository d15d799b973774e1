using System.Text;
using System.Text.Json;
using Comity.Indicators;
using Comity.Stix;

namespace Comity.Libraries.Tests.Indicators;

public sealed class MispJsonTests
{
    private static readonly string Md5 = new('0', 32);

    [Theory]
    [InlineData("ip-src", "192[.]0[.]2[.]7", IndicatorType.Ipv4, "192.0.2.7")]
    [InlineData("ip-dst", "2001:DB8::7", IndicatorType.Ipv6, "2001:db8::7")]
    [InlineData("domain", "Evil.example", IndicatorType.Domain, "evil.example")]
    [InlineData("hostname", "例子.example", IndicatorType.Domain, "xn--fsqu00a.example")]
    [InlineData("url", "hxxp://evil.example/a", IndicatorType.Url, "http://evil.example/a")]
    [InlineData("email-src", "bad@evil.example", IndicatorType.Email, "bad@evil.example")]
    [InlineData("email-dst", "desk@example.org", IndicatorType.Email, "desk@example.org")]
    [InlineData("md5", "D41D8CD98F00B204E9800998ECF8427E", IndicatorType.FileHash, "d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData(
        "sha224",
        "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f",
        IndicatorType.FileHash,
        "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f"
    )]
    [InlineData(
        "ssdeep",
        "3:AXGBicFlgVNhBGcL6wCrFQEv:AXGHsNhxLsr2C",
        IndicatorType.FileHash,
        "3:AXGBicFlgVNhBGcL6wCrFQEv:AXGHsNhxLsr2C"
    )]
    [InlineData("filename", "a report.tar", IndicatorType.FileName, "a report.tar")]
    [InlineData("mutex", "Global\\x", IndicatorType.Mutex, "Global\\x")]
    [InlineData("regkey", "HKLM\\Software\\X", IndicatorType.RegistryKey, "HKLM\\Software\\X")]
    [InlineData("mac-address", "00:00:5e:00:53:01", IndicatorType.MacAddress, "00:00:5e:00:53:01")]
    [InlineData("AS", "64496", IndicatorType.AutonomousSystem, "64496")]
    [InlineData(
        "x509-fingerprint-md5",
        "D4:1D:8C:D9:8F:00:B2:04:E9:80:09:98:EC:F8:42:7E",
        IndicatorType.Certificate,
        "d41d8cd98f00b204e9800998ecf8427e"
    )]
    [InlineData("vulnerability", "cve-2026-12345", IndicatorType.Other, "CVE-2026-12345")]
    [InlineData("user-agent", "Mozilla/9", IndicatorType.Other, "Mozilla/9")]
    public void An_attribute_becomes_a_row_of_its_type(
        string type,
        string value,
        IndicatorType expected,
        string canonical
    )
    {
        var row = Assert.Single(Read(Event(Attribute(type, value))).Rows).Row;

        Assert.Equal((expected, canonical, true, "u-1"), (row.Type, row.Value, row.Alone, row.ObjectId));
    }

    [Theory]
    [InlineData("ip-dst|port", "192.0.2.7|8080", "192.0.2.7")]
    [InlineData("ip-src|port", "192.0.2.7|22", "192.0.2.7")]
    [InlineData("hostname|port", "evil.example|443", "evil.example")]
    [InlineData("regkey|value", "HKLM\\X|it's", "HKLM\\X")]
    public void What_is_meant_together_has_a_pattern_that_says_so(string type, string value, string first)
    {
        var row = Assert.Single(Read(Event(Attribute(type, value))).Rows).Row;

        Assert.Equal((first, false), (row.Value, row.Alone));
        Assert.Equal(value.Split('|'), PastedTextTests.PatternValues(row));
    }

    [Theory]
    [InlineData(
        "filename|md5",
        "a|b.exe|00000000000000000000000000000000",
        "00000000000000000000000000000000",
        "a|b.exe"
    )]
    [InlineData(
        "malware-sample",
        "b.exe|00000000000000000000000000000000",
        "00000000000000000000000000000000",
        "b.exe"
    )]
    [InlineData("domain|ip", "evil.example|192.0.2.7", "evil.example", "192.0.2.7")]
    public void Of_two_values_the_one_that_says_enough_stands_alone(
        string type,
        string value,
        string alone,
        string together
    )
    {
        var rows = Read(Event(Attribute(type, value))).Rows;

        Assert.Equal([(alone, true), (together, false)], rows.Select(r => (r.Row.Value, r.Row.Alone)));
        Assert.Equal([together, alone], PastedTextTests.PatternValues(rows[1].Row));
    }

    [Theory]
    [InlineData("ip-dst", "evil.example", PartReason.OddValue)]
    [InlineData("domain", "not a domain", PartReason.OddValue)]
    [InlineData("url", "evil.example/a", PartReason.NoScheme)]
    [InlineData("md5", "abc", PartReason.OddValue)]
    [InlineData("x509-fingerprint-sha1", "AA:BB", PartReason.OddValue)]
    [InlineData("ip-dst|port", "192.0.2.7|0", PartReason.OddPort)]
    [InlineData("filename|md5", "b.exe", PartReason.OddValue)]
    [InlineData("mutex", "a\\u0000b", PartReason.OddValue)]
    [InlineData("comment", "192.0.2.7", PartReason.Context)]
    [InlineData("yara", "rule x { condition: true }", PartReason.Rule)]
    [InlineData("sort-of-a-type", "something", PartReason.UnknownType)]
    public void What_does_not_become_a_row_is_told_with_its_reason_and_place(
        string type,
        string value,
        PartReason reason
    )
    {
        var reading = Read(Event(Attribute(type, value)));

        Assert.Empty(reading.Rows);
        var part = Assert.Single(reading.NotUnderstood);
        Assert.Equal((reason, new SourcePlace(0, "Event.Attribute[0]")), (part.Reason, part.Where));
    }

    [Fact]
    public void What_an_attribute_says_beside_its_value_is_kept()
    {
        var reading = Read(
            Event(
                Attribute(
                    "domain",
                    "evil.example",
                    """
                    "to_ids":false,"comment":" second\nstage ","first_seen":"2026-03-01T10:00:00.123456+02:00","last_seen":"2026-03-02"
                    """
                ),
                Attribute("domain", "evil.example", "\"to_ids\":\"1\",\"first_seen\":\"2026-02-01\",\"last_seen\":null")
            )
        );

        var found = Assert.Single(reading.Rows);
        Assert.Equal(("second stage", true, 2), (found.Note, found.ToDetect, found.Times));
        Assert.Equal(new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc), found.FirstSeen);
        Assert.Equal(new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc), found.LastSeen);
        Assert.Equal(1, reading.Merged);
    }

    [Fact]
    public void What_was_deleted_is_told_and_no_row()
    {
        var reading = Read(
            $$$"""
            {"Event":{"Attribute":[{{{Attribute("domain", "a.example", "\"deleted\":true")}}}],
            "Object":[{"name":"file","deleted":"1","Attribute":[{{{Attribute("md5", Md5)}}}]}]}}
            """
        );

        Assert.Empty(reading.Rows);
        Assert.Equal(
            [(PartReason.Deleted, "a.example"), (PartReason.Deleted, Md5)],
            reading.NotUnderstood.Select(p => (p.Reason, p.What))
        );
    }

    /// <summary>Values that would become rows under any other type: the type alone keeps them out.</summary>
    [Theory]
    [InlineData("threat-actor", "Other")]
    [InlineData("campaign-name", "Other")]
    [InlineData("campaign-id", "Other")]
    [InlineData("target-user", "Other")]
    [InlineData("target-email", "Other")]
    [InlineData("target-machine", "Other")]
    [InlineData("target-org", "Other")]
    [InlineData("target-location", "Other")]
    [InlineData("target-external", "Other")]
    [InlineData("target-of-a-later-version", "Other")]
    [InlineData("suspected-actor", "Other")]
    [InlineData("whois-registrant-email", "Payload delivery")]
    [InlineData("whois-registrant-name", "Other")]
    [InlineData("whois-registrant-org", "Other")]
    [InlineData("whois-registrant-phone", "Other")]
    [InlineData("whois-registrar", "Other")]
    [InlineData("full-name", "Other")]
    [InlineData("nationality", "Other")]
    [InlineData("email-src-display-name", "Payload delivery")]
    [InlineData("email", "Attribution")]
    [InlineData("email", "Person")]
    [InlineData("email-src", "Social network")]
    [InlineData("text", "Targeting data")]
    [InlineData("x509-fingerprint-sha1", "Attribution")]
    public void What_names_somebody_is_left_out_and_listed_whatever_its_value(string type, string category)
    {
        foreach (var value in (string[])["192.0.2.7", "somebody@evil.example", "Grey Heron", Md5])
        {
            var reading = Read(Event(Attribute(type, value, "\"to_ids\":true", category)));

            Assert.Empty(reading.Rows);
            Assert.Equal((value, type), Assert.Single(reading.LeftOut.Select(n => (n.Name, n.Saying))));
        }
    }

    [Theory]
    [InlineData("person")]
    [InlineData("victim")]
    [InlineData("legal-entity")]
    public void An_object_that_names_somebody_gives_no_rows(string name)
    {
        var attributes = $"{Attribute("domain", "a.example")},{Attribute("text", "Somebody")}";
        var reading = Read($$"""{"Event":{"Object":[{"name":"{{name}}","Attribute":[{{attributes}}]}] } }""");

        Assert.Empty(reading.Rows);
        Assert.Equal(["a.example", "Somebody"], reading.LeftOut.Select(n => n.Name));
    }

    [Fact]
    public void Galaxies_and_tags_name_somebody_and_their_names_leave_the_notes_too()
    {
        var reading = Read(
            $$$"""
            {"Event":{"info":"Grey Heron again","Orgc":{"name":"Office of QX"},
            "Tag":[{"name":"TLP:Green"},{"name":"tlp:white"},{"name":"tlp:ex:chr"},{"name":"misp-galaxy:threat-actor=\"Grey Heron\""},
                   {"name":"veris:actor:external:country=\"nowhere\""},{"name":"misp-galaxy:mitre-attack-pattern=\"Phishing - T1566\""}],
            "Galaxy":[{"type":"threat-actor","GalaxyCluster":[{"type":"threat-actor","value":"Grey Heron","meta":{"synonyms":["GH-1","Ardea"],"country":"QX"}}]},
                      {"type":"one-of-tomorrow","GalaxyCluster":[{"value":"Blue Tit"}]},
                      {"type":"ransomware","GalaxyCluster":[{"value":"SomeLocker"}]}],
            "Attribute":[{{{Attribute(
                "domain",
                "evil.example",
                "\"comment\":\"by ARDEA, for grey  heron and not heronry\",\"Tag\":[{\"name\":\"tlp:amber\"}],\"Galaxy\":[{\"type\":\"mitre-intrusion-set\",\"GalaxyCluster\":[{\"value\":\"G-9\"}]}]"
            )}}},
                         {{{Attribute("filename", "on Grey Heron.docx")}}}]}}
            """
        );

        Assert.Equal(["CLEAR", "GREEN", "AMBER"], reading.Tlp);
        Assert.Equal(
            [
                (NameKind.Organisation, "Office of QX"),
                (NameKind.ThreatActor, "Grey Heron"),
                (NameKind.Reference, "nowhere"),
                (NameKind.ThreatActor, "GH-1"),
                (NameKind.ThreatActor, "Ardea"),
                (NameKind.Place, "QX"),
                (NameKind.Reference, "Blue Tit"),
                (NameKind.IntrusionSet, "G-9"),
            ],
            reading.LeftOut.Select(n => (n.Kind, n.Name))
        );
        Assert.Equal($"by {StixBundle.Mark}, for {StixBundle.Mark} and not heronry", reading.Rows[0].Note);
        Assert.Equal("Grey Heron", Assert.Single(reading.InValues).Name);
        Assert.Equal(
            [
                (PartReason.Context, "Grey Heron again"),
                (PartReason.UnknownLabel, "tlp:ex:chr"),
                (PartReason.Context, "mitre-attack-pattern: Phishing - T1566"),
                (PartReason.Context, "ransomware: SomeLocker"),
            ],
            reading.NotUnderstood.Select(p => (p.Reason, p.What))
        );
    }

    [Fact]
    public void Every_shape_in_which_attributes_come_is_read()
    {
        var attribute = Attribute("domain", "a.example");
        foreach (
            var json in (string[])
                [
                    Event(attribute),
                    $$"""{"response":[{{Event(attribute)}}]}""",
                    $$$"""{"response":{"Attribute":[{{{attribute}}}]}}""",
                    $$"""{"info":"","Attribute":[{{attribute}}]}""",
                    $$"""{"info":"","Object":[{"name":"x","Attribute":[{{attribute}}]}]}""",
                    $"[{attribute}]",
                    $"[{Event(attribute)},[]]",
                    $$$"""{"Attribute":{{{attribute}}} }""",
                    attribute,
                ]
        )
        {
            var reading = Read(json);

            Assert.Equal(("a.example", json), (Assert.Single(reading.Rows).Row.Value, json));
            Assert.Empty(reading.NotUnderstood);
        }
    }

    [Fact]
    public void What_is_not_walked_is_told()
    {
        var reading = Read(
            $$$"""
            {"Event":{"id":"1","EventReport":[{"name":"r"}],"RelatedEvent":[],
            "Attribute":[{{{Attribute(
                "attachment",
                "a.pdf",
                "\"data\":\"QUFB\",\"Sighting\":[{\"source\":\"s\"}]"
            )}}},"odd",{"type":"md5"}]}}
            """
        );

        Assert.Equal(
            [
                (PartReason.Unread, "Event.EventReport"),
                (PartReason.Context, "Event.Attribute[0]"),
                (PartReason.Unread, "Event.Attribute[0].data"),
                (PartReason.Unread, "Event.Attribute[0].Sighting"),
                (PartReason.Unread, "Event.Attribute[1]"),
                (PartReason.Unread, "Event.Attribute[2]"),
            ],
            reading.NotUnderstood.Select(p => (p.Reason, p.Where.Path))
        );
    }

    [Fact]
    public void What_is_not_MISP_is_refused_with_its_reason()
    {
        Assert.Equal(IndicatorRefusal.NotJson, Read("{\"Event\":").Refusal);
        Assert.Equal(IndicatorRefusal.NotMisp, Read("{\"type\":\"bundle\",\"objects\":[]}").Refusal);
        Assert.Equal(IndicatorRefusal.NotMisp, Read("[1,2]").Refusal);
        Assert.Equal(IndicatorRefusal.NotMisp, Read("\"Event\"").Refusal);
        Assert.Equal(IndicatorRefusal.UnknownEncoding, MispJson.Read([0x22, 0xC3, 0x28, 0x22]).Refusal);
        Assert.Equal(IndicatorRefusal.TooLarge, MispJson.Read(new byte[IndicatorLimits.MispOctets + 1]).Refusal);
        Assert.Equal(IndicatorRefusal.TooDeep, Read(new string('[', 40) + new string(']', 40)).Refusal);
        Assert.Equal(
            IndicatorRefusal.TooMuchWork,
            Read($"[{string.Join(',', Enumerable.Repeat("1", StixLimits.Values + 1))}]").Refusal
        );
        Assert.Equal(
            IndicatorRefusal.Ambiguous,
            Read(Event(Attribute("domain", "a.example", "\"type\":\"threat-actor\""))).Refusal
        );
    }

    [Fact]
    public void Names_that_cost_too_much_to_look_for_are_refused_and_not_let_through()
    {
        var name = string.Concat(Enumerable.Repeat("a ", 4_000)) + "b";
        var note = JsonSerializer.Serialize(string.Concat(Enumerable.Repeat("a ", 4_000)));
        var rows = Enumerable
            .Range(0, 200)
            .Select(i => Attribute("mutex", FormattableString.Invariant($"{i}{note[1..8000]}")));

        var reading = Read(Event([Attribute("threat-actor", name), .. rows]));

        Assert.Equal(IndicatorRefusal.TooMuchWork, reading.Refusal);
        Assert.Empty(reading.Rows);
    }

    internal static string Event(params string[] attributes) =>
        $$$"""{"Event":{"uuid":"e","Attribute":[{{{string.Join(",", attributes)}}}]}}""";

    internal static string Attribute(
        string type,
        string value,
        string members = "",
        string category = "Network activity"
    ) =>
        $$"""
            {"uuid":"u-1","type":"{{type}}","category":"{{category}}","value":"{{value.Replace(
                "\\u",
                "\u0001",
                StringComparison.Ordinal
            ).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\u0001", "\\u", StringComparison.Ordinal)}}"{{(
                members.Length > 0 ? "," + members : ""
            )}}}
            """;

    private static IndicatorReading Read(string json) => MispJson.Read(Encoding.UTF8.GetBytes(json));
}
