using Comity.Exchange.Data;
using Comity.Kernel.Data;
using Comity.Kernel.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Reading;

/// <summary>Whether something waits to be delivered that cannot be.</summary>
internal sealed class ExchangeCheck : ICheck
{
    public async Task<IReadOnlyList<CheckLine>> LookAsync(AppDb db, CancellationToken ct)
    {
        var causes = await db.Set<Delivery>()
            .AsNoTracking()
            .Where(d => d.Cause != null)
            .GroupBy(d => d.Cause!)
            .Select(g => new { Cause = g.Key, Count = g.Count() })
            .OrderBy(g => g.Cause)
            .ToListAsync(ct);
        if (causes.Count == 0)
            return [new("exchange.delivery", CheckState.Ok, "Nothing waits for a key or a node.")];
        var said = string.Join(", ", causes.Select(c => FormattableString.Invariant($"{c.Cause}: {c.Count}")));
        return
        [
            new(
                "exchange.delivery",
                CheckState.Warn,
                $"Not delivered ({said}).",
                "Nothing is lost: it is sealed and sent as soon as the cause is gone. The desk shows to whom."
            ),
        ];
    }
}
