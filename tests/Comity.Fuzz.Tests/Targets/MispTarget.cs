using System.Text;
using Comity.Indicators;

namespace Comity.Fuzz.Tests.Targets;

/// <summary>Events of MISP.</summary>
internal sealed class MispTarget : IndicatorTarget
{
    public override string Name => "misp";

    public override string Tokens =>
        """
            Event response Attribute Object Tag Galaxy GalaxyCluster meta synonyms country Orgc info name type value category
            comment uuid to_ids first_seen last_seen deleted data tag_name ip-dst ip-src|port domain|ip hostname|port url
            email-src filename|md5 malware-sample regkey|value x509-fingerprint-sha1 AS vulnerability threat-actor target-org
            whois-registrant-name person victim Attribution Person 192.0.2.7 192.0.2.7|80 evil.example evil.example|192.0.2.7
            例子.example hxxp://evil[.]example Heron GH1 QX tlp:amber misp-galaxy:threat-actor='Heron'
            2026-03-01T10:00:00.000000+00:00 d41d8cd98f00b204e9800998ecf8427e a.exe|d41d8cd98f00b204e9800998ecf8427e
            """;

    public override IEnumerable<byte[]> Seeds() =>
        [
            Encoding.UTF8.GetBytes(
                """
                {"Event":{"info":"Heron","Orgc":{"name":"Office"},"Tag":[{"name":"tlp:green"},{"name":"misp-galaxy:country=\"nowhere\""}],
                "Galaxy":[{"type":"threat-actor","GalaxyCluster":[{"value":"Heron","meta":{"synonyms":["GH1"],"country":"QX"}}]}],
                "Attribute":[{"type":"domain|ip","category":"Network activity","value":"evil.example|192.0.2.7","comment":"by gh1",
                "to_ids":true,"first_seen":"2026-03-01T10:00:00.000000+00:00"},{"type":"target-user","category":"Targeting data","value":"Bob"}],
                "Object":[{"name":"file","Attribute":[{"type":"filename|md5","category":"Payload delivery","value":"a.exe|d41d8cd98f00b204e9800998ecf8427e"}]},
                {"name":"person","Attribute":[{"type":"text","category":"Other","value":"Bob"}]}]}}
                """
            ),
            Encoding.UTF8.GetBytes(
                """{"response":{"Attribute":[{"type":"ip-src|port","value":"192.0.2.7|80","deleted":"1"},{"type":"hostname","value":"例子.example"}]}}"""
            ),
        ];

    protected override IndicatorReading Read(byte[] input) => MispJson.Read(input);
}
