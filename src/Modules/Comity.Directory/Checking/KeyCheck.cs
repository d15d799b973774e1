using Comity.Directory.Keys;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Hosting;
using Comity.Kernel.Keys;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Checking;

/// <summary>Whether each own office has a key to work with; warns sixty days before a key of this node ends.</summary>
internal sealed class KeyCheck(OwnOfficeKeys own, TimeProvider clock) : ICheck
{
    private const string Name = "keys";

    public async Task<IReadOnlyList<CheckLine>> LookAsync(AppDb db, CancellationToken ct)
    {
        var now = clock.Utc();
        var faults = await own.FaultsAsync(db, ct);
        var held = await db.Set<HeldKey>()
            .AsNoTracking()
            .Where(k => k.Retired == null && k.Revoked == null)
            .ToListAsync(ct);
        List<CheckLine> lines =
        [
            .. faults.OrderBy(f => f.Key).Select(f => Fault(f.Key, f.Value)),
            .. held.Select(k => (Key: k, Line: KeyList.Line(k, now)))
                .Where(k => k.Line.Warning is not null)
                .Select(k => new CheckLine(
                    Name,
                    k.Key.Expires <= now ? CheckState.Fail : CheckState.Warn,
                    $"{k.Line.Purpose} key of {k.Line.Subject}: {k.Line.Warning}",
                    "Make a new one: comity keys create."
                )),
        ];
        return lines.Count == 0
            ? [new(Name, CheckState.Ok, "Every office has its key, and no key of this node ends within sixty days.")]
            : lines;
    }

    private static CheckLine Fault(OfficeName office, OwnKeyFault fault) =>
        new(
            Name,
            CheckState.Fail,
            fault == OwnKeyFault.RevokedHere
                ? $"The entry of {office.Participant} goes on naming the key of {office} that is revoked on this node: others still seal to it."
                : $"This node holds no usable key of {office}: nothing is sent for it.",
            $"Make a new key, which the entry then names: comity keys create --office {office} --participant-key FILE."
        );
}
