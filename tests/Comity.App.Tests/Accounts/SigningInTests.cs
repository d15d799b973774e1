using System.Net;
using Comity.App.Tests.Nodes;

namespace Comity.App.Tests.Accounts;

public sealed class SigningInTests
{
    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_link_is_made_by_the_operator(Store store)
    {
        await using var node = await TestNode.StartAsync(store, NodePlan.OfQm);
        var link = await node.InviteAsync("Person One");
        Assert.StartsWith("/sign-in/", link, StringComparison.Ordinal);
    }
}
