using Comity.Exchange.Alarming;
using Comity.Exchange.Data;
using Comity.Kernel;
using Comity.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Reading;

/// <summary>What waits for the offices of the viewer, and what they wait for, ordered by when it is due.</summary>
internal sealed class DeskQuery(AppDb db, OpenConversations open, ConversationOpener opener, TimeProvider clock)
{
    private const int MostAlarms = 100;

    public async Task<DeskView> AskAsync(CancellationToken ct)
    {
        var now = clock.Utc();
        var (wholes, leftOut) = await open.ChooseAsync(now - DeskLines.NewFor, ct);
        var opened = await opener.OpenAsync(wholes, ct);
        var alarms = await db.Set<Alarm>()
            .AsNoTracking()
            .Where(a => a.Settled == null)
            .OrderByDescending(a => a.Latest)
            .Take(MostAlarms)
            .ToListAsync(ct);
        return new DeskView(
            now,
            InOrder(opened.SelectMany(c => DeskLines.Waiting(c, now))),
            InOrder(opened.SelectMany(DeskLines.Asked)),
            [.. alarms.Select(AlarmView.Of)],
            leftOut
        );
    }

    private static IReadOnlyList<DeskLine> InOrder(IEnumerable<DeskLine> lines) =>
        [.. lines.OrderBy(l => l.Due is null).ThenBy(l => l.Due).ThenBy(l => l.Since)];
}
