using System.Text.Json;
using Comity.Protocol.Evidence;

namespace Comity.Verify;

/// <summary>Writes a report for people or for machines.</summary>
internal static class Reports
{
    public static void Write(
        TextWriter output,
        IReadOnlyList<EvidenceLine> lines,
        bool good,
        IReadOnlyList<string> limits,
        bool json
    )
    {
        if (json)
        {
            output.WriteLine(Json(lines, good, limits));
            return;
        }

        foreach (var line in lines)
        {
            var item = line.Item.Length == 0 ? "file" : line.Item;
            output.WriteLine($"{Word(line.Verdict), -8} {item, -16} {line.Text}");
            if (line.Reason is not null)
            {
                output.WriteLine($"{"", -25} {line.Code}: {line.Reason}");
            }
        }

        output.WriteLine();
        output.WriteLine("What this does not prove:");
        foreach (var limit in limits)
        {
            output.WriteLine($"  - {limit}");
        }

        output.WriteLine();
        var counts = lines.GroupBy(line => line.Verdict).OrderBy(g => g.Key).Select(g => $"{g.Count()} {Word(g.Key)}");
        output.WriteLine($"{(good ? "Nothing failed" : "NOT ALL HOLDS")}: {string.Join(", ", counts)}.");
    }

    private static string Word(EvidenceVerdict verdict) =>
        verdict switch
        {
            EvidenceVerdict.Proven => "proven",
            EvidenceVerdict.Claimed => "claimed",
            _ => "FAILED",
        };

    private static string Json(IReadOnlyList<EvidenceLine> lines, bool good, IReadOnlyList<string> limits)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("nothingFailed", good);
            writer.WriteStartArray("lines");
            foreach (var line in lines)
            {
                writer.WriteStartObject();
                writer.WriteString("verdict", Word(line.Verdict).ToLowerInvariant());
                writer.WriteString("item", line.Item);
                writer.WriteString("text", line.Text);
                if (line.Code is not null)
                {
                    writer.WriteString("code", line.Code);
                    writer.WriteString("reason", line.Reason);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("doesNotProve");
            foreach (var limit in limits)
            {
                writer.WriteStringValue(limit);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
