using Comity.Exchange.Data;
using Comity.Exchange.Words;
using Comity.Kernel.Data;
using Comity.Kernel.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Reading;

/// <summary>Whether something waits to be delivered that cannot be, or was lost and has not been sent again.</summary>
internal sealed class ExchangeCheck : ICheck
{
    public async Task<IReadOnlyList<CheckLine>> LookAsync(AppDb db, CancellationToken ct) =>
        [await DeliveryAsync(db, ct), .. await ResendingAsync(db, ct)];

    private static async Task<CheckLine> DeliveryAsync(AppDb db, CancellationToken ct)
    {
        var causes = await db.Set<Delivery>()
            .AsNoTracking()
            .Where(d => d.Cause != null)
            .GroupBy(d => d.Cause!)
            .Select(g => new { Cause = g.Key, Count = g.Count() })
            .OrderBy(g => g.Cause)
            .ToListAsync(ct);
        if (causes.Count == 0)
            return new("exchange.delivery", CheckState.Ok, "Nothing waits for a key or a node.");
        var said = string.Join(
            " ",
            causes.Select(c => FormattableString.Invariant($"{c.Count} × {CauseWords.English(c.Cause)}"))
        );
        return new(
            "exchange.delivery",
            CheckState.Warn,
            $"Not delivered: {said}",
            "Nothing is lost: it is sealed and sent as soon as the cause is gone. The desk shows to whom."
        );
    }

    // The last time only: who was asked before that has been asked anew.
    private static async Task<IReadOnlyList<CheckLine>> ResendingAsync(AppDb db, CancellationToken ct)
    {
        const string Name = "exchange.resending";
        var all = db.Set<AskedAgain>().AsNoTracking();
        if (await all.MaxAsync(a => (DateTime?)a.At, ct) is not { } last)
            return [];
        var asked = await all.Where(a => a.At == last).OrderBy(a => a.Of).ToListAsync(ct);
        var open = asked.Where(a => a.Taken is null).Select(a => a.Of.Value).ToList();
        if (open.Count == 0)
            return
            [
                new(Name, CheckState.Ok, $"Everybody who was asked on {last:u} to send again has taken the request."),
            ];
        return
        [
            new(
                Name,
                CheckState.Warn,
                $"Asked on {last:u} to send again, and not answering yet: {string.Join(", ", open.Take(10))}"
                    + (open.Count > 10 ? FormattableString.Invariant($" and {open.Count - 10} more.") : "."),
                "It is tried again by itself for five days; what they sent since may be missing here until then."
            ),
        ];
    }
}
