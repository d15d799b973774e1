namespace Comity.System.Tests.Faults;

/// <summary>Kills nodes with SIGKILL at moments that chance names, and starts them again; now and then while they start.</summary>
internal sealed class Reaper(Chance chance)
{
    private const int WhileWorking = 400;
    private const int WhileStarting = 1500;
    private const int MostInARow = 3;

    /// <summary>How often a process was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>How often before it had said that it was ready.</summary>
    public int BeforeReady { get; private set; }

    /// <summary>Kills one, or the other, or both at the same time, and ends when both are up again.</summary>
    public Task StrikeAsync(FaultNode one, FaultNode other, CancellationToken ct) =>
        chance.Below(5) switch
        {
            0 or 1 => StrikeAsync(one, ct),
            2 or 3 => StrikeAsync(other, ct),
            _ => Task.WhenAll(StrikeAsync(one, ct), StrikeAsync(other, ct)),
        };

    private async Task StrikeAsync(FaultNode node, CancellationToken ct)
    {
        await KillAsync(node, chance.Moment(WhileWorking), ct);
        for (var again = 0; ; again++)
        {
            node.Launch();
            if (again == MostInARow || !chance.OneIn(2))
                break;
            await KillAsync(node, chance.Moment(WhileStarting), ct);
        }
        await node.ReadyAsync(ct);
    }

    private async Task KillAsync(FaultNode node, TimeSpan after, CancellationToken ct)
    {
        // The moment is the fault itself: nothing is waited for here.
        await Task.Delay(after, ct);
        var ready = node.IsUp;
        await node.KillAsync();
        lock (chance)
        {
            Kills++;
            BeforeReady += ready ? 0 : 1;
        }
    }
}
