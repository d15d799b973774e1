using Comity.Directory.Data;
using Comity.Directory.Finding;
using Comity.Kernel.Data;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Following;

/// <summary>The state of following a directory, as <see cref="FollowingState"/> wants it, from and to the tables.</summary>
internal static class FollowedStates
{
    public static async Task<FollowingState> LoadAsync(AppDb db, FollowedDirectory followed, CancellationToken ct)
    {
        var rows = await db.Set<FollowedEntry>().AsNoTracking().Where(e => e.FollowedId == followed.Id).ToListAsync(ct);
        var digests = rows.Select(r => r.Current).Concat(rows.Select(r => r.Pending).OfType<Digest>()).ToList();
        var versions = await db.Set<EntryVersion>()
            .AsNoTracking()
            .Where(v => digests.Contains(v.Digest))
            .ToListAsync(ct);
        var entries = versions
            .Select(v => EntryCheck.FromOwnStorage(v.Octets))
            .OfType<CheckedEntry>()
            .ToDictionary(e => e.Source.Digest);
        var revocations = await Revocations.LoadAsync(db, ct);
        return new FollowingState
        {
            Root = followed.Root,
            Number = followed.Number,
            Header = followed.Header,
            Expires = followed.Expires,
            Entries = rows.Where(r => entries.ContainsKey(r.Current))
                .ToDictionary(
                    r => r.Participant,
                    r => new HeldEntry(
                        entries[r.Current],
                        r.Pending is { } pending ? entries.GetValueOrDefault(pending) : null,
                        r.Listed
                    )
                    {
                        Revocation = revocations.GetValueOrDefault(entries[r.Current].Fingerprint),
                    }
                ),
        };
    }

    /// <summary>Inside a write: makes the rows say what the state says.</summary>
    /// <returns>Whether they said something else before.</returns>
    public static async Task<bool> SaveAsync(
        AppDb db,
        FollowedDirectory followed,
        FollowingState state,
        CancellationToken ct
    )
    {
        var changed = false;
        var rows = await db.Set<FollowedEntry>()
            .Where(e => e.FollowedId == followed.Id)
            .ToDictionaryAsync(e => e.Participant, ct);
        foreach (var held in state.Entries.Values)
        {
            if (!rows.TryGetValue(held.Code, out var row))
            {
                row = new FollowedEntry(followed.Id, held.Code);
                db.Add(row);
            }
            changed |= row.Hold(held.Current.Source.Digest, held.Pending?.Source.Digest, held.Listed);
        }
        return changed;
    }
}
