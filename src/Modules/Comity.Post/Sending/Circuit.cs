namespace Comity.Post.Sending;

internal enum CircuitState
{
    /// <summary>Everything passes.</summary>
    Closed,

    /// <summary>Nothing passes until the pause is over.</summary>
    Open,

    /// <summary>One request is under way to see whether the peer is back.</summary>
    Probing,
}

/// <summary>
/// The circuit of one peer, as a value: after five failures in a row the peer is left alone for a while, then one
/// request looks whether it is back. So a dead peer with six hundred parcels costs one connection at a time.
/// </summary>
internal readonly record struct Circuit(CircuitState State, int Failures, DateTimeOffset Until)
{
    public const int Limit = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>A probe that never reported back blocks nobody for longer than this.</summary>
    private static readonly TimeSpan ProbePatience = TimeSpan.FromMinutes(2);

    /// <summary>Asks to pass.</summary>
    /// <param name="now">The time.</param>
    /// <param name="after">The circuit afterwards; keep it.</param>
    /// <returns>Null where the request may go; else when to ask again.</returns>
    public DateTimeOffset? Ask(DateTimeOffset now, out Circuit after)
    {
        after = this;
        if (State == CircuitState.Closed)
        {
            return null;
        }

        // What lies further ahead than any pause was said by a clock that has been set back since.
        if (now < Until && Until - now <= LongestPause)
        {
            return Until;
        }

        after = new(CircuitState.Probing, Failures, now + ProbePatience);
        return null;
    }

    public static Circuit Succeeded() => default;

    public Circuit Failed(DateTimeOffset now)
    {
        var failures = Failures + 1;
        if (failures < Limit)
        {
            return new(CircuitState.Closed, failures, default);
        }

        var doublings = Math.Min(failures - Limit, 10);
        var pause = TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << doublings, LongestPause.Ticks));
        return new(CircuitState.Open, failures, now + pause);
    }
}
