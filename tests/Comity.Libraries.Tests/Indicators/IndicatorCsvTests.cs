using System.Text;
using Comity.Indicators;
using Comity.Stix;

namespace Comity.Libraries.Tests.Indicators;

public sealed class IndicatorCsvTests
{
    private static readonly string Sha256 = new('a', 64);

    [Theory]
    [InlineData("value,type,comment,first seen,last seen")]
    [InlineData("Indicator;Indicator Type;Notes;First_Seen;Last_Seen")]
    [InlineData("IOC\tioc_type\tDescription\tfirst-seen\tLASTSEEN")]
    public void A_header_says_what_the_columns_are(string header)
    {
        var separator = header.First(c => ",;\t".Contains(c, StringComparison.Ordinal));
        var record = string.Join(
            separator,
            "192[.]0[.]2[.]7",
            "ip-dst",
            "\"one, two; three\tfour\"",
            "2026-03-01 10:00",
            "1772445600"
        );

        var found = Assert.Single(Read($"{header}\r\n{record}\r\n").Rows);

        Assert.Equal(("192.0.2.7", "one, two; three four"), (found.Row.Value, found.Note));
        Assert.Equal(new SourcePlace(2, header.Split(separator)[0]), found.Where);
        Assert.Equal(new DateTime(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc), found.FirstSeen);
        Assert.Equal(new DateTime(2026, 3, 2, 10, 0, 0, DateTimeKind.Utc), found.LastSeen);
    }

    [Fact]
    public void Columns_may_be_the_types_themselves()
    {
        var reading = Read(
            $"""
            file name,MD5,SHA-256,url,x,ip
            dropper.exe,d41d8cd98f00b204e9800998ecf8427e,{Sha256},hxxp://evil[.]example/,9,
            ,bad,,,,192.0.2.7:443
            """
        );

        Assert.Equal(
            [
                ("dropper.exe", 2),
                ("d41d8cd98f00b204e9800998ecf8427e", 2),
                (Sha256, 2),
                ("http://evil.example/", 2),
                ("192.0.2.7", 3),
            ],
            reading.Rows.Select(r => (r.Row.Value, r.Where.Line))
        );
        Assert.Equal(
            [
                new PartNotUnderstood(PartReason.Unread, new SourcePlace(1, "x"), "x"),
                new PartNotUnderstood(PartReason.OddValue, new SourcePlace(3, "MD5"), "bad"),
            ],
            reading.NotUnderstood
        );
    }

    [Fact]
    public void The_export_of_MISP_is_read_with_its_tags_and_without_its_names()
    {
        var reading = Read(
            $"""
            uuid,event_id,category,type,value,comment,to_ids,date,object_relation,attribute_tag,event_source_org
            u1,7,Network activity,ip-dst,192.0.2.7,used by Grey Heron,1,1772359200,,"tlp:amber,misp-galaxy:threat-actor=""Grey Heron, the old"",kind:a",Office of QX
            u2,7,Payload delivery,filename|sha256,dropper.exe|{Sha256},,1,1772359200,,"tlp:green",Office of QX
            u3,7,Attribution,threat-actor,Grey Heron,,0,1772359200,,,Office of QX
            u4,7,Attribution,email,somebody@evil.example,,0,1772359200,,,Office of QX
            u5,7,Payload delivery,yara,rule x,,1,1772359200,,,Office of QX
            """
        );

        Assert.Equal(["GREEN", "AMBER"], reading.Tlp);
        Assert.Equal(
            [("192.0.2.7", "u1", true), (Sha256, "u2", true), ("dropper.exe", "u2", true)],
            reading.Rows.Select(r => (r.Row.Value, r.Row.ObjectId, r.ToDetect == true))
        );
        Assert.Equal($"used by {StixBundle.Mark}", reading.Rows[0].Note);
        Assert.Equal(
            [
                (NameKind.ThreatActor, "Grey Heron, the old", 1),
                (NameKind.Organisation, "Office of QX", 5),
                (NameKind.ThreatActor, "Grey Heron", 1),
                (NameKind.Attribution, "somebody@evil.example", 1),
            ],
            reading.LeftOut.Select(n => (n.Kind, n.Name, n.Times))
        );
        Assert.Equal(
            [
                (PartReason.Unread, "event_id"),
                (PartReason.Unread, "date"),
                (PartReason.Unread, "object_relation"),
                (PartReason.Context, "kind:a"),
                (PartReason.Rule, "rule x"),
            ],
            reading.NotUnderstood.Select(p => (p.Reason, p.What))
        );
    }

    [Fact]
    public void A_column_of_names_gives_no_rows()
    {
        var reading = Read("value,threat_actor,victim,country\n192.0.2.7,192.0.2.8,evil.example,QX\n");

        Assert.Equal(["192.0.2.7"], reading.Rows.Select(r => r.Row.Value));
        Assert.Equal(["192.0.2.8", "evil.example", "QX"], reading.LeftOut.Select(n => n.Name));
    }

    [Fact]
    public void Without_a_header_the_form_of_each_cell_says_what_it_is()
    {
        var reading = Read("192.0.2.7;C2 server\nevil[.]example;\n");

        Assert.Equal(["192.0.2.7", "evil.example"], reading.Rows.Select(r => r.Row.Value));
        Assert.Equal(
            new PartNotUnderstood(PartReason.NothingKnown, new SourcePlace(1, "2"), "C2 server"),
            Assert.Single(reading.NotUnderstood)
        );
    }

    [Fact]
    public void A_formula_is_data()
    {
        var reading = Read(
            "value,comment\n=HYPERLINK(\"http://evil.example\"),a\n\"=cmd|'/C calc'!A0\",b\n192.0.2.7,\"=1+1\"\n+192.0.2.8,@SUM(A1)\n"
        );

        Assert.Equal(("192.0.2.7", "=1+1"), Assert.Single(reading.Rows.Select(r => (r.Row.Value, r.Note))));
        Assert.Equal(
            ["=HYPERLINK(\"http://evil.example\")", "=cmd|'/C calc'!A0", "+192.0.2.8"],
            reading.NotUnderstood.Select(p => p.What)
        );
    }

    [Fact]
    public void A_quotation_over_lines_counts_lines_and_one_that_does_not_end_is_told()
    {
        var reading = Read("value,comment\n\n192.0.2.1,\"two\nlines\"\n192.0.2.2,\n192.0.2.3,\"no end\n192.0.2.4,\n");

        Assert.Equal(
            [("192.0.2.1", "two lines", 3), ("192.0.2.2", null, 5)],
            reading.Rows.Select(r => (r.Row.Value, r.Note, r.Where.Line))
        );
        var part = Assert.Single(reading.NotUnderstood);
        Assert.Equal((PartReason.OddRecord, 6), (part.Reason, part.Where.Line));
        Assert.Contains("192.0.2.4", part.What, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_record_lacks_or_has_too_much_of_is_told()
    {
        var reading = Read(
            $"value,type,first_seen,tlp\n,ip,,\n192.0.2.1,,03/04/2026,mauve\nhello,widget,,RED\n192.0.2.2,C2,,\n1{new string(',', 70)}\n"
        );

        Assert.Equal(["192.0.2.1", "192.0.2.2"], reading.Rows.Select(r => r.Row.Value));
        Assert.Equal(["RED"], reading.Tlp);
        Assert.Equal(
            [
                (PartReason.OddRecord, 2),
                (PartReason.OddTime, 3),
                (PartReason.UnknownLabel, 3),
                (PartReason.UnknownType, 4),
                (PartReason.OddRecord, 6),
                (PartReason.NothingKnown, 6),
            ],
            reading.NotUnderstood.Select(p => (p.Reason, p.Where.Line))
        );
    }

    [Fact]
    public void UTF_8_with_its_mark_and_what_spreadsheets_call_Unicode_text_are_read()
    {
        foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode])
        {
            byte[] octets = [.. encoding.GetPreamble(), .. encoding.GetBytes("value\tcomment\r\n192.0.2.1\té\r\n")];
            var found = Assert.Single(IndicatorCsv.Read(octets).Rows);

            Assert.Equal(("192.0.2.1", "é"), (found.Row.Value, found.Note));
        }

        Assert.Equal(IndicatorRefusal.NotText, IndicatorCsv.Read(Encoding.Unicode.GetBytes("value")).Refusal);
        Assert.Equal(IndicatorRefusal.TooLarge, IndicatorCsv.Read(new byte[IndicatorLimits.TextOctets + 1]).Refusal);
    }

    /// <summary>Each such cell makes the parser copy its whole record: of half a million of them, 64 are looked at.</summary>
    [Fact]
    public void Stray_quotation_marks_by_the_hundred_thousand_cost_little_memory()
    {
        var octets = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("\"a\"b,", 400_000)));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var reading = IndicatorCsv.Read(octets);

        Assert.Equal(PartReason.OddRecord, reading.NotUnderstood[0].Reason);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 600L << 20);
    }

    private static IndicatorReading Read(string text) => IndicatorCsv.Read(Encoding.UTF8.GetBytes(text));
}
