using Comity.App.Tests.Exchange;
using Comity.Directory;
using Comity.Directory.Keys;
using Comity.Kernel.Keys;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Protocol.Signing;

namespace Comity.App.Tests.KernelTests;

public sealed class NodeKeyTests
{
    [Fact]
    public async Task A_new_node_key_signs_only_when_the_others_can_know_it()
    {
        await using var node = await ExchangeNode.SetUpAsync("QM", new(2026, 5, 3, 2, 0, 0, TimeSpan.Zero));
        // The first one signs at once: there is no other.
        Assert.Equal(node.Made.NodeKey, (await CurrentAsync(node))?.Fingerprint);
        node.Clock.Advance(TimeSpan.FromDays(300));
        using var made = NodeKey.Create();
        var until = node.Clock.GetUtcNow().UtcDateTime.AddYears(1);
        await node.WriteAsync(db =>
        {
            db.Add(node.Get<KeyStore>().Hold(made, "https://qm.example/", until));
            return Task.CompletedTask;
        });
        node.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(node.Made.NodeKey, (await CurrentAsync(node))?.Fingerprint);
        node.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(made.PublicKey.Id, (await CurrentAsync(node))?.Fingerprint);
    }

    [Fact]
    public async Task The_node_key_before_signs_until_others_can_know_the_new_one_unless_somebody_else_may_hold_it()
    {
        await using var node = await ExchangeNode.SetUpAsync("QM", new(2026, 5, 3, 2, 0, 0, TimeSpan.Zero));
        node.Clock.Advance(TimeSpan.FromDays(30));

        var second = await RenewAsync(node, compromised: false);
        node.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(node.Made.NodeKey, (await CurrentAsync(node))?.Fingerprint);
        node.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(second, (await CurrentAsync(node))?.Fingerprint);

        node.Clock.Advance(TimeSpan.FromDays(30));
        var third = await RenewAsync(node, compromised: true);
        Assert.Equal(third, (await CurrentAsync(node))?.Fingerprint);
    }

    [Fact]
    public async Task A_node_key_that_has_ended_does_not_sign()
    {
        await using var node = await ExchangeNode.SetUpAsync("QM", new(2026, 5, 3, 2, 0, 0, TimeSpan.Zero));
        node.Clock.Advance(TimeSpan.FromDays(10_000));
        Assert.Null(await CurrentAsync(node));
    }

    private static async Task<string> RenewAsync(ExchangeNode node, bool compromised)
    {
        var request = new CreateKey(
            node.Made.ParticipantKey,
            ExchangeNode.Passphrase,
            Purpose: "node",
            Compromised: compromised
        );
        var made = await node.AskAsync<CreateKeyHandler, Outcome<CreatedKey>>(h =>
            h.HandleAsync(request, Viewer.System("test"), default)
        );
        return ExchangeNode.Done(made).Fingerprint;
    }

    private static async Task<HeldKey?> CurrentAsync(ExchangeNode node)
    {
        await using var db = node.Open();
        return await node.Get<KeyStore>().CurrentNodeAsync(db, default);
    }
}
