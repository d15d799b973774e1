using System.Text.Json.Nodes;
using Comity.Node.Commands;

namespace Comity.App.Tests.Directory;

/// <summary>What the operator and the offices are told of their own keys.</summary>
public sealed class OwnKeyTests
{
    private const string Office = "QM/technical";
    private static readonly string[] Pages = ["/directory", "/directory/QM", "/directory/QM/technical"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_that_is_revoked_here_alone_is_not_forgotten_until_the_entry_names_another()
    {
        await using var network = await Network.FollowedAsync();
        await RevokeAsync(network, participantKey: null);

        var fault = Assert.Single(await KeyFaultsAsync(network));
        Assert.Contains(Office, (string)fault["sentence"]!, StringComparison.Ordinal);
        Assert.Contains("revoked on this node", (string)fault["sentence"]!, StringComparison.Ordinal);
        Assert.Contains($"keys create --office {Office}", (string)fault["advice"]!, StringComparison.Ordinal);
        Assert.Contains(await ShownAsync(network), l => l.Contains("REVOKED ON THIS NODE", StringComparison.Ordinal));
        foreach (var page in Pages)
            Assert.Contains("revoked on this node", await PageAsync(network, page), StringComparison.Ordinal);

        await network.NewOfficeKeyAsync();

        Assert.Empty(await KeyFaultsAsync(network));
        Assert.DoesNotContain(await ShownAsync(network), l => l.Contains("NODE", StringComparison.Ordinal));
        foreach (var page in Pages)
            Assert.DoesNotContain("revoked on this node", await PageAsync(network, page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_own_office_without_a_usable_key_is_a_fault_although_everybody_knows_of_the_revocation()
    {
        await using var network = await Network.FollowedAsync();
        await RevokeAsync(network, (string)network.StateMade["participantKey"]!);

        var fault = Assert.Single(await KeyFaultsAsync(network));
        Assert.Contains($"no usable key of {Office}", (string)fault["sentence"]!, StringComparison.Ordinal);
        Assert.Contains(await ShownAsync(network), l => l.Contains("NO USABLE KEY", StringComparison.Ordinal));
        foreach (var page in Pages)
            Assert.Contains("no usable key", await PageAsync(network, page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_makes_a_new_office_key_is_told_when_others_know_it_and_what_waits_until_then()
    {
        await using var network = await Network.SetUpAsync();
        var made = await network.NewOfficeKeyAsync();

        var said = string.Join('\n', KeysVerbs.CreatedLines(made, "office"));
        Assert.Contains("within a quarter of an hour", said, StringComparison.Ordinal);
        Assert.Contains("OTHERS DO NOT KNOW IT YET", said, StringComparison.Ordinal);
        var taken = new JsonObject { ["inUse"] = true, ["office"] = Office };
        Assert.Contains(
            KeysVerbs.ImportedLines(taken, named: true),
            l => l.StartsWith("OTHERS DO NOT KNOW IT YET", StringComparison.Ordinal)
        );
        // Where the entry named it before, others know it; a node key waits by itself until they do.
        Assert.Single(KeysVerbs.ImportedLines(taken, named: false));
        Assert.Single(KeysVerbs.CreatedLines(made, "node"));
    }

    private static async Task RevokeAsync(Network network, string? participantKey)
    {
        var revoke = new JsonObject
        {
            ["fingerprint"] = (await network.CardAsync(Office)).Fingerprint,
            ["reason"] = "compromised",
            ["participantKey"] = participantKey,
            ["passphrase"] = Network.Passphrase,
        };
        await network.State.Operator.PostJsonAsync("keys/revoke", revoke, Ct);
    }

    private static async Task<IReadOnlyList<JsonNode>> KeyFaultsAsync(Network network) =>
        [
            .. (await network.State.Operator.GetJsonAsync("doctor", Ct))
                .AsArray()
                .OfType<JsonNode>()
                .Where(l => (string)l["name"]! == "keys" && (string)l["state"]! == "fail"),
        ];

    private static async Task<IReadOnlyList<string>> ShownAsync(Network network) =>
        [.. DirectoryText.Lines(await network.ShownAsync())];

    private static Task<string> PageAsync(Network network, string path) =>
        network.State.Operator.Client.GetStringAsync(new Uri(path, UriKind.Relative), Ct);
}
