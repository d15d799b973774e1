using System.Text;
using Comity.Indicators;

namespace Comity.Fuzz.Tests.Targets;

/// <summary>Indicators from a spreadsheet, and MISP's export.</summary>
internal sealed class CsvTarget : IndicatorTarget
{
    public override string Name => "csv";

    public override string Tokens =>
        """
            value type comment first_seen last_seen to_ids tags tlp category uuid deleted threat_actor victim country ip md5 url
            filename|sha256 ip-dst|port domain|ip threat-actor Attribution Person 192.0.2.7 192.0.2.7|80 evil[.]example xn--
            evil.example|192.0.2.7 2026-03-01T10:00:00Z 1772445600 =HYPERLINK("http://evil.example") @SUM(A1) 1 true Heron
            misp-galaxy:threat-actor="Heron" tlp:amber " "" , ; | \t
            """;

    public override IEnumerable<byte[]> Seeds() =>
        [
            Encoding.UTF8.GetBytes(
                """"
                uuid,event_id,category,type,value,comment,to_ids,date,attribute_tag
                u1,7,Network activity,ip-dst|port,192.0.2.7|80,"by Heron, again",1,1,"tlp:amber,misp-galaxy:threat-actor=""Heron"""
                u2,7,Attribution,threat-actor,Heron,,0,1,
                """"
            ),
            Encoding.UTF8.GetBytes(
                "\uFEFFip;md5;victim;first seen\r\n192.0.2.7;\"a\nb\";Heron;2026-03-01 10:00\r\n=1+1;;;x"
            ),
            Encoding.UTF8.GetBytes("192.0.2.7\tevil[.]example\n\"no end\n"),
        ];

    protected override IndicatorReading Read(byte[] input) => IndicatorCsv.Read(input);
}
