namespace Comity.Exchange.Sealing;

/// <summary>
/// How many long messages are sealed at the same time. Sealing holds several copies of a message with everything attached
/// to it, until the envelope is committed; so memory grows with the longest message and not with its recipients, and pages
/// are served meanwhile.
/// </summary>
internal sealed class SealingRoom : IDisposable
{
    public const int Places = 1;

    /// <summary>Octets of attachments from which on a message is a long one.</summary>
    public const long Long = 1 << 20;

    private readonly SemaphoreSlim _places = new(Places);

    /// <summary>How many long ones are in it now.</summary>
    public int Taken => Places - _places.CurrentCount;

    /// <summary>Does it, a long one when there is a place.</summary>
    public async Task<T> InAsync<T>(long attached, Func<Task<T>> work, CancellationToken ct)
    {
        if (attached < Long)
            return await work();
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

    public void Dispose() => _places.Dispose();
}
