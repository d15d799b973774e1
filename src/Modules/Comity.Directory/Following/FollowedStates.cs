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
    /// <param name="db">The database.</param>
    /// <param name="followed">The directory.</param>
    /// <param name="ct">Cancellation.</param>
    /// <param name="only">The one participant that is wanted; null where all are.</param>
    public static async Task<FollowingState> LoadAsync(
        AppDb db,
        FollowedDirectory followed,
        CancellationToken ct,
        ParticipantCode? only = null
    )
    {
        var rows = await db.Set<FollowedEntry>()
            .AsNoTracking()
            .Where(e => e.FollowedId == followed.Id && (only == null || e.Participant == only))
            .ToListAsync(ct);
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

    /// <summary>
    /// Inside a write: makes the rows say what the state says. What somebody else wrote since it was loaded stays: it is
    /// newer, and judged anew the next time.
    /// </summary>
    /// <param name="db">The caller's write.</param>
    /// <param name="followed">The directory.</param>
    /// <param name="before">The state as it was loaded.</param>
    /// <param name="state">What came of it.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>Whether they said something else before.</returns>
    public static async Task<bool> SaveAsync(
        AppDb db,
        FollowedDirectory followed,
        FollowingState before,
        FollowingState state,
        CancellationToken ct
    )
    {
        var changed = false;
        var rows = await RowsAsync(db, followed, state, ct);
        foreach (var held in state.Entries.Values)
        {
            var row = rows.GetValueOrDefault(held.Code);
            if (!IsAsLoaded(row, before.Entries.GetValueOrDefault(held.Code)))
                continue;
            if (row is null)
            {
                row = new FollowedEntry(followed.Id, held.Code);
                db.Add(row);
            }
            changed |= row.Hold(held.Current.Source.Digest, held.Pending?.Source.Digest, held.Listed);
        }
        return changed;
    }

    /// <summary>Inside a write: whether everything that was loaded stands as it was.</summary>
    public static async Task<bool> StandsAsync(
        AppDb db,
        FollowedDirectory followed,
        FollowingState before,
        CancellationToken ct
    )
    {
        var rows = await RowsAsync(db, followed, before, ct);
        return before.Entries.Values.All(held => IsAsLoaded(rows.GetValueOrDefault(held.Code), held));
    }

    // A poll is of thousands, a word of one participant is of one.
    private static Task<Dictionary<ParticipantCode, FollowedEntry>> RowsAsync(
        AppDb db,
        FollowedDirectory followed,
        FollowingState state,
        CancellationToken ct
    )
    {
        var rows = db.Set<FollowedEntry>().Where(e => e.FollowedId == followed.Id);
        if (state.Entries.Count == 1)
        {
            var only = state.Entries.Keys.Single();
            rows = rows.Where(e => e.Participant == only);
        }
        return rows.ToDictionaryAsync(e => e.Participant, ct);
    }

    // What could not be read was not loaded, and is replaced.
    private static bool IsAsLoaded(FollowedEntry? row, HeldEntry? before) =>
        before is null
        || (row?.Current == before.Current.Source.Digest && row.Pending == before.Pending?.Source.Digest);
}
