using Comity.Bench.Measuring;

namespace Comity.Bench.Exchanging;

/// <summary>One way of bringing a message to somebody and its signed receipt back.</summary>
internal interface IRoundTrips
{
    string Name { get; }

    /// <summary>One after the other; milliseconds of each.</summary>
    Task<IReadOnlyList<double>> AloneAsync(int count, CancellationToken stop);

    /// <summary>As many at once as serve the way best; the time until the last receipt is verified and kept.</summary>
    Task<TimeSpan> TogetherAsync(int count, CancellationToken stop);
}

/// <param name="Alone">Milliseconds of a round trip.</param>
/// <param name="Rate">Messages per second.</param>
internal sealed record RoundTripFigures(Sample Alone, Sample Rate);
