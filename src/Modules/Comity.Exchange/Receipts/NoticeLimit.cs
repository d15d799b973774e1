using Comity.Kernel;
using Comity.Protocol;

namespace Comity.Exchange.Receipts;

/// <summary>
/// How many notices a participant gets from this node in an hour. What they answer costs the other side nothing to send,
/// and must not become a way to fill our outbox.
/// </summary>
internal sealed class NoticeLimit(TimeProvider clock)
{
    public const int PerHour = 20;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<ParticipantCode, Queue<DateTime>> _sent = [];

    /// <summary>Whether one more may go; then it counts.</summary>
    public bool TryTake(ParticipantCode to)
    {
        lock (_gate)
        {
            var now = clock.Utc();
            if (!_sent.TryGetValue(to, out var times))
                _sent[to] = times = new Queue<DateTime>();
            // By a clock that has been set back since, some of it was sent at a time to come.
            while (times.TryPeek(out var first) && (now - first).Duration() >= Hour)
                times.Dequeue();
            if (times.Count >= PerHour)
                return false;
            times.Enqueue(now);
            return true;
        }
    }
}
