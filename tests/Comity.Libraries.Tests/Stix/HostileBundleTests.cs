using System.Diagnostics;
using System.Text;
using Comity.Stix;
using Comity.Stix.Patterns;
using CsCheck;

namespace Comity.Libraries.Tests.Stix;

public sealed class HostileBundleTests
{
    private static readonly HashSet<string> Nobody = [];

    private static readonly byte[] Rich = Bundles.Of(
        Bundles.Object("threat-actor", "\"name\":\"Violet Heron\",\"aliases\":[\"VH-7\"]"),
        Bundles.Object("identity", "\"name\":\"Example Research, Inc.\",\"identity_class\":\"organization\""),
        Bundles.Object(
            "malware",
            "\"name\":\"M\",\"is_family\":true,\"description\":\"by Violet Heron \\u6bd2\",\"labels\":[\"vh-7\"]"
        ),
        Bundles.Indicator(
            "[file:hashes.'SHA-256' = 'ab' AND (ipv4-addr:value IN ('192.0.2.1') OR a:b[0] NOT LIKE 'x%')] WITHIN 5 SECONDS"
        ),
        Bundles.Relationship("attributed-to", Bundles.Id("malware"), Bundles.Id("threat-actor")),
        Bundles.Object("report", $"\"name\":\"R\",\"object_refs\":[\"{Bundles.Id("relationship")}\"]"),
        Bundles.Object("ipv4-addr", "\"value\":\"192.0.2.9\",\"extensions\":{\"x\":{}}")
    );

    [Fact]
    public void No_octets_make_reading_throw() =>
        Gen.Byte.Array[0, 400].Sample(octets => ReadAndRewrite(octets), iter: 3_000);

    [Fact]
    public void No_json_makes_reading_throw()
    {
        var word = OneOf(
            "\"type\"",
            "\"id\"",
            "\"objects\"",
            "\"bundle\"",
            "\"identity\"",
            "\"identity--1\"",
            "\"name\"",
            "\"a\"",
            "\"indicator\"",
            "\"pattern\"",
            "\"[a:b='c']\"",
            "\"extensions\"",
            "\"created_by_ref\"",
            "\"object_refs\"",
            "\"relationship\"",
            "\"external_references\"",
            "\"authors\"",
            "1e999",
            "null",
            "{",
            "}",
            "[",
            "]",
            ":",
            ","
        );
        word.Array[0, 60]
            .Sample(
                words =>
                {
                    var inner = string.Concat(words);
                    ReadAndRewrite(Encoding.UTF8.GetBytes(inner));
                    ReadAndRewrite(Bundles.Of(Bundles.Object("note", $"\"content\":{inner}")));
                    ReadAndRewrite(Bundles.Of(Bundles.Object("identity", $"\"name\":\"a\",\"aliases\":[{inner}]")));
                },
                iter: 2_000
            );
    }

    [Fact]
    public void No_change_to_a_good_bundle_makes_reading_throw()
    {
        var change = Gen.Select(Gen.Int[0, Rich.Length - 1], Gen.Byte, Gen.Int[0, 2]);
        change
            .Array[1, 6]
            .Sample(
                changes =>
                {
                    var octets = Rich.ToList();
                    foreach (var (at, value, how) in changes)
                    {
                        var place = Math.Min(at, octets.Count - 1);
                        switch (how)
                        {
                            case 0:
                                octets[place] = value;
                                break;
                            case 1:
                                octets.Insert(place, value);
                                break;
                            default:
                                octets.RemoveAt(place);
                                break;
                        }
                    }

                    ReadAndRewrite([.. octets]);
                },
                iter: 3_000
            );
    }

    [Fact]
    public void A_bundle_without_names_has_none_whatever_the_names_are()
    {
        var name = Gen.Char["aB.- é毒ا"].Array[1, 6].Select(c => new string(c));
        Gen.Select(name, name, Gen.Char["aB.- é毒ا"].Array[0, 30].Select(c => new string(c)))
            .Sample(
                (first, second, text) =>
                {
                    var bundle = Bundles.Read(
                        Bundles.Object("threat-actor", $"\"name\":\"{first}\",\"aliases\":[\"{second}\"]"),
                        Bundles.Object("tool", $"\"name\":\"{text}\",\"x_any\":[\"{second}{text}\",\"{first}\"]")
                    );
                    var again = StixBundle.Read(bundle.WithoutNames(Nobody).Octets).Bundle!;

                    Assert.Empty(again.NamesFound);
                    var words = (text + "|").Split('|')[0];
                    if (bundle.NamesFound.All(n => n.ObjectId != Bundles.Id("tool") || n.Where != "name"))
                    {
                        Assert.Equal(words, Assert.Single(again.Objects).Name);
                    }
                },
                iter: 2_000
            );
    }

    [Fact]
    public void No_pattern_makes_parsing_throw()
    {
        var word = OneOf(
            "[",
            "]",
            "(",
            ")",
            "a:b",
            "a",
            ":",
            ".",
            "'x'",
            "'",
            "\\",
            "=",
            "!=",
            "IN",
            "LIKE",
            "NOT",
            "AND",
            "OR",
            "EXISTS",
            "FOLLOWEDBY",
            "WITHIN",
            "START",
            "STOP",
            "t'1'",
            "5",
            "-",
            "SECONDS",
            "*",
            "/*",
            "*/",
            "//",
            " ",
            "é"
        );
        word.Array[0, 40].Sample(words => StixPattern.Read(string.Concat(words)), iter: 20_000);
        Gen.String.Sample(text => StixPattern.Read(text), iter: 5_000);
    }

    [Fact]
    public void No_text_makes_recognising_throw_and_defanging_is_always_taken_back()
    {
        var text = Gen.Char["a1f.:/@[](){}hxp \\%é毒-_"].Array[0, 40].Select(c => new string(c));
        text.Sample(
            t =>
            {
                foreach (var found in IndicatorText.Find(t))
                {
                    Assert.Equal(found, IndicatorText.Recognise(found.Value));
                    Assert.Equal(found, IndicatorText.Recognise(IndicatorText.Defang(found.Value)));
                }
            },
            iter: 30_000
        );
    }

    /// <summary>Bundles made to cost much: each ends in a bounded time, be it read or refused.</summary>
    [Theory]
    [InlineData("names that share their beginning")]
    [InlineData("a chain of relationships")]
    [InlineData("one long pattern after the other")]
    [InlineData("many members that nobody knows")]
    [InlineData("one object with many members")]
    public void Costly_bundles_end_in_bounded_time(string kind)
    {
        var octets = Bundles.Of([.. Costly(kind)]);
        var clock = Stopwatch.StartNew();

        var reading = StixBundle.Read(octets);
        reading.Bundle?.WithoutNames(Nobody);

        Assert.True(reading.IsRead || reading.Refusal == StixRefusal.TooMuchWork, $"{reading.Refusal}");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{kind}: {clock.Elapsed}");
    }

    private static IEnumerable<string> Costly(string kind)
    {
        static string Numbered(string type, int n, string members) =>
            FormattableString.Invariant(
                $"{{\"type\":\"{type}\",\"spec_version\":\"2.1\",\"id\":\"{type}--{n}\",{members}}}"
            );

        switch (kind)
        {
            case "names that share their beginning":
                yield return Numbered("identity", 0, $"\"name\":\"{string.Concat(Enumerable.Repeat("a ", 4_000))}b\"");
                yield return Numbered(
                    "note",
                    0,
                    $"\"content\":\"{string.Concat(Enumerable.Repeat("a ", 1_000_000))}\""
                );
                break;
            case "a chain of relationships":
                yield return Numbered("identity", 0, "\"name\":\"aa\"");
                for (var i = 1; i < 60_000; i++)
                {
                    var before = i == 1 ? "identity--0" : FormattableString.Invariant($"relationship--{i - 1}");
                    yield return Numbered("relationship", i, $"\"source_ref\":\"{before}\"");
                }

                break;
            case "one long pattern after the other":
                var pattern = "[" + string.Join(" OR ", Enumerable.Repeat("a:b='x'", 5_000)) + "]";
                for (var i = 0; i < 200; i++)
                {
                    yield return Numbered("indicator", i, $"\"pattern\":\"{pattern}\"");
                }

                break;
            case "many members that nobody knows":
                for (var i = 0; i < 50_000; i++)
                {
                    yield return Numbered(
                        "tool",
                        i,
                        "\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1"
                    );
                }

                break;
            default:
                var members = Enumerable.Range(0, 400_000).Select(i => FormattableString.Invariant($"\"x{i}\":\"y\""));
                yield return Numbered("tool", 0, string.Join(',', members));
                break;
        }
    }

    private static Gen<string> OneOf(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    private static void ReadAndRewrite(byte[] octets)
    {
        if (StixBundle.Read(octets).Bundle is { } bundle)
        {
            var again = StixBundle.Read(bundle.WithoutNames(Nobody).Octets);
            Assert.True(again.IsRead, $"{again.Refusal} {again.Place}");
        }
    }
}
