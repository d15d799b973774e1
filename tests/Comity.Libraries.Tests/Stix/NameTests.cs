using System.Text;
using Comity.Stix;

namespace Comity.Libraries.Tests.Stix;

public sealed class NameTests
{
    private static readonly HashSet<string> Nobody = [];

    private static readonly string Actor = Bundles.Object(
        "threat-actor",
        "\"name\":\"Violet Heron\",\"aliases\":[\"VH-7\"]"
    );

    private static readonly string Author = Bundles.Object(
        "identity",
        "\"name\":\"Example Research, Inc.\",\"identity_class\":\"organization\""
    );

    private static string Malware(string members) => Bundles.Object("malware", "\"is_family\":true," + members);

    [Fact]
    public void Whoever_is_named_by_an_object_is_listed_with_all_names()
    {
        var bundle = Bundles.Read(
            Actor,
            Author,
            Bundles.Object("identity", "\"name\":\"P\",\"identity_class\":\"individual\"", 2),
            Bundles.Object("intrusion-set", "\"name\":\"I\""),
            Bundles.Object("campaign", "\"name\":\"C\""),
            Bundles.Object("location", "\"name\":\"L\",\"country\":\"QM\""),
            Bundles.Object("note", $"\"content\":\"x\",\"authors\":[\"W\"],\"object_refs\":[\"{Bundles.Id("tool")}\"]")
        );

        Assert.Equal(
            [
                (NameKind.ThreatActor, "Violet Heron", "name"),
                (NameKind.ThreatActor, "VH-7", "aliases[0]"),
                (NameKind.Organisation, "Example Research, Inc.", "name"),
                (NameKind.Person, "P", "name"),
                (NameKind.IntrusionSet, "I", "name"),
                (NameKind.Campaign, "C", "name"),
                (NameKind.Place, "L", "name"),
                (NameKind.Place, "QM", "country"),
                (NameKind.Person, "W", "authors[0]"),
            ],
            bundle.NamesFound.Select(n => (n.Kind, n.Name, n.Where))
        );
    }

    [Fact]
    public void Authors_attributions_and_other_references_are_listed()
    {
        var bundle = Bundles.Read(
            Actor,
            Malware($"\"name\":\"M\",\"created_by_ref\":\"{Bundles.Id("identity", 9)}\""),
            Bundles.Relationship("attributed-to", Bundles.Id("malware"), Bundles.Id("threat-actor")),
            Bundles.Relationship("uses", Bundles.Id("threat-actor"), Bundles.Id("malware"), 2)
        );

        Assert.Equal(
            [
                (NameKind.Author, Bundles.Id("identity", 9), "created_by_ref"),
                (NameKind.Attribution, "Violet Heron", "target_ref"),
                (NameKind.Reference, "Violet Heron", "source_ref"),
            ],
            bundle.NamesFound.Skip(2).Select(n => (n.Kind, n.Name, n.Where))
        );
    }

    [Theory]
    [InlineData("as violet heron did", "Violet Heron")]
    [InlineData("(VIOLET\\n  HERON)", "Violet Heron")]
    [InlineData("Example Research says", "Example Research, Inc.")]
    [InlineData("the vh-7 kit", "VH-7")]
    [InlineData("据Violet Heron所述", "Violet Heron")]
    public void A_name_is_found_again_in_free_text(string text, string name)
    {
        var bundle = Bundles.Read(Actor, Author, Malware($"\"name\":\"M\",\"description\":\"{text}\""));

        var found = Assert.Single(bundle.NamesFound, n => n.ObjectId == Bundles.Id("malware"));
        Assert.Equal((name, "description"), (found.Name, found.Where));
        var written = Written(bundle, Nobody);
        Assert.DoesNotContain("eron", written, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(StixBundle.Mark, written, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_inside_another_word_is_not_that_name() =>
        Assert.DoesNotContain(
            Bundles.Read(Actor, Malware("\"name\":\"XVH-7\",\"description\":\"Ultraviolet herons\"")).NamesFound,
            n => n.ObjectId == Bundles.Id("malware")
        );

    [Fact]
    public void A_country_code_is_found_as_the_name_of_the_country_and_not_as_a_word()
    {
        // Of all real names this test needs one that platforms know; Antarctica is nobody's country.
        var bundle = Bundles.Read(
            Bundles.Object("location", "\"country\":\"AQ\""),
            Malware("\"name\":\"AQ tool\",\"description\":\"seen in Antarctica\"")
        );

        Assert.Equal("description", Assert.Single(bundle.NamesFound, n => n.ObjectId == Bundles.Id("malware")).Where);
    }

    [Fact]
    public void Naming_objects_go_and_so_does_everything_that_cannot_stand_without_them()
    {
        var bundle = Bundles.Read(
            Actor,
            Malware("\"name\":\"M\""),
            Bundles.Relationship("uses", Bundles.Id("threat-actor"), Bundles.Id("malware"), 1),
            Bundles.Relationship("attributed-to", Bundles.Id("malware"), "x-group--1", 2),
            Bundles.Relationship("related-to", Bundles.Id("malware"), Bundles.Id("malware"), 3),
            Bundles.Object("sighting", $"\"sighting_of_ref\":\"{Bundles.Id("threat-actor")}\""),
            Bundles.Object("note", $"\"content\":\"x\",\"object_refs\":[\"{Bundles.Id("sighting")}\"]"),
            Bundles.Object(
                "report",
                $"\"name\":\"R\",\"object_refs\":[\"{Bundles.Id("threat-actor")}\",\"{Bundles.Id("malware")}\"]"
            )
        );

        var without = bundle.WithoutNames(Nobody);

        Assert.Equal(
            [
                Bundles.Id("threat-actor"),
                Bundles.Id("relationship", 1),
                Bundles.Id("relationship", 2),
                Bundles.Id("sighting"),
                Bundles.Id("note"),
            ],
            without.ObjectsLeftOut
        );
        var again = StixBundle.Read(without.Octets).Bundle!;
        Assert.Empty(again.NamesFound);
        Assert.Equal(
            [Bundles.Id("malware"), Bundles.Id("relationship", 3), Bundles.Id("report")],
            again.Objects.Select(o => o.Id)
        );
    }

    [Theory]
    [InlineData("\"target_ref\":{\"to\":\"x-group--1\"}")]
    [InlineData("\"target_ref\":[\"x-group--1\"]")]
    [InlineData("\"source_ref\":[{\"target_ref\":\"x-group--1\"}],\"target_ref\":{}")]
    [InlineData("\"target_ref\":\"malware--1\",\"target_ref\":7")]
    public void An_attribution_that_hides_to_whom_goes_as_a_whole(string members)
    {
        var bundle = Bundles.Read(Bundles.Object("relationship", $"\"relationship_type\":\"attributed-to\",{members}"));

        var without = bundle.WithoutNames(Nobody);

        Assert.Equal([Bundles.Id("relationship")], without.ObjectsLeftOut);
        Assert.Empty(StixBundle.Read(without.Octets).Bundle!.NamesFound);
    }

    [Fact]
    public void References_to_names_that_are_not_even_in_the_bundle_go_too()
    {
        var bundle = Bundles.Read(
            Malware($"\"name\":\"M\",\"created_by_ref\":\"{Bundles.Id("identity", 9)}\""),
            Bundles.Object(
                "sighting",
                $"\"sighting_of_ref\":\"{Bundles.Id("malware")}\",\"where_sighted_refs\":[\"{Bundles.Id("identity", 9)}\"]"
            )
        );

        var without = bundle.WithoutNames(Nobody);

        Assert.Empty(without.ObjectsLeftOut);
        Assert.Equal(["created_by_ref", "where_sighted_refs"], without.MembersLeftOut.Select(m => m.Where));
        Assert.DoesNotContain("identity--", Encoding.UTF8.GetString(without.Octets), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_person_confirmed_stays_with_its_references_and_its_name_in_text()
    {
        var bundle = Bundles.Read(
            Actor,
            Author,
            Malware(
                $"\"name\":\"M\",\"created_by_ref\":\"{Bundles.Id("identity")}\",\"description\":\"Example Research on Violet Heron\""
            )
        );

        var written = Written(bundle, [Bundles.Id("identity")]);

        Assert.Contains("\"description\": \"Example Research on [name left out]\"", written, StringComparison.Ordinal);
        Assert.Contains("created_by_ref", written, StringComparison.Ordinal);
        Assert.DoesNotContain("threat-actor", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_else_is_kept_member_for_member_and_the_writing_is_stable()
    {
        var bundle = Bundles.Read(
            Malware("\"name\":\"Ünïcode <&> 毒\",\"x_big\":12345678901234567890.1200e2,\"x_twice\":1,\"x_twice\":null"),
            Bundles.Indicator("[file:name = 'it\\'s']")
        );

        var once = bundle.WithoutNames(Nobody).Octets;

        Assert.Equal(
            $$"""
            {
              "type": "bundle",
              "id": "{{Bundles.Id("bundle", 0)}}",
              "objects": [
                {
                  "type": "malware",
                  "spec_version": "2.1",
                  "id": "{{Bundles.Id("malware")}}",
                  "is_family": true,
                  "name": "Ünïcode <&> 毒",
                  "x_big": 12345678901234567890.1200e2,
                  "x_twice": 1,
                  "x_twice": null
                },
                {
                  "type": "indicator",
                  "spec_version": "2.1",
                  "id": "{{Bundles.Id("indicator")}}",
                  "pattern_type": "stix",
                  "valid_from": "2026-01-02T03:04:05Z",
                  "name": "n",
                  "pattern": "[file:name = 'it\\'s']"
                }
              ]
            }

            """,
            Encoding.UTF8.GetString(once)
        );
        Assert.Equal(once, StixBundle.Read(once).Bundle!.WithoutNames(Nobody).Octets);
    }

    [Fact]
    public void A_name_in_a_technical_value_is_listed_and_never_changed()
    {
        var bundle = Bundles.Read(Actor, Bundles.Indicator("[domain-name:value = 'vh-7.example']"));

        var without = bundle.WithoutNames(Nobody);

        Assert.Equal("pattern", Assert.Single(without.Remaining).Where);
        Assert.Contains("vh-7.example", Encoding.UTF8.GetString(without.Octets), StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_and_member_names_that_carry_a_name_go_whole()
    {
        var bundle = Bundles.Read(
            Author,
            Malware(
                "\"name\":\"M\",\"x_vh-7_score\":5,\"external_references\":[{\"source_name\":\"vh-7\"},{\"source_name\":\"s\",\"url\":\"https://vh-7.example/\"},{\"source_name\":\"kept\",\"description\":\"d\"}]"
            ),
            Actor
        );

        var without = bundle.WithoutNames(Nobody);

        Assert.Equal(
            ["x_vh-7_score", "external_references[0]", "external_references[1]"],
            without.MembersLeftOut.Select(m => m.Where)
        );
        Assert.Contains("kept", Encoding.UTF8.GetString(without.Octets), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[[\"threat-actor--8f6c1b1e-3c0a-4f5e-9d3b-000000000001\"]]")]
    [InlineData("[7,[[\"kept--1\",\"threat-actor--8f6c1b1e-3c0a-4f5e-9d3b-000000000001\"]]]")]
    [InlineData("{\"a\":\"Violet Heron was it\"}")]
    [InlineData("[{\"a_ref\":\"threat-actor--8f6c1b1e-3c0a-4f5e-9d3b-000000000001\"}]")]
    public void A_reference_that_lies_where_none_belongs_is_left_out_too(string value)
    {
        var bundle = Bundles.Read(Malware($"\"name\":\"M\",\"x_ref\":{value}"), Actor);

        var again = StixBundle.Read(bundle.WithoutNames(Nobody).Octets).Bundle!;

        Assert.NotEmpty(bundle.NamesFound);
        Assert.Empty(again.NamesFound);
    }

    private static string Written(StixBundle bundle, HashSet<string> confirmed) =>
        Encoding.UTF8.GetString(bundle.WithoutNames(confirmed).Octets);
}
