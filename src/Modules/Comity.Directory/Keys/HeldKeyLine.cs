using Comity.Directory.Following;
using Comity.Directory.Keeping;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Keys;
using Comity.OpenPgp;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Keys;

/// <summary>A key that this node holds.</summary>
/// <param name="Purpose"><c>entry</c>, <c>office</c>, <c>node</c>, <c>directory</c>.</param>
/// <param name="Subject">Whose: <c>QM</c>, <c>QM/technical</c>, the node's address.</param>
/// <param name="Fingerprint">Its fingerprint, or the id of a node key.</param>
/// <param name="Standing"><c>usable</c>, <c>expired</c>, <c>revoked</c>, <c>revoked-compromised</c>, <c>retired</c>, …</param>
/// <param name="Created">UTC.</param>
/// <param name="Expires">UTC; null where it has no end.</param>
/// <param name="Warning">One English sentence where it ends within sixty days or has ended; else null.</param>
internal sealed record HeldKeyLine(
    string Purpose,
    string Subject,
    string Fingerprint,
    string Standing,
    DateTime Created,
    DateTime? Expires,
    string? Warning
);

/// <summary>Lists the keys, the current ones first.</summary>
internal sealed class KeyList(AppDb db, TimeProvider clock)
{
    public async Task<IReadOnlyList<HeldKeyLine>> ReadAsync(CancellationToken ct)
    {
        var now = clock.Utc();
        var held = await db.Set<HeldKey>().AsNoTracking().ToListAsync(ct);
        return
        [
            .. held.OrderByDescending(k => k.IsCurrent)
                .ThenBy(k => k.Purpose)
                .ThenBy(k => k.Subject, StringComparer.Ordinal)
                .ThenByDescending(k => k.Created)
                .Select(k => Line(k, now)),
        ];
    }

    public static HeldKeyLine Line(HeldKey key, DateTime now) =>
        new(
            SnapshotFetch.Code(key.Purpose),
            key.Subject,
            key.Fingerprint,
            Standing(key, now),
            key.Created,
            key.Expires,
            Warning(key, now)
        );

    private static string Standing(HeldKey key, DateTime now)
    {
        if (key.Revoked is not null)
            return key.Purpose == KeyPurpose.Node || Read(key) is not { } revoked
                ? "revoked"
                : SnapshotFetch.Code(revoked.Standing(KeyUse.Sign, now));
        if (key.Retired <= now)
            return "retired";
        if (key.Purpose == KeyPurpose.Node)
            return key.Expires <= now ? "expired" : "usable";
        return SnapshotFetch.Code(Read(key)?.Standing(KeyUse.Sign, now) ?? KeyStanding.Refused);
    }

    private static Certificate? Read(HeldKey key) => Certificate.Read(key.Public).Certificate;

    private static string? Warning(HeldKey key, DateTime now)
    {
        if (!key.IsCurrent || key.Expires is not { } ends || ends - now > EntryTerms.WarnBefore)
            return null;
        return ends <= now
            ? FormattableString.Invariant($"This key ended on {ends:yyyy-MM-dd}.")
            : FormattableString.Invariant($"This key ends on {ends:yyyy-MM-dd}.");
    }
}
