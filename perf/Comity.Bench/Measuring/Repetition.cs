using System.Diagnostics;

namespace Comity.Bench.Measuring;

/// <summary>Does something several times, as often as fits into a time.</summary>
internal static class Repetition
{
    /// <summary>At least once and at most so often; no further time once the budget is spent.</summary>
    public static async Task<List<T>> WithinAsync<T>(TimeSpan budget, int most, Func<Task<T>> once)
    {
        var clock = Stopwatch.StartNew();
        var results = new List<T>();
        do results.Add(await once());
        while (results.Count < most && clock.Elapsed * (results.Count + 1) / results.Count < budget);
        return results;
    }

    /// <summary>Milliseconds that one call takes, alone on one core: the median of many.</summary>
    public static Sample Alone(TimeSpan budget, Action once)
    {
        var warm = Stopwatch.StartNew();
        while (warm.Elapsed < budget / 3)
            once();
        var times = new List<double>();
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < budget)
        {
            var start = Stopwatch.GetTimestamp();
            once();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return new Sample(times);
    }
}
