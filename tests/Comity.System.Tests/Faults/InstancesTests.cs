using System.Diagnostics;
using System.Globalization;
using Comity.Node.Commands;
using Comity.System.Tests.Demonstration;

namespace Comity.System.Tests.Faults;

/// <summary>Two instances of one node on one PostgreSQL database. One is killed in the middle and stays dead.</summary>
public sealed class InstancesTests
{
    private const int Messages = 200;
    private const int Acknowledgements = 20;
    private const int AtOnce = 4;

    /// <summary>So many pieces of work, and so many openings, one instance has at most at the same time.</summary>
    private const int HandsOfOne = 16;
    private const int OpeningsOfOne = 3;

    private const string Leased =
        """SELECT count(*) FROM kernel_work WHERE "Kind" = 'post.deliver' AND "LeasedUntil" IS NOT NULL""";

    private const string LeasedForLong =
        """SELECT count(*) FROM kernel_work WHERE "LeasedUntil" > clock_timestamp() + interval '31 seconds'""";

    private const string Undelivered = """SELECT count(*) FROM kernel_work WHERE "Kind" = 'post.deliver'""";

    private const string Waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_instance_is_killed_while_it_delivers_and_the_other_delivers_everything_once()
    {
        await using var qm = await Secretariat.MakeAsync("QM", Ct);
        var (told, back) = (new Ledger(), new Ledger());
        await SendAsync(told, qm.Peer, 0, Messages * 3 / 4, qm.First, qm.Second);
        qm.ToQn.Hold();
        await SendAsync(told, qm.Peer, Messages * 3 / 4, Messages, qm.First, qm.Second);
        // More than one instance can have: so both are in the middle of some.
        await UntilAsync(async () => await qm.CountAsync(Leased, Ct) > HandsOfOne);
        await qm.First.KillAsync();
        var (held, clock) = (await qm.CountAsync(Leased, Ct), Stopwatch.StartNew());
        Assert.Equal(0, await qm.CountAsync(LeasedForLong, Ct));
        qm.ToQn.Release();
        await Rest.AwaitAsync(qm.Second, qm.Peer, Ct);
        var finished = clock.Elapsed;
        await AcknowledgeAsync(told, back, qm.Peer);

        var tally = await TallyAsync("QM to QN", told, qm.Second, "QN to QM", back, qm.Peer);
        Tell(
            $"{held} deliveries were leased when one instance of QM was killed; all had arrived {finished.TotalSeconds:0} s later\n{tally.Table()}"
        );
        Assert.Empty(tally.Faults);
        Assert.Equal(Messages, told.Accepted.Count);
        Assert.Equal(0, await qm.CountAsync(Undelivered, Ct));
    }

    [Fact]
    public async Task An_instance_is_killed_while_it_receives_and_the_other_receives_everything_once()
    {
        await using var qn = await Secretariat.MakeAsync("QN", Ct);
        var (told, back) = (new Ledger(), new Ledger());
        var sending = SendAsync(told, qn.First, 0, Messages, qn.Peer);
        await UntilAsync(async () => await qn.CountAsync("SELECT count(*) FROM exchange_seen_id", Ct) >= Messages / 4);
        await using (var keeper = await qn.OpenAsync(Ct))
        {
            await using var hold = await keeper.BeginTransactionAsync(Ct);
            await using (var command = keeper.CreateCommand())
            {
                command.CommandText = "LOCK TABLE exchange_seen_id IN SHARE MODE";
                await command.ExecuteNonQueryAsync(Ct);
            }
            // Opened, checked, and about to be committed; more than one instance can have.
            await UntilAsync(async () => await qn.CountAsync(Waiting, Ct) > OpeningsOfOne);
            await qn.First.KillAsync();
            await hold.RollbackAsync(Ct);
        }
        var clock = Stopwatch.StartNew();
        await sending;
        await Rest.AwaitAsync(qn.Peer, qn.Second, Ct);
        var finished = clock.Elapsed;
        await AcknowledgeAsync(told, back, qn.Second);

        var tally = await TallyAsync("QM to QN", told, qn.Peer, "QN to QM", back, qn.Second);
        Tell(
            $"One instance of QN was killed while both were receiving; all had arrived {finished.TotalSeconds:0} s later\n{tally.Table()}"
        );
        Assert.Empty(tally.Faults);
        Assert.Equal(Messages, told.Accepted.Count);
    }

    [Fact]
    public async Task A_node_on_SQLite_has_no_further_instances()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"comity-join-{Guid.CreateVersion7():N}");
        var said = await Said.ByAsync(["join", "--data", folder, "--master-key", folder + ".key"]);
        Assert.Equal(1, said.Code);
        Assert.Contains("A node on SQLite is one process", said.Errors, StringComparison.Ordinal);
        Assert.False(global::System.IO.Directory.Exists(folder));
    }

    /// <summary>Has the instances accept messages in turn.</summary>
    private static Task SendAsync(Ledger told, FaultNode to, int from, int until, params FaultNode[] instances) =>
        Parallel.ForAsync(
            from,
            until,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Ct },
            async (i, token) =>
            {
                var (at, mark) = (instances[i % instances.Length], $"{instances[0].Code}-{i + 1}");
                told.Ask(mark);
                var letter = Letters.Notification(at, to, mark);
                var said = await at.Operator.PostJsonAsync("exchange/send", letter, token);
                told.Accept(mark, said.Text("id"), said.Text("conversation"));
            }
        );

    /// <summary>Whoever received acknowledges some of it; that comes back past the instance that is dead.</summary>
    private static async Task AcknowledgeAsync(Ledger told, Ledger back, FaultNode at)
    {
        foreach (var (mark, id) in told.Accepted.Take(Acknowledgements))
        {
            var name = $"{at.Code}-about-{mark.ToLowerInvariant()}";
            back.Ask(name);
            var said = await at.Operator.PostJsonAsync("exchange/acknowledge", Letters.Acknowledgement(id, name), Ct);
            back.Accept(name, said.Text("id"), said.Text("conversation"));
        }
    }

    private static async Task<Tally> TallyAsync(
        string there,
        Ledger told,
        FaultNode qm,
        string again,
        Ledger back,
        FaultNode qn
    )
    {
        var (one, other) = qm.Code == "QM" ? (qm, qn) : (qn, qm);
        var (books, others) = await Rest.AwaitAsync(one, other, Ct);
        return new Tally()
            .Add(there, told, books, others)
            .Add(again, back, others, books)
            .Heed([.. books.Faults, .. others.Faults]);
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        while (!await isSo())
            await Task.Delay(20, patience.Token);
    }

    private static void Tell(FormattableString text) =>
        TestContext.Current.TestOutputHelper?.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
