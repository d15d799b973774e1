using Comity.Directory.Data;
using Comity.Directory.Finding;
using Comity.Directory.Following;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Work;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Managing;

/// <summary>
/// An admitted participant that comes with another participant key, without the old key's word: its entry waits beside
/// the one in use, and is published once two people of the manager have compared the fingerprint.
/// </summary>
internal sealed class WaitingEntry(EntryStore entries, TimeProvider clock)
{
    /// <summary>Inside a write: keeps it, and tells people.</summary>
    public async Task KeepAsync(
        AppDb db,
        ParticipantCode directory,
        AdmittedEntry admitted,
        CheckedEntry coming,
        string source,
        CancellationToken ct
    )
    {
        var alert = new FollowingAlert(FollowingNotice.ParticipantKeyChanged, coming.Core.Code);
        await Alerts.BeginAsync(db, directory, alert, clock, ct);
        if (await IsOlderAsync(db, admitted, coming, ct))
            return;
        await entries.KeepAsync(db, coming, source, ct);
        admitted.Hold(admitted.Current, coming.Source.Digest);
    }

    /// <summary>Inside a write: two people have compared; what waits under this key is published.</summary>
    public static async Task AdmitAsync(
        AppDb db,
        ParticipantCode code,
        string fingerprint,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (await db.Set<ManagedDirectory>().FirstOrDefaultAsync(ct) is not { } managed)
            return;
        var admitted = await db.Set<AdmittedEntry>().SingleOrDefaultAsync(a => a.Participant == code, ct);
        if (admitted?.Pending is not { } pending)
            return;
        if (!await db.Set<EntryVersion>().AnyAsync(v => v.Digest == pending && v.Fingerprint == fingerprint, ct))
            return;
        admitted.Hold(pending, pending: null);
        await db.EnqueueAsync(PublishWork.WorkKind, managed.Code.Value, clock.Utc(), clock, ct);
    }

    private static async Task<bool> IsOlderAsync(
        AppDb db,
        AdmittedEntry admitted,
        CheckedEntry coming,
        CancellationToken ct
    ) =>
        admitted.Pending is { } pending
        && await db.Set<EntryVersion>()
            .AnyAsync(
                v =>
                    v.Digest == pending
                    && v.Fingerprint == coming.Fingerprint
                    && v.Sequence >= coming.Source.Value.Sequence,
                ct
            );
}
