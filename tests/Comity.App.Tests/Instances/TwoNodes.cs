using Comity.App.Tests.Nodes;

namespace Comity.App.Tests.Instances;

/// <summary>Two running instances of one node, started at the same moment on one empty database.</summary>
internal sealed record TwoNodes(TestNode One, TestNode Other) : IAsyncDisposable
{
    public string Database => One.Options.Database!;

    public static async Task<TwoNodes> StartAsync(NodePlan? plan = null)
    {
        var (one, other) = await TestNode.StartTwoAsync(plan);
        return new(one, other);
    }

    public async ValueTask DisposeAsync()
    {
        await Other.DisposeAsync();
        await One.DisposeAsync();
    }
}
