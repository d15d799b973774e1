using System.Text.Json.Nodes;
using Comity.App.Tests.Nodes;
using Comity.Directory.Data;
using Comity.Node.Commands;
using Microsoft.EntityFrameworkCore;

namespace Comity.App.Tests.Directory;

public sealed class PublishingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Several_who_publish_at_the_same_moment_publish_one_after_the_other(Store store)
    {
        await using var node = await TestNode.StartAsync(store);
        await Network.SetUpAsync(node, "QZ", manager: true);
        var codes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => TryAsync(node), Ct)));
        Assert.All(codes, c => Assert.Contains(c, (string[])["", "directory.published-meanwhile"]));
        await using var db = node.OpenDatabase();
        var numbers = await db.Set<SnapshotRecord>().Select(s => s.Number).ToListAsync(Ct);
        Assert.Equal(numbers.Distinct().Count(), numbers.Count);
        Assert.True(numbers.Count >= codes.Count(c => c.Length == 0));
    }

    // The code of the refusal; empty where it was published. A fault of the program has none and is thrown.
    private static async Task<string> TryAsync(TestNode node)
    {
        try
        {
            await node.Operator.PostJsonAsync("directory/publish", new JsonObject(), Ct);
            return "";
        }
        catch (CommandException refused) when (refused.Code == "directory.published-meanwhile")
        {
            return refused.Code;
        }
    }
}
