using Comity.Directory.Data;
using Comity.Directory.Finding;
using Comity.Directory.Keeping;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Keys;
using Comity.Kernel.Outcomes;
using Comity.Kernel.Viewing;
using Comity.Kernel.Writing;
using Comity.OpenPgp;
using Comity.Protocol;
using Comity.Protocol.Directories;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Managing;

/// <summary>What was published.</summary>
/// <param name="Number">Number of the snapshot.</param>
/// <param name="Digest">Digest of its signed header.</param>
/// <param name="Expires">Until when it is fresh, UTC.</param>
internal sealed record Published(long Number, string Digest, DateTime Expires);

/// <summary>Signs the next snapshot: every admitted entry in the order of the codes, linked to the one before.</summary>
internal sealed class Publisher(AppDbFactory databases, WriteGate gate, KeyStore keys, TimeProvider clock)
{
    /// <summary>A snapshot is signed again two days before it goes stale, so that a manager may be away for a weekend.</summary>
    public static readonly TimeSpan AgainBefore = TimeSpan.FromDays(2);
    public static readonly TimeSpan Fresh = TimeSpan.FromDays(7);

    private const int MostAttempts = 5;

    public async Task<Outcome<Published>> PublishAsync(Viewer viewer, bool onlyWhereNeeded, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await TryAsync(viewer, onlyWhereNeeded, ct);
            // A person and the timer may publish at the same moment: the second signs on top of the first.
            if (outcome.Problem?.Kind != ProblemKind.Conflict || attempt == MostAttempts)
                return outcome;
        }
    }

    private async Task<Outcome<Published>> TryAsync(Viewer viewer, bool onlyWhereNeeded, CancellationToken ct)
    {
        var now = Instants.InMilliseconds(clock.Utc());
        await using var db = databases.Open(viewer);
        if (await db.Set<ManagedDirectory>().AsNoTracking().FirstOrDefaultAsync(ct) is not { } managed)
            return ManagingProblems.NoManager;
        var entries = await EntriesAsync(db, ct);
        if (onlyWhereNeeded && await IsFreshAsync(db, managed, entries, now, ct) is { } there)
            return there;
        var held = await KeyStore.CurrentAsync(db, KeyPurpose.Directory, managed.Code.Value, ct);
        if (held is null || managed.DelegatedUntil <= now)
            return ManagingProblems.DelegationOver;
        var header = Sign(managed, held, entries, now);
        try
        {
            return await gate.WriteAsync(
                viewer,
                (write, token) => StoreAsync(write, managed, header, entries, token),
                ct
            );
        }
        catch (DbUpdateConcurrencyException)
        {
            // With several writers both may get as far as this; one of them has published.
            return ManagingProblems.PublishedMeanwhile;
        }
    }

    private SignedPayload<SnapshotHeader> Sign(
        ManagedDirectory managed,
        HeldKey held,
        List<EntryVersion> entries,
        DateTime now
    )
    {
        var header = new SnapshotHeader
        {
            Directory = managed.Code,
            Number = managed.Number + 1,
            Previous = managed.Header,
            Created = now,
            Expires = now + Fresh,
            Count = entries.Count,
            Entries = SnapshotFile.DigestOf(entries.Select(e => new ReadOnlyMemory<byte>(e.Octets))),
        };
        using var key = keys.Open(held);
        return DirectoryDocuments.Sign(header, key, now);
    }

    private async Task<Outcome<Published>> StoreAsync(
        AppDb db,
        ManagedDirectory seen,
        SignedPayload<SnapshotHeader> header,
        List<EntryVersion> entries,
        CancellationToken ct
    )
    {
        var managed = await db.Set<ManagedDirectory>().SingleAsync(m => m.Code == seen.Code, ct);
        // Never two snapshots of one number: whoever came second signs again, on top of the first.
        if (managed.Header != seen.Header)
            return ManagingProblems.PublishedMeanwhile;
        managed.Published(header.Value.Number, header.Digest, header.Value.Expires);
        db.Add(
            new SnapshotRecord(
                Ids.New(clock),
                header,
                managed.Root,
                managed.Delegation,
                entries.Select(e => e.Digest),
                clock.Utc()
            )
        );
        await RollStamp.TouchAsync(db, clock, ct);
        return ToPublished(managed);
    }

    private static async Task<Published?> IsFreshAsync(
        AppDb db,
        ManagedDirectory managed,
        List<EntryVersion> entries,
        DateTime now,
        CancellationToken ct
    )
    {
        if (managed.Header is not { } header || managed.Expires - AgainBefore <= now)
            return null;
        // Made by a clock that ran ahead: nobody takes it before its time, and what they hold grows old.
        if (managed.Expires - Fresh > now + EntryTerms.ClockLeeway)
            return null;
        var record = await db.Set<SnapshotRecord>().AsNoTracking().SingleAsync(s => s.HeaderDigest == header, ct);
        return record.EntryDigests().SequenceEqual(entries.Select(e => e.Digest)) ? ToPublished(managed) : null;
    }

    private static async Task<List<EntryVersion>> EntriesAsync(AppDb db, CancellationToken ct)
    {
        var admitted = await db.Set<AdmittedEntry>().AsNoTracking().Select(a => a.Current).ToListAsync(ct);
        var versions = await db.Set<EntryVersion>()
            .AsNoTracking()
            .Where(v => admitted.Contains(v.Digest))
            .ToListAsync(ct);
        return [.. versions.OrderBy(v => v.Participant)];
    }

    private static Published ToPublished(ManagedDirectory managed) =>
        new(managed.Number, managed.Header!.Value.Value, managed.Expires!.Value);
}
