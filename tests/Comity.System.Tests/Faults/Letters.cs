using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Comity.Node.Commands;

namespace Comity.System.Tests.Faults;

/// <summary>
/// What is sent. Each has a mark of its own in its text, by which it is known on both sides even where its sender never
/// heard which id it has.
/// </summary>
internal static partial class Letters
{
    /// <summary>Opens a conversation and asks for an acknowledgement.</summary>
    public static JsonObject Notification(FaultNode from, FaultNode to, string mark) =>
        Body(
            from,
            to,
            new JsonObject
            {
                ["kind"] = "notification",
                ["fields"] = new JsonObject
                {
                    ["relation"] = "may-affect-you",
                    ["seen"] = $"Seen at a hospital group [{mark}].",
                    ["criticalInfrastructure"] = "unknown",
                    ["asked"] = Json.Array(["Please look at the same addresses."]),
                    ["goodFaith"] = true,
                },
            }
        );

    public static JsonObject Update(FaultNode from, FaultNode to, string conversation, string mark) =>
        Body(
            from,
            to,
            new JsonObject
            {
                ["kind"] = "update",
                ["conversation"] = conversation,
                ["fields"] = new JsonObject { ["text"] = $"What is new [{mark}]." },
            }
        );

    public static JsonObject Acknowledgement(string message, string mark) =>
        new() { ["message"] = message, ["text"] = $"Seen by the desk [{mark}]." };

    /// <summary>The same with a file of so many octets.</summary>
    public static JsonObject With(this JsonObject letter, int octets)
    {
        var content = new byte[octets];
        for (var i = 0; i < octets; i++)
            content[i] = (byte)(i * 31 % 251);
        letter["attachments"] = new JsonArray(
            new JsonObject
            {
                ["name"] = "log.bin",
                ["mediaType"] = "application/octet-stream",
                ["content"] = Convert.ToBase64String(content),
            }
        );
        return letter;
    }

    /// <summary>The mark in what was read; empty where there is none.</summary>
    public static string MarkOf(JsonNode message) => Mark().Match(message["fields"]?.ToJsonString() ?? "").Value;

    private static JsonObject Body(FaultNode from, FaultNode to, JsonObject message)
    {
        (message["language"], message["tlp"]) = ("en", "AMBER");
        return new JsonObject
        {
            ["from"] = from.Office,
            ["to"] = Json.Array([to.Office]),
            ["message"] = message,
        };
    }

    [GeneratedRegex(@"(?<=\[)[A-Z]{2}-[a-z0-9-]+(?=\])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mark();
}
