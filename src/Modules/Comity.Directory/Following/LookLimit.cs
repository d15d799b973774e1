using System.Collections.Concurrent;
using Comity.Kernel;
using Comity.Protocol;

namespace Comity.Directory.Following;

/// <summary>
/// How often a participant's node is asked for its entry because somebody says that there is a newer one. Each time the
/// pause before the next is twice as long; a word that comes meanwhile is not lost, it only waits. So nobody is led to
/// call a node all day, and a State that changes several keys in a row is heard.
/// </summary>
internal sealed class LookLimit(TimeProvider clock)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    // No more of them than participants that the directory lists.
    private readonly ConcurrentDictionary<ParticipantCode, (DateTime At, TimeSpan Pause)> _last = new();

    /// <summary>From when on it may be asked.</summary>
    public DateTime From(ParticipantCode participant)
    {
        var now = clock.Utc();
        return _last.TryGetValue(participant, out var last) && last.At + last.Pause > now ? last.At + last.Pause : now;
    }

    /// <summary>It is asked now.</summary>
    public void Asked(ParticipantCode participant)
    {
        var now = clock.Utc();
        _last.AddOrUpdate(participant, (now, Shortest), (_, last) => (now, Next(last, now)));
    }

    // Whoever was left alone for long begins anew.
    private static TimeSpan Next((DateTime At, TimeSpan Pause) last, DateTime now) =>
        now - last.At >= 2 * Longest ? Shortest
        : last.Pause >= Longest / 2 ? Longest
        : 2 * last.Pause;
}
