using System.Text;
using Comity.PortableObject;
using CsCheck;

namespace Comity.Libraries.Tests.PortableObject;

public sealed class PoFileTests
{
    private const string Header = """
        msgid ""
        msgstr ""
        "Language: fr\n"
        "Content-Type: text/plain; charset=UTF-8\n"
        "Plural-Forms: nplurals=2; plural=(n > 1);\n"


        """;

    private static PoFile Good(string body)
    {
        var reading = PoFile.Read(Header + body);
        Assert.Null(reading.Error);
        return reading.File!;
    }

    private static PoError Bad(string text)
    {
        var reading = PoFile.Read(text);
        Assert.Null(reading.File);
        return reading.Error!;
    }

    [Fact]
    public void An_entry_is_read_with_everything_around_it()
    {
        var file = Good(
            """
            # a translator's word
            #. an author's word
            #: Pages/Desk.razor:12
            #, fuzzy, no-wrap
            #| msgid "before"
            msgctxt "desk"
            msgid "Acknowledge"
            msgstr "Accuser réception"
            """
        );
        var entry = Assert.Single(file.Entries);
        Assert.Equal(("desk", "Acknowledge"), (entry.Context, entry.Id));
        Assert.Equal(["Accuser réception"], entry.Translations);
        Assert.Equal(["a translator's word", "an author's word"], entry.Comments);
        Assert.Equal(["Pages/Desk.razor:12"], entry.References);
        Assert.Equal(["fuzzy", "no-wrap"], entry.Flags);
        Assert.True(entry.IsFuzzy);
        Assert.Equal(13, entry.Line);
        Assert.Equal("fr", file.Language);
    }

    [Fact]
    public void Strings_continue_over_lines_and_escapes_are_resolved()
    {
        var file = Good("msgid \"\"\n\"one \"\n\"\\\"two\\\"\\n\\t\\\\\"\nmsgstr \"x\"\r\n");
        Assert.Equal("one \"two\"\n\t\\", file.Entries[0].Id);
    }

    [Fact]
    public void Obsolete_entries_are_left_out_and_entries_need_no_blank_line_between()
    {
        var file = Good("msgid \"a\"\nmsgstr \"A\"\nmsgid \"b\"\nmsgstr \"B\"\n#~ msgid \"c\"\n#~ msgstr \"C\"\n");
        Assert.Equal(["a", "b"], file.Entries.Select(entry => entry.Id));
    }

    [Theory]
    [InlineData("msgid \"a\"\nmsgstr \"A\n", 8, PoFault.BadString)]
    [InlineData("msgid \"a\"\nmsgstr \"A\\\"\n", 8, PoFault.BadString)]
    [InlineData("msgid \"a\"\nmsgstr \"\\x41\"\n", 8, PoFault.BadString)]
    [InlineData("msgid \"a\" b\"\nmsgstr \"A\"\n", 7, PoFault.BadString)]
    [InlineData("msgid \"a\"\n\nmsgstr \"A\"\n", 8, PoFault.Syntax)]
    [InlineData("msgstr \"A\"\n", 7, PoFault.Syntax)]
    [InlineData("msgid \"a\"\n# inside\nmsgstr \"A\"\n", 8, PoFault.Syntax)]
    [InlineData("hello\n", 7, PoFault.Syntax)]
    [InlineData("\"hello\"\n", 7, PoFault.Syntax)]
    [InlineData("msgid \"a\"\nmsgstr \"A\"\nmsgstr \"B\"\n", 9, PoFault.Syntax)]
    [InlineData("msgid \"a\"\nmsgstr[0] \"A\"\n", 8, PoFault.Syntax)]
    [InlineData("msgid \"a\"\nmsgid_plural \"b\"\nmsgstr \"A\"\n", 9, PoFault.Syntax)]
    [InlineData("msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[1] \"A\"\n", 9, PoFault.WrongNumberOfForms)]
    [InlineData("msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"A\"\n", 7, PoFault.WrongNumberOfForms)]
    [InlineData("msgid \"\"\nmsgstr \"A\"\n", 7, PoFault.BadHeader)]
    [InlineData("msgid \"a\"\nmsgstr \"A\"\n\nmsgid \"a\"\nmsgstr \"B\"\n", 10, PoFault.Duplicate)]
    public void A_fault_is_named_with_its_line(string body, int line, PoFault fault)
    {
        var error = Bad(Header + body);
        Assert.Equal((line, fault), (error.Line, error.Fault));
    }

    [Theory]
    [InlineData("", PoFault.BadHeader)]
    [InlineData("msgid \"a\"\nmsgstr \"A\"\n", PoFault.BadHeader)]
    [InlineData("msgid \"\"\nmsgstr \"no colon\\n\"\n", PoFault.BadHeader)]
    [InlineData("msgid \"\"\nmsgstr \"A: 1\\na: 2\\n\"\n", PoFault.BadHeader)]
    [InlineData("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=koi8-r\\n\"\n", PoFault.NotUtf8)]
    [InlineData("msgid \"\"\nmsgstr \"Plural-Forms: nplurals=2; plural=n;\\n\"\n", PoFault.BadPluralForms)]
    [InlineData("\uFEFFmsgid \"\"\nmsgstr \"\"\n", PoFault.NotUtf8)]
    public void A_faulty_header_is_refused(string text, PoFault fault) => Assert.Equal(fault, Bad(text).Fault);

    [Fact]
    public void A_plural_entry_needs_a_rule() =>
        Assert.Equal(
            PoFault.BadPluralForms,
            Bad("msgid \"\"\nmsgstr \"\"\n\nmsgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"A\"\n").Fault
        );

    [Fact]
    public void Octets_that_are_not_UTF_8_are_refused() =>
        Assert.Equal(
            PoFault.NotUtf8,
            PoFile.Read("msgid \"\xC3\x28\""u8[..7].ToArray().Append((byte)0xC3).ToArray()).Error!.Fault
        );

    [Fact]
    public void Size_count_and_length_are_bounded()
    {
        var limits = new PoLimits
        {
            Octets = 400,
            Entries = 1,
            StringLength = 80,
        };
        Assert.Equal(PoFault.TooLarge, PoFile.Read(new byte[401], limits).Error!.Fault);
        Assert.Equal(PoFault.TooLarge, PoFile.Read(new string(' ', 401), limits).Error!.Fault);
        var small = "msgid \"\"\nmsgstr \"\"\n\n";
        var two = small + "msgid \"a\"\nmsgstr \"A\"\n\nmsgid \"b\"\nmsgstr \"B\"\n";
        Assert.Equal(PoFault.TooLarge, PoFile.Read(two, limits).Error!.Fault);
        var @long = small + $"msgid \"{new string('a', 81)}\"\nmsgstr \"A\"\n";
        Assert.Equal(PoFault.TooLarge, PoFile.Read(@long, limits).Error!.Fault);
    }

    [Fact]
    public void Any_string_survives_being_written_and_read() =>
        Gen.String[Gen.Char["ab\"\\\n\t\rпض中"], 1, 40]
            .Sample(text =>
                Good($"msgid \"{Escape(text)}\"\nmsgstr \"{Escape(text)}\"\n").Entries[0].Translations[0] == text
            );

    [Fact]
    public void No_text_makes_the_reader_throw() =>
        Gen.OneOf(
                new[]
                {
                    "msgid",
                    "msgstr",
                    "msgctxt",
                    "msgid_plural",
                    "msgstr[0]",
                    "msgstr[",
                    "\"",
                    "\\",
                    " ",
                    "\n",
                    "#",
                    "#,",
                    "a",
                }
                    .Select(Gen.Const)
                    .ToArray()
            )
            .Array[0, 40]
            .Sample(tokens =>
            {
                var reading = PoFile.Read(Header + string.Concat(tokens));
                return reading.File is null != reading.Error is null;
            });

    private static string Escape(string text) =>
        new StringBuilder(text)
            .Replace("\\", "\\\\")
            .Replace("\"", "\\\"")
            .Replace("\n", "\\n")
            .Replace("\t", "\\t")
            .Replace("\r", "\\r")
            .ToString();
}
