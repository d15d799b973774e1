using System.Text;
using Comity.Indicators;

namespace Comity.Fuzz.Tests.Targets;

/// <summary>Indicators that somebody pastes.</summary>
internal sealed class PastedTextTarget : IndicatorTarget
{
    public override string Name => "pasted-text";

    public override string Tokens =>
        """
            192.0.2.7 192[.]0[.]2[.]7 192.0.2.0/24 192.0.2.256 :8080 2001:db8::1 [2001:db8::1]:443 ::ffff:192.0.2.7 evil[.]example
            evil(dot)example evil\.example xn--fsqu00a.example xn-- 例子 .example hxxp[:]//evil[.]example/a hxxps:// fxp:// http[s]://
            [://] [/] [@] [at] bad@evil.example h**p:// d41d8cd98f00b204e9800998ecf8427e CVE-2026-12345 AS64496 dropper.exe
            TLP:AMBER+STRICT tlp: # // " ' , ; | < > ( ) { } « »
            """;

    public override IEnumerable<byte[]> Seeds() =>
        [
            Encoding.UTF8.GetBytes(
                """
                TLP:AMBER
                192[.]0[.]2[.]7, 192.0.2.7:8080; 2001:db8::/32 # scanners
                hxxps[:]//evil[.]example/a?b=c // second stage
                例子[.]example xn--fsqu00a.example "my report.docx" [2001:db8::1]:443
                evil.example/path 192.0.2.256 deadbeefdeadbeefdeadbeefdeadbeef00
                """
            ),
            [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("bad[@]evil[.]example CVE-2026-12345")],
        ];

    protected override IndicatorReading Read(byte[] input) => PastedText.Read(input);
}
