using System.Text;
using Comity.Stix;

namespace Comity.Libraries.Tests.Stix;

public sealed class ReadingTests
{
    [Theory]
    [InlineData("", StixRefusal.NotJson)]
    [InlineData("{", StixRefusal.NotJson)]
    [InlineData("{} {}", StixRefusal.NotJson)]
    [InlineData("{\"type\":\"bundle\",}", StixRefusal.NotJson)]
    [InlineData("{\"type\":\"bundle\",\"id\":\"\\ud800\"}", StixRefusal.NotUtf8)]
    [InlineData("[]", StixRefusal.NotABundle)]
    [InlineData("{\"type\":\"report\",\"id\":\"report--1\"}", StixRefusal.NotABundle)]
    [InlineData("{\"type\":\"bundle\"}", StixRefusal.NotABundle)]
    [InlineData("{\"type\":\"bundle\",\"id\":\"bundle--1\",\"objects\":{}}", StixRefusal.NotABundle)]
    [InlineData("{\"type\":\"bundle\",\"id\":\"bundle--1\",\"objects\":[1]}", StixRefusal.NotABundle)]
    [InlineData("{\"type\":\"bundle\",\"id\":\"bundle--1\",\"spec_version\":\"2.0\"}", StixRefusal.OtherVersion)]
    [InlineData("{\"type\":\"bundle\",\"id\":\"bundle--1\",\"id\":\"bundle--2\"}", StixRefusal.Ambiguous)]
    [InlineData(
        "{\"type\":\"bundle\",\"id\":\"bundle--1\",\"objects\":[{\"type\":\"url\"}]}",
        StixRefusal.ObjectWithoutTypeOrId
    )]
    [InlineData(
        "{\"type\":\"bundle\",\"id\":\"bundle--1\",\"objects\":[{\"type\":\"url\",\"id\":\"url--1\",\"type\":\"identity\"}]}",
        StixRefusal.Ambiguous
    )]
    public void What_is_no_bundle_is_refused_with_its_reason(string json, StixRefusal reason)
    {
        var reading = StixBundle.Read(Encoding.UTF8.GetBytes(json));

        Assert.False(reading.IsRead);
        Assert.Equal(reason, reading.Refusal);
    }

    [Fact]
    public void Octets_that_are_not_utf_8_are_refused() =>
        Assert.Equal(StixRefusal.NotUtf8, StixBundle.Read(new byte[] { (byte)'"', 0xC3, (byte)'"' }).Refusal);

    [Fact]
    public void More_octets_than_the_bound_are_refused_unread() =>
        Assert.Equal(StixRefusal.TooLarge, StixBundle.Read(new byte[StixLimits.Octets + 1]).Refusal);

    [Fact]
    public void Nesting_is_read_up_to_the_bound_and_refused_beyond_it()
    {
        // Bundle, list and object are three levels.
        Assert.True(StixBundle.Read(Nested(StixLimits.Depth - 3)).IsRead);
        Assert.Equal(StixRefusal.TooDeep, StixBundle.Read(Nested(StixLimits.Depth - 2)).Refusal);
        Assert.Equal(StixRefusal.TooDeep, StixBundle.Read(Nested(50_000)).Refusal);

        static byte[] Nested(int levels) =>
            Bundles.Of(Bundles.Object("note", $"\"content\":{new string('[', levels)}{new string(']', levels)}"));
    }

    [Fact]
    public void More_objects_than_the_bound_are_refused()
    {
        var one = Encoding.UTF8.GetBytes("{\"type\":\"x\",\"id\":\"x\"},");
        var bundle = new List<byte>(Encoding.UTF8.GetBytes("{\"type\":\"bundle\",\"id\":\"b\",\"objects\":["));
        for (var i = 0; i <= StixLimits.Objects; i++)
        {
            bundle.AddRange(one);
        }

        bundle.RemoveAt(bundle.Count - 1);
        bundle.AddRange("]}"u8);

        Assert.Equal(StixRefusal.TooManyObjects, StixBundle.Read(bundle.ToArray()).Refusal);
    }

    [Fact]
    public void More_values_than_the_bound_are_refused_before_anything_is_built_of_them()
    {
        var json = "[" + string.Concat(Enumerable.Repeat("0,", StixLimits.Values)) + "0]";

        Assert.Equal(StixRefusal.TooManyValues, StixBundle.Read(Encoding.UTF8.GetBytes(json)).Refusal);
    }

    [Fact]
    public void A_refusal_of_one_object_says_which()
    {
        var reading = StixBundle.Read(Bundles.Of(Bundles.Object("url", "\"value\":\"u\""), "{\"id\":\"x\"}"));

        Assert.Equal("objects[1]", reading.Place);
    }

    [Fact]
    public void A_byte_order_mark_does_no_harm_and_stays_in_the_octets()
    {
        byte[] octets = [0xEF, 0xBB, 0xBF, .. Bundles.Of()];

        Assert.Equal(octets, StixBundle.Read(octets).Bundle!.Octets.ToArray());
    }

    [Fact]
    public void A_member_that_stands_twice_is_reported_where_it_stands()
    {
        var bundle = Bundles.Read(
            Bundles.Object("note", "\"content\":\"a\",\"external_references\":[{\"url\":\"a\",\"url\":\"b\"}]")
        );

        var remark = Assert.Single(bundle.NotUnderstood);
        Assert.Equal(NotUnderstoodReason.DuplicateMember, remark.Reason);
        Assert.Equal("external_references[0].url", remark.Place);
    }

    [Fact]
    public void What_the_standard_does_not_define_is_named_and_kept()
    {
        var bundle = Bundles.Read(
            Bundles.Object("x-ticket", "\"queue\":1"),
            Bundles.Object("tool", "\"x_note\":\"kept\",\"extensions\":{\"extension-definition--9\":{\"a\":1}}"),
            """{"type":"tool","id":"tool--7"}"""
        );

        Assert.Equal(
            [
                (NotUnderstoodReason.UnknownType, "x-ticket"),
                (NotUnderstoodReason.UnknownMember, "x_note"),
                (NotUnderstoodReason.UnknownExtension, "extension-definition--9"),
                (NotUnderstoodReason.OddIdentifier, "tool--7"),
                (NotUnderstoodReason.OtherVersion, ""),
            ],
            bundle.NotUnderstood.Select(n => (n.Reason, n.What))
        );
        Assert.Contains(
            "\"x_note\": \"kept\"",
            Encoding.UTF8.GetString(bundle.WithoutNames(new HashSet<string>()).Octets),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Vulnerabilities_and_malware_give_their_names()
    {
        var bundle = Bundles.Read(
            Bundles.Object(
                "vulnerability",
                "\"name\":\"Heartbleed\",\"external_references\":[{\"source_name\":\"cve\",\"external_id\":\"cve-2014-0160\"},{\"source_name\":\"other\",\"external_id\":\"CVE-2000-0001\"}]"
            ),
            Bundles.Object("malware", "\"name\":\"M\",\"is_family\":true,\"aliases\":[\"N\"]")
        );

        Assert.Equal("CVE-2014-0160", Assert.Single(bundle.Vulnerabilities).CveId);
        var malware = Assert.Single(bundle.Malware);
        Assert.Equal("M", malware.Name);
        Assert.Equal(["N"], malware.Aliases);
    }
}
