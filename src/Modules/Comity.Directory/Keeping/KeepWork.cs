using Comity.Directory.Data;
using Comity.Directory.Finding;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Keys;
using Comity.Kernel.Viewing;
using Comity.Kernel.Work;
using Comity.Kernel.Writing;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Comity.Directory.Keeping;

/// <summary>Signs this node's own entry again before it ends. Nothing in it changes but the sequence and the times.</summary>
internal sealed class KeepWork(
    AppDbFactory databases,
    WriteGate gate,
    KeyStore keys,
    OwnEntries own,
    EntryStore entries,
    TimeProvider clock,
    ILogger<KeepWork> log
) : IWorkHandler
{
    private static readonly Viewer Keeper = Viewer.System("directory.keep");
    private static readonly TimeSpan AskAgain = TimeSpan.FromHours(1);

    public string Kind => OwnEntries.KeepWork;

    public TimeSpan LongestPause => EntryTerms.Entry - EntryTerms.SignAgainBefore;

    public async Task<WorkResult> DoAsync(WorkItem item, CancellationToken ct)
    {
        var now = clock.Utc();
        await using var db = databases.Open(Keeper);
        var code = ParticipantCode.Parse(item.Key);
        var home = await db.Set<HomeParticipant>().AsNoTracking().SingleOrDefaultAsync(h => h.Code == code, ct);
        if (home is null)
            return WorkResult.Done;
        if (home.ValidUntil - EntryTerms.SignAgainBefore > now)
            return WorkResult.Again(home.ValidUntil - EntryTerms.SignAgainBefore);
        var held = await KeyStore.CurrentAsync(db, KeyPurpose.Entry, code.Value, ct);
        if (held is null || SignAgain(home, held, now) is not { } signed)
        {
            // The doctor and the list of keys say the same to people, with what to do.
            log.LogWarning("The entry of {Participant} cannot be signed again: its entry key is not usable", code);
            return WorkResult.Again(now + AskAgain);
        }
        var usable = await entries.CompareAsync([signed], ct);
        await gate.WriteAsync(Keeper, (write, token) => StoreAsync(write, home, signed, usable, token), ct);
        return WorkResult.Again(OwnEntries.DueFor(signed));
    }

    private CheckedEntry? SignAgain(HomeParticipant home, HeldKey held, DateTime now)
    {
        using var key = keys.Open(held);
        return key.Certificate.Standing(KeyUse.Sign, now) == KeyStanding.Usable
            ? EntrySigning.Again(home, key, now)
            : null;
    }

    private async Task StoreAsync(
        AppDb db,
        HomeParticipant seen,
        CheckedEntry signed,
        NewlyUsable usable,
        CancellationToken ct
    )
    {
        var home = await db.Set<HomeParticipant>().SingleAsync(h => h.Code == seen.Code, ct);
        // Somebody changed the entry in between; theirs is the newer one.
        if (home.Sequence == seen.Sequence)
            await own.StoreAsync(db, home, signed, usable, ct);
    }
}
