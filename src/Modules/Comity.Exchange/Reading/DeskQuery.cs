using Comity.Exchange.Data;
using Comity.Kernel;
using Comity.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Reading;

/// <summary>What waits for the offices of the viewer, and what they wait for, ordered by when it is due.</summary>
internal sealed class DeskQuery(AppDb db, ConversationOpener opener, TimeProvider clock)
{
    private const int MostConversations = 200;
    private const int MostAlarms = 100;

    public async Task<DeskView> AskAsync(CancellationToken ct)
    {
        var now = clock.Utc();
        var wholes = await db.Set<Conversation>()
            .AsNoTracking()
            .OrderByDescending(c => c.Latest)
            .Take(MostConversations)
            .ToListAsync(ct);
        var opened = await opener.OpenAsync(wholes, ct);
        var alarms = await db.Set<Alarm>()
            .AsNoTracking()
            .Where(a => a.Settled == null)
            .OrderByDescending(a => a.At)
            .Take(MostAlarms)
            .ToListAsync(ct);
        return new DeskView(
            now,
            InOrder(opened.SelectMany(c => DeskLines.Waiting(c, now))),
            InOrder(opened.SelectMany(DeskLines.Asked)),
            [.. alarms.Select(Of)]
        );
    }

    private static IReadOnlyList<DeskLine> InOrder(IEnumerable<DeskLine> lines) =>
        [.. lines.OrderBy(l => l.Due is null).ThenBy(l => l.Due).ThenBy(l => l.Since)];

    private static AlarmView Of(Alarm alarm) =>
        new(
            alarm.Id,
            alarm.Home.Value,
            alarm.Code,
            alarm.At,
            alarm.Other?.Value,
            alarm.MessageId?.ToString(),
            alarm.EnvelopeDigest?.Value,
            alarm.Told
        );
}
