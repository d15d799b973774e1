namespace Comity.System.Tests.Faults;

/// <summary>Waiting until everything has arrived. The wait ends when nothing has moved for long, and a test then sees why.</summary>
internal static class Rest
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    /// <summary>Longer than any lease, and than the pauses between attempts that a killed node has come to.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>The books of both sides when each message of one is at the other and shown as that, or nothing moves any more.</summary>
    public static Task<(Books One, Books Other)> AwaitAsync(Neighbourhood nodes, CancellationToken ct) =>
        AwaitAsync(nodes.One, nodes.Other, ct);

    /// <summary>The same of two nodes that are asked at the instances named.</summary>
    public static async Task<(Books One, Books Other)> AwaitAsync(FaultNode qm, FaultNode qn, CancellationToken ct)
    {
        var (moved, before) = (TimeProvider.System.GetTimestamp(), -1);
        while (true)
        {
            var (one, other) = (await Books.ReadAsync(qm, ct), await Books.ReadAsync(qn, ct));
            var open = Open(one, other).Concat(Open(other, one)).Count();
            if (open == 0 || TimeProvider.System.GetElapsedTime(moved) > Longest)
                return (one, other);
            if (open != before)
                (moved, before) = (TimeProvider.System.GetTimestamp(), open);
            await Task.Delay(Between, ct);
        }
    }

    private static IEnumerable<Entered> Open(Books from, Books to)
    {
        var received = to.Received;
        return from.Messages.Where(m => m.Sent && !(received.Contains(m.Id) && m.Marks.Contains("opened")));
    }
}
