using Comity.Directory.Data;
using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Finding;

/// <summary>The entry that this node signed last for one of its participants.</summary>
internal static class OwnEntryDocument
{
    /// <param name="db">Where to look.</param>
    /// <param name="participant">Which; null means the first of this node.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<EntryDocument?> ReadAsync(AppDb db, ParticipantCode? participant, CancellationToken ct)
    {
        var homes = await db.Set<HomeParticipant>().AsNoTracking().OrderBy(h => h.Created).ToListAsync(ct);
        if (homes.FirstOrDefault(h => participant is null || h.Code == participant) is not { } home)
            return null;
        var version = await db.Set<EntryVersion>().AsNoTracking().SingleAsync(v => v.Digest == home.Entry, ct);
        return new EntryDocument(
            version.Participant,
            version.Sequence,
            version.Digest,
            version.FirstSeen,
            version.Octets
        );
    }
}
