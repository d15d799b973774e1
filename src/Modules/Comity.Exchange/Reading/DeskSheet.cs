using Comity.Directory;
using Comity.Exchange.Data;
using Comity.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Reading;

/// <summary>What the page of the desk shows: the desk, what is kept until its time, and signs that the node is awake.</summary>
/// <param name="Desk">What waits.</param>
/// <param name="Kept">Envelopes that are opened later, the next one first.</param>
/// <param name="LastCame">When the last message came, UTC; null before the first.</param>
/// <param name="DirectoryChecked">When the followed directories were last verified, UTC; null where none is followed.</param>
internal sealed record DeskSheet(
    DeskView Desk,
    IReadOnlyList<KeptEnvelope> Kept,
    DateTime? LastCame,
    DateTime? DirectoryChecked
)
{
    /// <summary>Nothing waits for anybody.</summary>
    public bool IsQuiet =>
        Desk is { Waiting.Count: 0, Asked.Count: 0, Alarms.Count: 0, Keys.Count: 0, LeftOut: 0 } && Kept.Count == 0;
}

/// <summary>An envelope whose author's clock is ahead of ours: kept as it came, and opened when its time has come.</summary>
/// <param name="Home">For which of our offices.</param>
/// <param name="Since">When it came, UTC.</param>
/// <param name="Due">When it is opened, UTC.</param>
internal sealed record KeptEnvelope(string Home, DateTime Since, DateTime Due);

/// <summary>Gathers it; what a viewer may not see is not there.</summary>
internal sealed class DeskSheetQuery(AppDb db, DeskQuery desk, DirectoryQueries directory)
{
    private const int MostKept = 50;

    public async Task<DeskSheet> AskAsync(CancellationToken ct) =>
        new(
            await desk.AskAsync(ct),
            await KeptAsync(ct),
            await db.Set<StoredMessage>().Where(m => !m.Sent).MaxAsync(m => (DateTime?)m.At, ct),
            await directory.LastGoodPollAsync(ct)
        );

    public async Task<IReadOnlyList<KeptEnvelope>> KeptAsync(CancellationToken ct)
    {
        var kept = await db.Set<Parked>().AsNoTracking().OrderBy(p => p.Due).Take(MostKept).ToListAsync(ct);
        return [.. kept.Select(p => new KeptEnvelope(p.Home.Value, p.At, p.Due))];
    }
}
