using Comity.Directory;
using Comity.Exchange.Alarming;
using Comity.Exchange.Data;
using Comity.Exchange.Words;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Protocol;
using Comity.Protocol.Messages;
using Microsoft.EntityFrameworkCore;

namespace Comity.Exchange.Reading;

/// <summary>What waits for the offices of the viewer, and what they wait for: what is immediate first, then by when it is due.</summary>
internal sealed class DeskQuery(
    AppDb db,
    OpenConversations open,
    ConversationOpener opener,
    DirectoryQueries directory,
    TimeProvider clock
)
{
    private static readonly string Immediate = Priority.Immediate.Code();

    public async Task<DeskView> AskAsync(CancellationToken ct)
    {
        var now = clock.Utc();
        var (wholes, leftOut) = await open.ChooseAsync(now - DeskLines.NewFor, ct);
        var opened = await opener.OpenAsync(wholes, ct);
        var (alarms, alarmsLeftOut) = await AlarmsAsync(ct);
        return new DeskView(
            now,
            InOrder(opened.SelectMany(c => DeskLines.Waiting(c, now))),
            InOrder(opened.SelectMany(DeskLines.Asked)),
            [.. alarms.Select(AlarmView.Of)],
            leftOut,
            alarmsLeftOut
        )
        {
            Keys = await KeysAsync(now, ct),
        };
    }

    private async Task<IReadOnlyList<OfficeCard>> KeysAsync(DateTime now, CancellationToken ct) =>
        [
            .. (await directory.HomeAsync(ct))
                .Participants.SelectMany(p => p.Offices)
                .Where(o => db.Viewer.Offices.Contains(o.Office.Value) && KeyWords.NeedsSeeingTo(o, now)),
        ];

    private async Task<(IReadOnlyList<Alarm> Alarms, int LeftOut)> AlarmsAsync(CancellationToken ct)
    {
        var alarms = db.Set<Alarm>().AsNoTracking().Where(a => a.Settled == null);
        var standing = await alarms.Select(a => new OpenAlarm(a.Id, a.Other, a.Latest)).ToListAsync(ct);
        var chosen = AlarmChoice.Of(standing);
        var shown = await alarms.Where(a => chosen.Contains(a.Id)).OrderByDescending(a => a.Latest).ToListAsync(ct);
        return (shown, standing.Count - shown.Count);
    }

    private static IReadOnlyList<DeskLine> InOrder(IEnumerable<DeskLine> lines) =>
        [
            .. lines
                .OrderBy(l => l.Priority != Immediate || l.Exercise)
                .ThenBy(l => l.Due is null)
                .ThenBy(l => l.Due)
                .ThenBy(l => l.Since),
        ];
}
