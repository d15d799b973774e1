using Comity.Directory.Keys;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Hosting;
using Comity.Kernel.Keys;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Checking;

/// <summary>Warns sixty days before a key of this node ends.</summary>
internal sealed class KeyCheck(TimeProvider clock) : ICheck
{
    public async Task<IReadOnlyList<CheckLine>> LookAsync(AppDb db, CancellationToken ct)
    {
        var now = clock.Utc();
        var held = await db.Set<HeldKey>()
            .AsNoTracking()
            .Where(k => k.Retired == null && k.Revoked == null)
            .ToListAsync(ct);
        var ending = held.Select(k => (Key: k, Line: KeyList.Line(k, now)))
            .Where(k => k.Line.Warning is not null)
            .ToList();
        return ending.Count == 0
            ? [new("keys", CheckState.Ok, "No key of this node ends within sixty days.")]
            :
            [
                .. ending.Select(k => new CheckLine(
                    "keys",
                    k.Key.Expires <= now ? CheckState.Fail : CheckState.Warn,
                    $"{k.Line.Purpose} key of {k.Line.Subject}: {k.Line.Warning}",
                    "Make a new one: comity keys create."
                )),
            ];
    }
}
