namespace Comity.Exchange.Reading;

/// <summary>What waits for the offices of the viewer.</summary>
internal sealed class DeskQuery(TimeProvider clock)
{
    public Task<DeskView> AskAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Task.FromResult(new DeskView(clock.GetUtcNow().UtcDateTime, [], [], []));
    }
}
