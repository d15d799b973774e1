using System.Text.Json.Nodes;

namespace Comity.Bench.Nodes;

/// <summary>What a benchmark sends: a message of one kind, with a text of a certain length.</summary>
internal static class Letter
{
    private const string Sentence =
        "Network devices of a regional hospital group were taken over and used to flood others; please look at the computers. ";

    public static JsonObject Opening(BenchNode from, IEnumerable<string> to, int octets, byte[]? attachment = null)
    {
        var letter = Body(from, to, "information", octets);
        if (attachment is not null)
            letter["attachments"] = new JsonArray(
                new JsonObject { ["name"] = "image.bin", ["content"] = Convert.ToBase64String(attachment) }
            );
        return letter;
    }

    public static JsonObject Next(BenchNode from, IEnumerable<string> to, int octets, string conversation)
    {
        var letter = Body(from, to, "update", octets);
        letter["message"]!["conversation"] = conversation;
        return letter;
    }

    public static string Text(int octets) =>
        string.Concat(Enumerable.Repeat(Sentence, octets / Sentence.Length + 1))[..octets];

    private static JsonObject Body(BenchNode from, IEnumerable<string> to, string kind, int octets) =>
        new()
        {
            ["from"] = from.Offices[0],
            ["to"] = new JsonArray([.. to.Select(o => JsonValue.Create(o))]),
            ["message"] = new JsonObject
            {
                ["kind"] = kind,
                ["language"] = "en",
                ["tlp"] = "AMBER",
                ["fields"] = new JsonObject { ["text"] = Text(octets) },
            },
        };
}
