using Comity.Directory.Data;
using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Finding;

/// <summary>One source's word on a participant.</summary>
/// <param name="Participant">Who.</param>
/// <param name="Directory">The directory that says so; null for this node's own participants.</param>
/// <param name="Rank">The order in which the sources were added; this node's own comes first.</param>
/// <param name="Current">The entry in use.</param>
/// <param name="Pending">An entry that waits for a person.</param>
/// <param name="Listed">Whether the source lists it now; what it listed before says which key was in use.</param>
internal sealed record Sighting(
    ParticipantCode Participant,
    ParticipantCode? Directory,
    DateTime Rank,
    Digest Current,
    Digest? Pending,
    bool Listed = true
);

internal static class Sightings
{
    public static async Task<List<Sighting>> LoadAsync(AppDb db, CancellationToken ct)
    {
        var all = new List<Sighting>();
        var home = await db.Set<HomeParticipant>().AsNoTracking().ToListAsync(ct);
        all.AddRange(home.Select(h => new Sighting(h.Code, null, DateTime.MinValue, h.Entry, null)));

        var followed = await db.Set<FollowedDirectory>().AsNoTracking().ToDictionaryAsync(f => f.Id, ct);
        var seen = await db.Set<FollowedEntry>().AsNoTracking().ToListAsync(ct);
        all.AddRange(
            // One that began to be followed between the two questions has its turn with the next stamp.
            seen.Where(e => followed.ContainsKey(e.FollowedId))
                .Select(e => new Sighting(
                    e.Participant,
                    followed[e.FollowedId].Code,
                    followed[e.FollowedId].Since,
                    e.Current,
                    e.Pending,
                    e.Listed
                ))
        );

        if (await db.Set<ManagedDirectory>().AsNoTracking().FirstOrDefaultAsync(ct) is { } managed)
        {
            var admitted = await db.Set<AdmittedEntry>().AsNoTracking().ToListAsync(ct);
            all.AddRange(
                admitted.Select(a => new Sighting(a.Participant, managed.Code, managed.Created, a.Current, a.Pending))
            );
        }
        return all;
    }
}
