namespace Comity.Post.Quotas;

/// <summary>How much in which time: a bucket of that size, refilled evenly over that time.</summary>
internal sealed record Allowance(long Amount, TimeSpan Per)
{
    public double PerTick => (double)Amount / Per.Ticks;
}

/// <summary>
/// A token bucket as a value: how full it was, and when. Nothing is taken unless all of it is there, so a refused
/// request costs nothing.
/// </summary>
internal readonly record struct TokenBucket(double Level, DateTimeOffset At)
{
    public static TokenBucket Full(Allowance allowance, DateTimeOffset now) => new(allowance.Amount, now);

    public TokenBucket RefilledAt(DateTimeOffset now, Allowance allowance)
    {
        // A clock that was set back refills nothing, and does not stop the refilling for as long as it was ahead.
        var passed = Math.Max(0, (now - At).Ticks);
        return new(Math.Min(allowance.Amount, Level + (passed * allowance.PerTick)), now);
    }

    /// <summary>How long until this much is there, of a bucket that was just refilled; zero where it is.</summary>
    public TimeSpan Wait(long amount, Allowance allowance)
    {
        var missing = Math.Min(amount, allowance.Amount) - Level;
        return missing <= 0 ? TimeSpan.Zero : TimeSpan.FromTicks((long)Math.Ceiling(missing / allowance.PerTick));
    }

    // Something larger than the whole bucket passes when the bucket is full, and leaves a debt.
    public TokenBucket Without(long amount) => this with { Level = Level - amount };
}
