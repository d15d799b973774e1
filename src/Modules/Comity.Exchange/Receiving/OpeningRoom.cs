using Comity.OpenPgp;

namespace Comity.Exchange.Receiving;

/// <summary>
/// How many envelopes are opened at the same time, whoever sends them, and how much one may become: opening holds several
/// copies of it in memory.
/// </summary>
internal sealed class OpeningRoom : IDisposable
{
    public const int Places = 3;

    /// <summary>What a small envelope may expand to; some mail programs compress.</summary>
    private const int SmallExpansion = 4 << 20;

    private readonly SemaphoreSlim _places = new(Places);

    /// <summary>How many are in it now.</summary>
    public int Taken => Places - _places.CurrentCount;

    /// <summary>Does it when there is a place.</summary>
    public async Task<T> InAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        await _places.WaitAsync(ct);
        try
        {
            return await work();
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Nobody of ours compresses; what expands beyond its own size comes from somebody who means harm.</summary>
    public static OpeningLimits LimitsFor(int envelope) =>
        OpeningLimits.Default with
        {
            ExpandedBytes = Math.Clamp(envelope, SmallExpansion, OpeningLimits.Default.ExpandedBytes),
        };

    public void Dispose() => _places.Dispose();
}
