using Comity.Directory.Data;
using Comity.Kernel.Data;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Following;

/// <summary>Every entry that this node signed for one participant, for the alarm about its own entry.</summary>
/// <param name="Code">The participant.</param>
/// <param name="Newest">What it signed last.</param>
/// <param name="Signed">When, UTC.</param>
/// <param name="Before">What it signed earlier.</param>
internal sealed record OwnVersions(ParticipantCode Code, Digest Newest, DateTime Signed, IReadOnlySet<Digest> Before)
{
    /// <summary>A manager collects every quarter of an hour; until then the directory rightly serves the entry before.</summary>
    public static readonly TimeSpan UntilCollected = TimeSpan.FromHours(2);

    /// <summary>What the directory must serve for this participant now.</summary>
    public OwnEntry Expect(Snapshot snapshot, DateTime now)
    {
        if (now - Signed >= UntilCollected)
            return new OwnEntry(Code, Newest);
        var served = snapshot.Entries.Select(e => Digest.Of(e.Span)).Where(Before.Contains).ToList();
        return new OwnEntry(Code, served.Count == 1 ? served[0] : Newest);
    }

    public static async Task<IReadOnlyList<OwnVersions>> LoadAsync(AppDb db, CancellationToken ct)
    {
        var homes = await db.Set<HomeParticipant>().AsNoTracking().ToListAsync(ct);
        var codes = homes.Select(h => h.Code).ToList();
        var versions = await db.Set<EntryVersion>()
            .AsNoTracking()
            .Where(v => v.Source == "own" && codes.Contains(v.Participant))
            .Select(v => new
            {
                v.Participant,
                v.Digest,
                v.FirstSeen,
            })
            .ToListAsync(ct);
        return
        [
            .. homes.Select(h => new OwnVersions(
                h.Code,
                h.Entry,
                versions.Single(v => v.Digest == h.Entry).FirstSeen,
                versions.Where(v => v.Participant == h.Code && v.Digest != h.Entry).Select(v => v.Digest).ToHashSet()
            )),
        ];
    }
}
