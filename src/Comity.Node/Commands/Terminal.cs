using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Comity.Node.Commands;

/// <summary>What a command says: sentences for people, or one JSON value with <c>--json</c>.</summary>
internal sealed class Terminal(bool json)
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public bool Json { get; } = json;

    /// <summary>The result: as JSON, or as lines.</summary>
    public void Result(JsonNode result, params IEnumerable<string> lines)
    {
        if (Json)
        {
            Console.Out.WriteLine(result.ToJsonString(Readable));
            return;
        }
        foreach (var line in lines)
            Console.Out.WriteLine(line);
    }

    /// <summary>Why there is no result: a sentence on standard error; with <c>--json</c> an object in place of the result.</summary>
    public void Problem(string code, string sentence)
    {
        if (Json)
            Console.Out.WriteLine(
                new JsonObject
                {
                    ["problem"] = new JsonObject { ["code"] = code, ["sentence"] = sentence },
                }.ToJsonString(Readable)
            );
        else
            Error(sentence);
    }

    /// <summary>Something on the way; on standard error, so that it never mixes with a result.</summary>
    public void Note(string sentence)
    {
        if (!Json)
            Console.Error.WriteLine(sentence);
    }

    public static void Error(string sentence) => Console.Error.WriteLine("comity: " + sentence);
}
