using Comity.Directory.Data;
using Comity.Directory.Finding;
using Comity.Directory.Managing;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Work;
using Comity.Protocol.Directories;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Keeping;

/// <summary>Stores what this node signed for its own participants, and everything that follows from it.</summary>
internal sealed class OwnEntries(
    EntryStore entries,
    Audiences audiences,
    IEnumerable<IOwnEntryListener> listeners,
    TimeProvider clock
)
{
    public const string KeepWork = "directory.keep";

    /// <summary>Inside a write: the entry becomes the one that is served, and the directory managed here takes it up.</summary>
    /// <param name="db">The caller's write.</param>
    /// <param name="home">Whose entry; tracked or new.</param>
    /// <param name="entry">Newly signed.</param>
    /// <param name="usable">Offices that have a usable key from now on.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task StoreAsync(
        AppDb db,
        HomeParticipant home,
        CheckedEntry entry,
        NewlyUsable usable,
        CancellationToken ct
    )
    {
        var changed = home.Sequence > 0 && !home.SaysTheSameAs(entry.Source.Value);
        home.Signed(entry.Source);
        await entries.KeepAsync(db, entry, "own", ct);
        await InternAsync(db, entry, ct);
        await usable.TellAsync(db, ct);
        await db.EnqueueAsync(KeepWork, home.Code.Value, DueFor(entry), clock, ct);
        if (await db.Set<ManagedDirectory>().AnyAsync(m => m.Code == home.Code, ct))
            await AdmitOwnAsync(db, entry, ct);
        foreach (var listener in changed ? listeners : [])
            await listener.OwnEntryChangedAsync(db, home.Code, ct);
    }

    /// <summary>
    /// The audiences of the participant and its offices get their numbers before anybody acts for them: a viewer is
    /// resolved at the start of a request, and can write only to audiences that were known by then.
    /// </summary>
    private async Task InternAsync(AppDb db, CheckedEntry entry, CancellationToken ct)
    {
        await audiences.IdAsync(db, Audience.AllParticipants, ct);
        await audiences.IdAsync(db, Audience.Own(entry.Core.Code), ct);
        foreach (var office in entry.Core.Offices)
        {
            await audiences.IdAsync(db, Audience.Office(office.Name), ct);
            await audiences.IdAsync(db, Audience.OfficesOfKind(office.Kind), ct);
        }
    }

    public static DateTime DueFor(CheckedEntry entry) => entry.Source.Value.ValidUntil - EntryTerms.SignAgainBefore;

    private async Task AdmitOwnAsync(AppDb db, CheckedEntry entry, CancellationToken ct)
    {
        var admitted = await db.Set<AdmittedEntry>().SingleOrDefaultAsync(a => a.Participant == entry.Core.Code, ct);
        if (admitted is null)
        {
            admitted = new AdmittedEntry(entry.Core.Code, clock.Utc());
            db.Add(admitted);
        }
        admitted.Hold(entry.Source.Digest, pending: null);
        await db.EnqueueAsync(PublishWork.WorkKind, entry.Core.Code.Value, clock.Utc(), clock, ct);
    }
}
