using System.Security.Cryptography;

namespace Comity.Post.Sending;

/// <summary>
/// When a delivery that did not succeed is tried again: doubling from one second to half an hour, with jitter so that
/// the parcels of a node that comes back do not all knock in the same second, and for five days.
/// </summary>
internal static class BackOff
{
    public static readonly TimeSpan Patience = TimeSpan.FromDays(5);
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <summary>The pause after a failed attempt: between half of the step and the whole of it.</summary>
    /// <param name="attempt">Which attempt failed, from 1.</param>
    /// <param name="random">A random number from 0 up to but not including 1.</param>
    /// <param name="asked">What the peer asked for (Retry-After), kept to where it is longer, up to half an hour.</param>
    public static TimeSpan After(int attempt, double random, TimeSpan asked = default)
    {
        var doublings = Math.Clamp(attempt - 1, 0, 20);
        var step = TimeSpan.FromTicks(Math.Min(First.Ticks << doublings, Longest.Ticks));
        var pause = (step / 2) + (step / 2 * random);
        var wanted = asked < Longest ? asked : Longest;
        return pause > wanted ? pause : wanted;
    }

    /// <summary>A random number from 0 up to but not including 1.</summary>
    public static double Random() => RandomNumberGenerator.GetInt32(1_000_000) / 1_000_000.0;

    /// <summary>Whether patience ends: the parcel was accepted this long ago and is still here.</summary>
    public static bool IsOver(DateTime accepted, DateTime now) => now - accepted >= Patience;
}
