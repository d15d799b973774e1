using System.Text.Json;
using Comity.Post.HttpSignatures;

namespace Comity.App.Tests.Post;

/// <summary>
/// The test cases that the HTTP working group publishes for structured fields (httpwg/structured-field-tests), read from
/// the folder "structured-fields" of the real data.
/// </summary>
public sealed class StructuredFieldJudgeTests
{
    [Fact]
    public void Every_published_case_is_read_refused_and_written_as_the_working_group_says()
    {
        var folder = Path.Combine(Needs.RealData(), "structured-fields");
        Assert.SkipUnless(System.IO.Directory.Exists(folder), "needs structured-fields under COMITY_REAL_DATA");
        var wrong = new List<string>();
        var cases = 0;
        foreach (var file in System.IO.Directory.EnumerateFiles(folder, "*.json"))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var test in document.RootElement.EnumerateArray())
            {
                cases++;
                if (Fault(test) is { } fault)
                {
                    wrong.Add($"{Path.GetFileName(file)}: {test.GetProperty("name").GetString()}: {fault}");
                }
            }
        }

        Assert.InRange(cases, 1000, int.MaxValue);
        Assert.Empty(wrong);
    }

    private static string? Fault(JsonElement test)
    {
        var raw = string.Join(", ", test.GetProperty("raw").EnumerateArray().Select(line => line.GetString()));
        var written = test.GetProperty("header_type").GetString() switch
        {
            "dictionary" => FieldReader.ReadDictionary(raw) is { } dictionary
                ? FieldWriter.Dictionary(dictionary)
                : null,
            "list" => FieldReader.ReadList(raw) is { } list ? FieldWriter.List(list) : null,
            _ => FieldReader.ReadItem(raw) is { } item ? FieldWriter.Member(item) : null,
        };
        if (Flag(test, "must_fail"))
        {
            return written is null ? null : $"accepted as {written}";
        }

        if (written is null)
        {
            return Flag(test, "can_fail") ? null : "refused";
        }

        var canonical = test.TryGetProperty("canonical", out var given)
            ? string.Join(", ", given.EnumerateArray().Select(line => line.GetString()))
            : raw;
        return string.Equals(canonical, written, StringComparison.Ordinal) ? null : $"{written} instead of {canonical}";
    }

    private static bool Flag(JsonElement test, string name) =>
        test.TryGetProperty(name, out var flag) && flag.GetBoolean();
}
