using Comity.Directory.Data;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Finding;

/// <summary>
/// The participants that this node knows, whatever the source: its own, those of followed directories, those that it
/// admitted itself. Signatures were checked when the entries came; here they are taken apart once per change.
/// </summary>
internal sealed class Roll(AppDbFactory databases, IDatabase database)
{
    private static readonly Viewer Reader = Viewer.System("directory");

    private volatile Held? _held;

    public async Task<RollPage> ReadAsync(CancellationToken ct)
    {
        // Looked at before anything is read: what is changed meanwhile is read again.
        var changes = RollStamp.Changes;
        if (database.OneWriter && _held is { } held && held.Changes == changes)
            return held.Page;
        await using var db = databases.Open(Reader);
        var stamp = await db.Set<RollStamp>().AsNoTracking().Select(s => s.Value).SingleAsync(ct);
        // Read after the stamp: at worst something newer stands under an older stamp, and is read again next time.
        var page =
            _held is { } before && before.Page.Stamp == stamp
                ? before.Page
                : new RollPage(stamp, await LoadAsync(db, _held?.Page, ct));
        _held = new(page, changes);
        return page;
    }

    private sealed record Held(RollPage Page, long Changes);

    private static async Task<Dictionary<ParticipantCode, RollEntry>> LoadAsync(
        AppDb db,
        RollPage? before,
        CancellationToken ct
    )
    {
        var sightings = await Sightings.LoadAsync(db, ct);
        var confirmed = await db.Set<KeyConfirmation>().AsNoTracking().ToListAsync(ct);
        var wanted = sightings.SelectMany(s => new[] { s.Current, s.Pending }).OfType<Digest>().Distinct().ToList();
        var entries = await CheckedAsync(db, wanted, before, ct);
        var revocations = await Revocations.LoadAsync(db, ct);
        var firstSeen = await FirstSeenAsync(db, ct);
        return sightings
            .Where(s => entries.ContainsKey(s.Current))
            .GroupBy(s => s.Participant)
            .Where(g => g.Any(s => s.Listed))
            .Select(g =>
                new RollChoice(
                    [.. g.Select(s => new Candidate(s, entries[s.Current]))],
                    entries,
                    [.. confirmed.Where(c => c.Participant == g.Key)],
                    revocations,
                    fingerprint => firstSeen.GetValueOrDefault((g.Key, fingerprint), DateTime.MaxValue)
                ).Make()
            )
            .ToDictionary(e => e.Code);
    }

    /// <summary>When a participant was first seen under which key.</summary>
    private static async Task<Dictionary<(ParticipantCode, string), DateTime>> FirstSeenAsync(
        AppDb db,
        CancellationToken ct
    ) =>
        (
            await db.Set<EntryVersion>()
                .AsNoTracking()
                .GroupBy(v => new { v.Participant, v.Fingerprint })
                .Select(g => new
                {
                    g.Key.Participant,
                    g.Key.Fingerprint,
                    First = g.Min(v => v.FirstSeen),
                })
                .ToListAsync(ct)
        ).ToDictionary(v => (v.Participant, v.Fingerprint), v => v.First);

    private static async Task<Dictionary<Digest, CheckedEntry>> CheckedAsync(
        AppDb db,
        List<Digest> wanted,
        RollPage? before,
        CancellationToken ct
    )
    {
        var known =
            before
                ?.Entries.Values.SelectMany(e => e.Others.Select(o => o.Entry).Prepend(e.Entry))
                .DistinctBy(e => e.Source.Digest)
                .ToDictionary(e => e.Source.Digest)
            ?? [];
        var missing = wanted.Where(d => !known.ContainsKey(d)).ToList();
        var stored = await db.Set<EntryVersion>().AsNoTracking().Where(v => missing.Contains(v.Digest)).ToListAsync(ct);
        foreach (var version in stored)
            if (EntryCheck.FromOwnStorage(version.Octets) is { } entry)
                known[version.Digest] = entry;
        return known;
    }
}
