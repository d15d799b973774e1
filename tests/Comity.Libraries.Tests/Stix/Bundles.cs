using System.Globalization;
using System.Text;
using System.Text.Json;
using Comity.Stix;

namespace Comity.Libraries.Tests.Stix;

/// <summary>Bundles for tests: written here, or real ones from outside the repository.</summary>
internal static class Bundles
{
    private const string Uuid = "8f6c1b1e-3c0a-4f5e-9d3b-00000000000";

    internal static string Id(string type, int number = 1) =>
        string.Create(CultureInfo.InvariantCulture, $"{type}--{Uuid}{number}");

    internal static byte[] Of(params string[] objects) =>
        Encoding.UTF8.GetBytes(
            $$"""{"type":"bundle","id":"{{Id("bundle", 0)}}","objects":[{{string.Join(",", objects)}}]}"""
        );

    internal static StixBundle Read(params string[] objects)
    {
        var reading = StixBundle.Read(Of(objects));
        Assert.True(reading.IsRead, $"{reading.Refusal} {reading.Place}");
        return reading.Bundle;
    }

    internal static string Object(string type, string members, int number = 1) =>
        $$"""{"type":"{{type}}","spec_version":"2.1","id":"{{Id(type, number)}}",{{members}}}""";

    internal static string Indicator(string pattern, int number = 1) =>
        Object(
            "indicator",
            $"\"pattern_type\":\"stix\",\"valid_from\":\"2026-01-02T03:04:05Z\",\"name\":\"n\",\"pattern\":{JsonSerializer.Serialize(pattern)}",
            number
        );

    internal static string Relationship(string kind, string source, string target, int number = 1) =>
        Object(
            "relationship",
            $"\"relationship_type\":\"{kind}\",\"source_ref\":\"{source}\",\"target_ref\":\"{target}\"",
            number
        );

    internal static byte[] Shipped() =>
        File.ReadAllBytes(Path.Combine(Root(), "src", "Comity.Node", "Demo", "incident.stix.json"));

    internal static byte[] Real(string name)
    {
        var folder = Environment.GetEnvironmentVariable("COMITY_REAL_DATA") is { Length: > 0 } given
            ? given
            : Path.GetFullPath(Path.Combine(Root(), "..", "shared", "real"));
        var file = Path.Combine(folder, "stix", name);
        if (!File.Exists(file))
        {
            Assert.Skip($"needs real data: {file} is not there, and COMITY_REAL_DATA names no other folder");
        }

        return File.ReadAllBytes(file);
    }

    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Comity.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
