using System.Text;
using Comity.Indicators;
using Comity.Stix;
using CsCheck;

namespace Comity.Libraries.Tests.Indicators;

public sealed class HostileIndicatorTests
{
    private static readonly string[] Words =
    [
        "192.0.2.1",
        "192[.]0[.]2[.]1:80",
        "2001:db8::/32",
        "[2001:db8::1]:443",
        "evil[.]example",
        "例子.example",
        "xn--",
        "hxxp://",
        "a@b.example",
        "d41d8cd98f00b204e9800998ecf8427e",
        "value",
        "type",
        "comment",
        "tags",
        "threat-actor",
        "filename|md5",
        "x.exe",
        "tlp:red",
        "misp-galaxy:",
        "=\"",
        "\"",
        "\"\"",
        ",",
        ";",
        "\t",
        "\n",
        "\r\n",
        "#",
        "//",
        " ",
        "|",
        "[",
        "]",
        "(",
        ")",
        "\\",
        "é",
        "\uD800",
        "\u202E",
    ];

    private static readonly string[] JsonWords =
    [
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "null",
        "true",
        "1e999",
        "\"Event\"",
        "\"response\"",
        "\"Attribute\"",
        "\"Object\"",
        "\"Tag\"",
        "\"Galaxy\"",
        "\"GalaxyCluster\"",
        "\"meta\"",
        "\"type\"",
        "\"value\"",
        "\"name\"",
        "\"ip-dst\"",
        "\"192.0.2.1\"",
        "\"threat-actor\"",
        "\"comment\"",
        "\"deleted\"",
        "\"Orgc\"",
        "\"\\ud800\"",
    ];

    private static readonly string[] Values =
    [
        "192.0.2.1",
        "192.0.2.0/24",
        "2001:db8::1",
        "evil.example",
        "xn--fsqu00a.example",
        "http://evil.example/a?b=c",
        "bad@evil.example",
        "d41d8cd98f00b204e9800998ecf8427e",
        "dropper.exe",
        "CVE-2026-12345",
    ];

    [Fact]
    public void No_octets_make_a_reader_of_indicators_throw() =>
        Gen
            .Byte.Array[0, 400]
            .Sample(
                octets =>
                {
                    PastedText.Read(octets);
                    IndicatorCsv.Read(octets);
                    MispJson.Read(octets);
                },
                iter: 3_000
            );

    [Fact]
    public void No_words_make_a_reader_of_indicators_throw()
    {
        OneOf(Words)
            .Array[0, 60]
            .Sample(
                words =>
                {
                    var text = string.Concat(words);
                    PastedText.Read(text);
                    IndicatorCsv.Read(Encoding.UTF8.GetBytes(text));
                },
                iter: 10_000
            );
        OneOf(JsonWords)
            .Array[0, 40]
            .Sample(words => MispJson.Read(Encoding.UTF8.GetBytes(string.Concat(words))), iter: 10_000);
    }

    [Fact]
    public void Taking_the_harmless_spelling_back_gives_the_same_value()
    {
        var octet = Gen.Int[0, 255];
        var label = Gen.Char["abz09-_例é"].Array[1, 12].Select(c => $"a{new string(c)}z");
        var domain = Gen.Select(label.Array[1, 4], OneOf("example", "test", "org"))
            .Select((labels, end) => $"{string.Join('.', labels)}.{end}");
        var host = Gen.OneOf(
            Gen.Select(octet, octet, octet).Select((a, b, c) => FormattableString.Invariant($"10.{a}.{b}.{c}")),
            domain
        );
        var address = Gen
            .UShort.Array[1, 6]
            .Select(groups =>
                new System.Net.IPAddress([
                    0x20,
                    0x01,
                    0x0d,
                    0xb8,
                    .. groups.SelectMany(BitConverter.GetBytes),
                    .. new byte[12 - (2 * groups.Length)],
                ]).ToString()
            );
        var path = Gen.Char["aZ09/.-_~%?=&#+:@,;!*()[]{}é例"].Array[0, 30].Select(c => new string(c));
        var url = Gen.Select(OneOf("http", "https", "ftp", "ldap"), host, path)
            .Select((scheme, at, rest) => $"{scheme}://{at}/{rest}");
        var mail = Gen.Select(Gen.Char["az.+-_"].Array[1, 20], domain).Select((name, at) => $"{new string(name)}@{at}");

        Gen.OneOf(host, address, url, mail)
            .Sample(
                value =>
                {
                    // A path may itself hold what looks like a harmless spelling; then the value is not the canonical one.
                    if (IndicatorText.Recognise(value) is { } found && found.Value == value)
                    {
                        Assert.Equal(value, IndicatorText.Refang(IndicatorText.Defang(value)));
                        Assert.Equal(found, IndicatorText.Recognise(IndicatorText.Defang(value)));
                    }
                },
                iter: 20_000
            );
    }

    [Fact]
    public void Whatever_is_shown_reads_as_the_same_row() =>
        OneOf(Words)
            .Array[0, 12]
            .Sample(
                words =>
                {
                    // A mail address may begin with what begins a note.
                    var rows = PastedText
                        .Read(string.Concat(words))
                        .Rows.Where(r => r.Row.Type != IndicatorType.FileName && r.Shown[0] is not ('#' or '/'));
                    Assert.All(rows, r => Assert.Equal(r.Row, Assert.Single(PastedText.Read(r.Shown).Rows).Row));
                },
                iter: 20_000
            );

    [Fact]
    public void The_order_is_kept_and_what_stands_again_is_merged_and_counted()
    {
        var separator = OneOf(" ", ",", ";", "\t", "\n", "\r\n", ", ", " ;\t");
        Gen.Select(Gen.Int[0, Values.Length - 1].Array[0, 60], separator)
            .Sample(
                (which, between) =>
                {
                    var text = string.Join(
                        between,
                        which.Select(i => i % 2 == 0 ? Values[i] : IndicatorText.Defang(Values[i]))
                    );
                    var expected = which.GroupBy(i => i).Select(g => (Values[g.Key], g.Count()));

                    var reading = PastedText.Read(text);

                    Assert.Empty(reading.NotUnderstood);
                    Assert.Equal(expected, reading.Rows.Select(r => (r.Row.Value, r.Times)));
                    Assert.Equal(which.Length, reading.Rows.Count + reading.Merged);
                },
                iter: 3_000
            );
    }

    [Fact]
    public void No_word_is_dropped()
    {
        var word = Gen.OneOf(OneOf(Values), Gen.Char["abz.:/-0"].Array[1, 10].Select(c => new string(c)));
        word.Array[1, 20]
            .Sample(
                words =>
                {
                    var reading = PastedText.Read(string.Join('\n', words));
                    foreach (var (text, line) in words.Select((w, i) => (w, i + 1)))
                    {
                        var alone = PastedText.Read(text);
                        Assert.True(alone.Rows.Count + alone.NotUnderstood.Count == 1 || text.All(c => c == '/'), text);
                        Assert.All(alone.Rows, r => Assert.Contains(r.Row, reading.Rows.Select(there => there.Row)));
                        Assert.Equal(
                            alone.NotUnderstood.Select(p => (p.Reason, p.What)),
                            reading.NotUnderstood.Where(p => p.Where.Line == line).Select(p => (p.Reason, p.What))
                        );
                    }
                },
                iter: 5_000
            );
    }

    /// <summary>Taken off one by one, each would cost a copy of the word.</summary>
    [Fact]
    public void Brackets_by_the_thousand_cost_little_memory()
    {
        var text = string.Concat(Enumerable.Repeat(new string('(', 8_000) + " ", 50));
        var before = GC.GetAllocatedBytesForCurrentThread();

        PastedText.Read(text);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64L << 20);
    }

    [Fact]
    public void A_name_that_is_left_out_stands_in_no_note_whatever_it_is()
    {
        var name = Gen.Char["aB.- é毒ا"].Array[2, 6].Select(c => new string(c));
        Gen.Select(name, Gen.Char["aB.- é毒ا"].Array[0, 30].Select(c => new string(c)))
            .Sample(
                (somebody, text) =>
                {
                    var json = MispJsonTests.Event(
                        MispJsonTests.Attribute("domain", "evil.example", $"\"comment\":\"{text}\""),
                        MispJsonTests.Attribute("threat-actor", somebody)
                    );
                    var reading = MispJson.Read(Encoding.UTF8.GetBytes(json));
                    var note = reading.Rows[0].Note ?? "";
                    var again = MispJsonTests.Event(
                        MispJsonTests.Attribute("domain", "evil.example", $"\"comment\":\"{note}\""),
                        MispJsonTests.Attribute("threat-actor", somebody)
                    );

                    Assert.Equal(note, MispJson.Read(Encoding.UTF8.GetBytes(again)).Rows[0].Note ?? "");
                },
                iter: 3_000
            );
    }

    private static Gen<string> OneOf(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);
}
