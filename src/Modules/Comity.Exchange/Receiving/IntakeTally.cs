using System.Collections.Concurrent;
using Comity.Kernel.Data;

namespace Comity.Exchange.Receiving;

/// <summary>How much of something is here.</summary>
internal readonly record struct Tally(long Messages, long Octets)
{
    public Tally With(long octets) => new(Messages + 1, Octets + octets);
}

/// <summary>
/// What was counted is carried on for a minute, because counting all anew for each message would make every message dearer
/// than the one before it. What another instance takes in meanwhile is not in it; so it may only say that there is room,
/// and whoever would refuse counts first.
/// </summary>
internal sealed class IntakeTally(TimeProvider clock)
{
    private const int MostCounted = 10_000;
    private static readonly TimeSpan Holds = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<object, (Tally Tally, DateTimeOffset At)> _counted = new();

    /// <summary>Whether there is room for a message of so many octets; where there is, it is counted when it is committed.</summary>
    public async Task<bool> HasRoomAsync(AppDb db, object whose, long octets, Tally most, Func<Task<Tally>> count)
    {
        if (Carried(whose) is not { } tally || !Fits(tally.With(octets), most))
        {
            tally = await count();
            if (!Fits(tally.With(octets), most))
                return false;
            if (_counted.Count >= MostCounted)
                _counted.Clear();
            _counted[whose] = (tally, clock.GetUtcNow());
        }
        db.AfterCommit(() => Add(whose, octets));
        return true;
    }

    private static bool Fits(Tally tally, Tally most) => tally.Messages <= most.Messages && tally.Octets <= most.Octets;

    private Tally? Carried(object whose) =>
        _counted.TryGetValue(whose, out var held) && (clock.GetUtcNow() - held.At).Duration() < Holds
            ? held.Tally
            : null;

    private void Add(object whose, long octets)
    {
        while (_counted.TryGetValue(whose, out var held))
            if (_counted.TryUpdate(whose, (held.Tally.With(octets), held.At), held))
                return;
    }
}
