using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Comity.Post;

namespace Comity.App.Tests.Post;

public sealed class CarryingTests : IAsyncLifetime
{
    private readonly PostNode sender = new();
    private readonly PostNode recipient = new();

    public async ValueTask InitializeAsync()
    {
        recipient.Known[sender.Key.PublicKey] = sender.Url;
        await sender.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await sender.DisposeAsync();
        await recipient.DisposeAsync();
    }

    [Fact]
    public async Task An_envelope_can_be_carried_by_hand_and_its_bare_answer_is_shown()
    {
        await recipient.StartAsync();
        recipient.Answer = octets => new Reception.Refused("other-content", Protocol.Digest.Of(octets));

        var answer = await CarryAsync(recipient.Url.AbsoluteUri);

        Assert.Equal(
            ("403", """{"title":"Refused","status":403}"""),
            (answer["status"]!.ToString(), answer["body"]!.ToString())
        );
        Assert.Equal(["by hand"u8.ToArray()], recipient.Came);
        using var client = recipient.Client();
        var refusal = Assert.Single((await client.GetFromJsonAsync<JsonArray>("api/v1/post/refusals"))!)!;
        Assert.Equal("other-content", refusal["code"]!.ToString());
        Assert.Equal(Protocol.Digest.Of("by hand"u8).Value, refusal["envelopeDigest"]!.ToString());
    }

    [Theory]
    [InlineData("https://10.0.0.1", "post.no-answer")]
    [InlineData("qn.example", "post.not-an-address")]
    public async Task Carrying_to_where_no_node_is_says_so(string node, string code) =>
        Assert.Equal(code, (await CarryAsync(node))["code"]?.ToString());

    private async Task<JsonNode> CarryAsync(string node)
    {
        using var client = sender.Client();
        var body = new JsonObject { ["node"] = node, ["envelope"] = Convert.ToBase64String("by hand"u8) };
        using var response = await client.PostAsJsonAsync("api/v1/post/carry", body);
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }
}
