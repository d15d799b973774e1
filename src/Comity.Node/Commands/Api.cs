using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Comity.Node.Commands;

/// <summary>Calls of the node's API that turn a problem into a sentence.</summary>
internal static class Api
{
    public static async Task<JsonNode> GetJsonAsync(this NodeConnection node, string path, CancellationToken ct)
    {
        using var answer = await node.Client.GetAsync(new Uri(path, UriKind.Relative), ct);
        return await ReadAsync(answer, ct);
    }

    public static async Task<byte[]> GetBytesAsync(this NodeConnection node, string path, CancellationToken ct)
    {
        using var answer = await node.Client.GetAsync(new Uri(path, UriKind.Relative), ct);
        if (!answer.IsSuccessStatusCode)
            await ReadAsync(answer, ct);
        return await answer.Content.ReadAsByteArrayAsync(ct);
    }

    public static async Task<JsonNode> PostJsonAsync(
        this NodeConnection node,
        string path,
        JsonNode body,
        CancellationToken ct
    )
    {
        using var answer = await node.Client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, ct);
        return await ReadAsync(answer, ct);
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        var text = await answer.Content.ReadAsStringAsync(ct);
        JsonNode? json = null;
        try
        {
            json = text.Length == 0 ? new JsonObject() : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // An answer that is not JSON is told by its status below.
        }
        if (answer.IsSuccessStatusCode && json is not null)
            return json;
        throw new CommandException(Sentence(json, (int)answer.StatusCode)) { Code = json.Text("code") };
    }

    private static string Bare(int status) =>
        status switch
        {
            400 =>
                "The node cannot read what was given: is it an id, a name, a time in the form that --help shows? Nothing was changed.",
            404 => "Nothing here has that id or name, or this node's offices have no part in it. Nothing was changed.",
            _ => $"The node answered with status {status}. Its log says more.",
        };

    private static string Sentence(JsonNode? problem, int status)
    {
        var title = (string?)problem?["title"] ?? Bare(status);
        if (problem?["fields"] is not JsonObject fields)
            return title;
        return title + string.Concat(fields.Select(f => $"\n  {f.Key}: {(string?)f.Value}"));
    }
}
