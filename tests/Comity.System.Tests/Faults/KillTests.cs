namespace Comity.System.Tests.Faults;

/// <summary>Nodes that are killed at random moments, and what is left of what they promised.</summary>
public sealed class KillTests
{
    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_killed_node_keeps_what_it_promised(Store store)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var nodes = await Neighbourhood.PlanAsync(store);
        await nodes.MakeAsync(ct);
        var (told, nothing) = (new Ledger(), new Ledger());
        for (var i = 0; i < 3; i++)
        {
            var mark = $"QM-{i}";
            told.Ask(mark);
            var letter = Letters.Notification(nodes.One, nodes.Other, mark).With(1000);
            var answer = await nodes.One.TryPostAsync("exchange/send", letter, ct);
            Assert.Equal("", answer.Words);
            told.Accept(mark, answer.Said!["id"]!.ToString(), answer.Said!["conversation"]!.ToString());
            await nodes.Other.KillAsync();
            await nodes.Other.StartAsync(ct);
        }
        var (one, other) = await Rest.AwaitAsync(nodes, ct);
        var tally = new Tally()
            .Add("QM to QN", told, one, other)
            .Add("QN to QM", nothing, other, one)
            .Heed(one.Faults)
            .Heed(other.Faults);
        TestContext.Current.TestOutputHelper?.WriteLine(tally.Table());
        Assert.Empty(tally.Faults);
    }
}
