using Comity.Directory.Data;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Comity.Protocol.Directories;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Comity.Directory.Managing;

/// <summary>The published snapshot and its headers, the same octets for every follower.</summary>
internal static class ServeSnapshot
{
    public static async Task<IResult> SnapshotAsync(AppDbFactory databases, CancellationToken ct)
    {
        await using var db = databases.Open(Viewer.Anonymous);
        if (await PublishedAsync(db, ct) is not { } record)
            return TypedResults.NotFound();
        var digests = record.EntryDigests();
        var octets = await db.Set<EntryVersion>()
            .AsNoTracking()
            .Where(v => digests.Contains(v.Digest))
            .ToDictionaryAsync(v => v.Digest, v => v.Octets, ct);
        var file = SnapshotFile.Write(
            new Snapshot(
                record.Root,
                record.Delegation,
                record.Header,
                [.. digests.Select(d => new ReadOnlyMemory<byte>(octets[d]))]
            )
        );
        var tag = new EntityTagHeaderValue($"\"{record.HeaderDigest.Hex}\"");
        return TypedResults.Bytes(file, "application/vnd.comity.snapshot+json", entityTag: tag);
    }

    public static async Task<IResult> HeadersAsync(long from, long to, AppDbFactory databases, CancellationToken ct)
    {
        if (from < 1 || to < from)
            return TypedResults.BadRequest();
        await using var db = databases.Open(Viewer.Anonymous);
        if (await db.Set<ManagedDirectory>().AsNoTracking().FirstOrDefaultAsync(ct) is not { } managed)
            return TypedResults.NotFound();
        var headers = await db.Set<SnapshotRecord>()
            .AsNoTracking()
            .Where(s => s.Directory == managed.Code && s.Number >= from && s.Number <= to)
            .OrderBy(s => s.Number)
            .Take(HeaderList.Most)
            .Select(s => s.Header)
            .ToListAsync(ct);
        return TypedResults.Bytes(HeaderList.Write(headers), "application/json");
    }

    private static async Task<SnapshotRecord?> PublishedAsync(AppDb db, CancellationToken ct)
    {
        var managed = await db.Set<ManagedDirectory>().AsNoTracking().FirstOrDefaultAsync(ct);
        return managed?.Header is { } header
            ? await db.Set<SnapshotRecord>().AsNoTracking().SingleAsync(s => s.HeaderDigest == header, ct)
            : null;
    }
}
