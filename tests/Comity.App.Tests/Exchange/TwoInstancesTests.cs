using Comity.App.Tests.Directory;
using Comity.App.Tests.Nodes;
using Comity.Exchange.Data;
using Comity.Kernel;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Exchange;

/// <summary>Two instances of one node on PostgreSQL: what both write at the same moment, one of them has written.</summary>
public sealed class TwoInstancesTests
{
    private static readonly Viewer Instance = Viewer.System("test");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_instances_that_seal_one_delivery_do_not_both_succeed()
    {
        await using var node = await TestNode.StartAsync(Store.Postgres);
        await Network.SetUpAsync(node, "QM", manager: true);
        await PagesNode.SendAsync(node, "Seen.");
        Guid id;
        await using (var db = node.OpenDatabase())
            id = await db.Set<Delivery>().Select(d => d.Id).SingleAsync(Ct);
        using var both = new Barrier(2);
        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => Task.Run(() => TrySealAsync(node, id, both), Ct))
        );
        Assert.Single(outcomes, done => done);
    }

    private static async Task<bool> TrySealAsync(TestNode node, Guid id, Barrier both)
    {
        try
        {
            await node
                .Services.GetRequiredService<WriteGate>()
                .WriteAsync(
                    Instance,
                    async (db, ct) =>
                    {
                        var row = await db.Set<Delivery>().SingleAsync(d => d.Id == id, ct);
                        both.SignalAndWait(TimeSpan.FromSeconds(30), ct);
                        var digest = Protocol.Digest.Of(Ids.New(TimeProvider.System).ToByteArray());
                        row.Sealed(digest, Guid.Empty, [], "", TimeProvider.System.Utc());
                    },
                    Ct
                );
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }
}
