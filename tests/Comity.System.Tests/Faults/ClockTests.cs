using System.Globalization;
using Comity.Node.Commands;

namespace Comity.System.Tests.Faults;

/// <summary>A node whose clock is wrong by a day for a while, and that is set right.</summary>
public sealed class ClockTests
{
    private const int Few = 6;

    private readonly Ledger _toQn = new();
    private readonly Ledger _toQm = new();
    private readonly List<string> _wrong = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("+1d", "ahead of")]
    [InlineData("-1d", "behind")]
    public async Task While_a_clock_is_off_by_a_day_people_see_why_nothing_passes_and_then_all_of_it_arrives(
        string difference,
        string asSaid
    )
    {
        await using var nodes = await Neighbourhood.PlanAsync(Store.Sqlite);
        var clocks = nodes.Nodes.ToDictionary(n => n, n => new WrongClock(n));
        await AgeAsync(nodes, clocks);
        await SendAsync(nodes);
        await Rest.AwaitAsync(nodes, Ct);

        await AtAsync(nodes.Other, clocks[nodes.Other], difference);
        await SendAsync(nodes);
        await UntilSaidWhyAsync(nodes.One);
        await UntilSaidWhyAsync(nodes.Other);
        Assert.StartsWith(
            $"fail The clock of this node is about 1 day {asSaid} most others (2 compared)",
            Assert.Single(await ClockAsync(nodes.Other)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"warn The clock of http://qn.localhost:{nodes.Other.Port} is about 1 day {asSaid} ours: nothing passes between that node and this one.",
            await ClockAsync(nodes.One)
        );
        await WatchAsync(nodes);

        await AtAsync(nodes.Other, clocks[nodes.Other], "+0");
        if (difference == "+1d")
            await ADayLaterAsync(nodes, clocks);
        var tally = await CompareAsync(nodes, difference);
        Assert.Empty(tally.Faults);
        // And nothing of it stays.
        foreach (var node in nodes.Nodes)
            Assert.DoesNotContain(await DoctorAsync(node), l => l.StartsWith("fail", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_clock_that_is_set_right_while_the_node_runs_holds_nothing_back()
    {
        await using var nodes = await Neighbourhood.PlanAsync(Store.Sqlite);
        var clock = new WrongClock(nodes.Other);
        await nodes.MakeAsync(Ct);
        await AtAsync(nodes.Other, clock, "+1d");
        await SendAsync(nodes);
        await UntilSaidWhyAsync(nodes.One);
        await UntilSaidWhyAsync(nodes.Other);

        clock.Set("+0");
        await UntilAllAreHandedOverAsync(nodes.One);
        await UntilAllAreHandedOverAsync(nodes.Other);
        // What was written by the clock ahead is kept there until its time; everything else is open.
        await Patience.UntilAsync(
            "QN has opened what came",
            async () => (await Books.ReadAsync(nodes.One, Ct)).Messages.All(m => m.Marks.Contains("opened")),
            Ct
        );
        Assert.StartsWith("ok", Assert.Single(await ClockAsync(nodes.Other)), StringComparison.Ordinal);
    }

    // Keys that were made a moment ago would not be valid yet for a clock that is behind.
    private static async Task AgeAsync(Neighbourhood nodes, Dictionary<FaultNode, WrongClock> clocks)
    {
        foreach (var clock in clocks.Values)
            clock.Set("-3d");
        await nodes.MakeAsync(Ct);
        // All at once: whoever met one that still has the old time would keep that in mind until they meet again.
        var before = new Dictionary<FaultNode, string>();
        foreach (var node in nodes.Nodes)
            before[node] = await FollowedAsync(node);
        await Task.WhenAll(nodes.Nodes.Select(n => n.StopAsync()));
        foreach (var node in nodes.Nodes)
        {
            clocks[node].Set("+0");
            await node.StartAsync(Ct);
        }
        foreach (var node in nodes.Nodes)
            await UntilFollowedAsync(node, before[node]);
    }

    /// <summary>Starts a node anew by this clock, and ends when it has followed its directory.</summary>
    private static async Task AtAsync(FaultNode node, WrongClock clock, string difference)
    {
        var before = await FollowedAsync(node);
        await node.StopAsync();
        clock.Set(difference);
        await node.StartAsync(Ct);
        await UntilFollowedAsync(node, before);
    }

    private static Task UntilFollowedAsync(FaultNode node, string before) =>
        Patience.UntilAsync(
            $"{node.Code} has followed its directory",
            async () => before.Length == 0 || await FollowedAsync(node) != before,
            Ct
        );

    private static async Task<string> FollowedAsync(FaultNode node) =>
        string.Concat(
            (await node.Operator.GetJsonAsync("directory", Ct)).Each("followed").Select(f => f.Text("lastGoodPoll"))
        );

    private async Task SendAsync(Neighbourhood nodes)
    {
        for (var i = 0; i < Few; i++)
        {
            await SendAsync(nodes.One, nodes.Other, _toQn);
            await SendAsync(nodes.Other, nodes.One, _toQm);
        }
    }

    private static async Task SendAsync(FaultNode from, FaultNode to, Ledger told)
    {
        var mark = $"{from.Code}-{told.Asked.Count}";
        told.Ask(mark);
        var answer = await from.TryPostAsync("exchange/send", Letters.Notification(from, to, mark), Ct);
        Assert.Equal("", answer.Words);
        told.Accept(mark, answer.Said.Text("id"), answer.Said.Text("conversation"));
    }

    // On each desk stands of each of them that it is not delivered, and that the clocks are too far apart.
    private static Task UntilSaidWhyAsync(FaultNode node) =>
        Patience.UntilAsync(
            $"the desk of {node.Code} says why",
            async () =>
                (await node.Operator.GetJsonAsync("exchange/desk", Ct))
                    .Each("asked")
                    .Count(l => l.Text("cause") is "clocks-apart") == Few,
            Ct
        );

    private static Task<IReadOnlyList<string>> ClockAsync(FaultNode node) => DoctorAsync(node, n => n is "post.clock");

    // How much room this machine has left says nothing here.
    private static Task<IReadOnlyList<string>> DoctorAsync(FaultNode node) =>
        DoctorAsync(node, n => n is not "kernel.disk");

    private static async Task<IReadOnlyList<string>> DoctorAsync(FaultNode node, Func<string, bool> named) =>
        [
            .. (await node.Operator.GetJsonAsync("doctor", Ct))
                .AsArray()
                .Where(l => named(l.Text("name")))
                .Select(l => $"{l.Text("state")} {l.Text("sentence")}"),
        ];

    private async Task WatchAsync(Neighbourhood nodes)
    {
        var (one, other) = (await Books.ReadAsync(nodes.One, Ct), await Books.ReadAsync(nodes.Other, Ct));
        _wrong.AddRange(MarkCheck.TooMuch("QM to QN", one, other, mayWait: true));
        _wrong.AddRange(MarkCheck.TooMuch("QN to QM", other, one, mayWait: true));
    }

    // What was written by the clock ahead is kept unopened until its time, and both sides say so.
    private async Task ADayLaterAsync(Neighbourhood nodes, Dictionary<FaultNode, WrongClock> clocks)
    {
        await UntilAllAreHandedOverAsync(nodes.Other);
        await WatchAsync(nodes);
        var alarm = Assert.Single((await nodes.Other.Operator.GetJsonAsync("exchange/alarms", Ct)).AsArray());
        Assert.Equal(("clock-ahead", true, Few), (alarm.Text("code"), alarm.Is("told"), (int)alarm!["count"]!));
        foreach (var node in nodes.Nodes)
            await AtAsync(node, clocks[node], "+25h");
    }

    private static Task UntilAllAreHandedOverAsync(FaultNode node) =>
        Patience.UntilAsync(
            $"all of {node.Code} is handed over",
            async () =>
                (await Books.ReadAsync(node, Ct)).Messages.Where(m => m.Sent).All(m => m.Marks.Contains("handed-over")),
            Ct
        );

    private async Task<Tally> CompareAsync(Neighbourhood nodes, string difference)
    {
        var (books, others) = await Rest.AwaitAsync(nodes, Ct);
        var tally = new Tally()
            .Add("QM to QN", _toQn, books, others)
            .Add("QN to QM", _toQm, others, books)
            .HeedMarks(_wrong)
            .Heed([.. books.Faults, .. others.Faults]);
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"the clock of QN at {difference} for a while\n{tally.Table()}")
        );
        return tally;
    }
}
