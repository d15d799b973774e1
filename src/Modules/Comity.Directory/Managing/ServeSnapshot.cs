using Comity.Directory.Data;
using Comity.Kernel.Data;
using Comity.Kernel.Viewing;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Comity.Directory.Managing;

/// <summary>The published snapshot and its headers, the same octets for every follower.</summary>
internal static class ServeSnapshot
{
    private const string MediaType = "application/vnd.comity.snapshot+json";

    /// <summary>Whoever has it already gets no octet; for all others it is written once.</summary>
    public static async Task<IResult> SnapshotAsync(
        HttpContext http,
        AppDbFactory databases,
        PublishedSnapshot published,
        CancellationToken ct
    )
    {
        await using var db = databases.Open(Viewer.Anonymous);
        var header = await db.Set<ManagedDirectory>().AsNoTracking().Select(m => m.Header).FirstOrDefaultAsync(ct);
        if (header is not { } digest)
            return TypedResults.NotFound();
        var tag = new EntityTagHeaderValue($"\"{digest.Hex}\"");
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            http.Response.GetTypedHeaders().ETag = tag;
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }
        return TypedResults.Bytes(await published.OctetsAsync(db, digest, ct), MediaType, entityTag: tag);
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
}
