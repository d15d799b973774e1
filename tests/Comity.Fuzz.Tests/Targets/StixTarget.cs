using System.Text;
using Comity.Fuzz.Tests.Engine;
using Comity.Stix;

namespace Comity.Fuzz.Tests.Targets;

/// <summary>A STIX bundle; what is read is also written without its names, and that is read again.</summary>
internal sealed class StixTarget : Target
{
    private const string Uuid = "8f6c1b1e-3c0a-4f5e-9d3b-00000000000";

    private static readonly HashSet<string> Nobody = new(StringComparer.Ordinal);

    public override string Name => "stix";

    // What is found in long ones is found in short ones too, in half the time.
    public override int Longest => 6 << 10;

    public override (long Base, long PerOctet) Allowance => (1 << 20, 1500);

    public override string Tokens =>
        """
            type id objects bundle spec_version 2.1 indicator pattern pattern_type stix valid_from name description relationship
            relationship_type source_ref target_ref attributed-to threat-actor intrusion-set identity location country aliases
            external_references source_name url created_by_ref object_refs report malware vulnerability external_id cve
            CVE-2026-0001 observed-data ipv4-addr domain-name file hashes SHA-256 value url email-addr extensions
            revoked sighting_of_ref where_sighted_refs labels x_qm [ipv4-addr:value AND OR FOLLOWEDBY NOT IN LIKE MATCHES
            ISSUBSET ISSUPERSET EXISTS WITHIN REPEATS TIMES SECONDS START STOP t'2026-01-01T00:00:00Z' '192.0.2.7' ]
            indicator--8f6c1b1e-3c0a-4f5e-9d3b-000000000001 QX
            """;

    public override IEnumerable<byte[]> Seeds() =>
        [
            Bundle(Indicator("[ipv4-addr:value = '192.0.2.7']"), Actor, Relation),
            Bundle(
                Indicator("[file:hashes.'SHA-256' = 'aa' AND (domain-name:value LIKE 'a%' OR url:value IN ('b','c'))]"),
                Indicator(
                    "([ipv4-addr:value ISSUBSET '192.0.2.0/24'] FOLLOWEDBY [process:name MATCHES '^x']) WITHIN 5 SECONDS REPEATS 2 TIMES"
                )
            ),
            Bundle(
                Object("domain-name", "\"value\":\"update.example\""),
                Object(
                    "vulnerability",
                    "\"name\":\"CVE-2026-0001\",\"external_references\":[{\"source_name\":\"cve\",\"external_id\":\"CVE-2026-0001\"}]"
                ),
                Object("malware", "\"name\":\"dropper\",\"is_family\":false"),
                Object("identity", "\"name\":\"Office of QX\",\"identity_class\":\"organization\""),
                Object("location", "\"country\":\"QX\",\"region\":\"nowhere\""),
                Object("report", $"\"name\":\"What the Office of QX saw\",\"object_refs\":[\"identity--{Uuid}1\"]")
            ),
        ];

    public override Func<string> Prepare(byte[] input) => () => Read(input);

    private static string Read(byte[] input)
    {
        var reading = StixBundle.Read(input);
        if (!reading.IsRead)
            return $"{reading.Refusal}";
        var without = reading.Bundle.WithoutNames(Nobody);
        var again = StixBundle.Read(without.Octets);
        if (!again.IsRead)
            throw new BrokenPromiseException($"A bundle without its names is not read again: {again.Refusal}.");
        return again.Bundle.NamesFound.Count > without.Remaining.Count && without.Remaining.Count == 0
            ? throw new BrokenPromiseException("A name is still there after all were left out.")
            : $"read, {Math.Min(reading.Bundle.Indicators.Count, 3)} indicators, {Math.Min(reading.Bundle.NamesFound.Count, 3)} names";
    }

    private static readonly string Actor = Object("threat-actor", "\"name\":\"Grey Heron\",\"aliases\":[\"Heron\"]");

    private static readonly string Relation = Object(
        "relationship",
        $"\"relationship_type\":\"indicates\",\"source_ref\":\"indicator--{Uuid}1\",\"target_ref\":\"threat-actor--{Uuid}1\""
    );

    private static string Indicator(string pattern) =>
        Object(
            "indicator",
            $"\"pattern_type\":\"stix\",\"valid_from\":\"2026-01-02T03:04:05Z\",\"name\":\"n\",\"pattern\":\"{pattern}\""
        );

    private static string Object(string type, string members) =>
        $$"""{"type":"{{type}}","spec_version":"2.1","id":"{{type}}--{{Uuid}}1",{{members}}}""";

    private static byte[] Bundle(params string[] objects) =>
        Encoding.UTF8.GetBytes(
            $$"""{"type":"bundle","id":"bundle--{{Uuid}}0","objects":[{{string.Join(",", objects)}}]}"""
        );
}
