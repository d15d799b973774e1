using Comity.App.Tests.Exchange;
using Comity.Directory;
using Comity.Kernel.Keys;
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
        Assert.Equal(made.PublicKey.Id, (await node.Get<DirectoryQueries>().HomeAsync(default)).NodeKeyId);
    }

    private static async Task<HeldKey?> CurrentAsync(ExchangeNode node)
    {
        await using var db = node.Open();
        return await node.Get<KeyStore>().CurrentNodeAsync(db, default);
    }
}
