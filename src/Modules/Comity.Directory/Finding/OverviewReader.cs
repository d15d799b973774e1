using Comity.Directory.Data;
using Comity.Directory.Following;
using Comity.Directory.Keys;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Finding;

/// <summary>Gathers the overview of the directory.</summary>
internal sealed class OverviewReader(AppDb db, Roll roll, OwnOfficeKeys own, TimeProvider clock)
{
    public async Task<DirectoryOverview> ReadAsync(CancellationToken ct)
    {
        var now = clock.Utc();
        var page = await roll.ReadAsync(ct);
        var faults = await own.FaultsAsync(db, ct);
        var home = await db.Set<HomeParticipant>().AsNoTracking().OrderBy(h => h.Created).ToListAsync(ct);
        var alerts = await db.Set<DirectoryAlert>()
            .AsNoTracking()
            .Where(a => a.Ended == null)
            .OrderBy(a => a.Since)
            .ToListAsync(ct);
        return new DirectoryOverview(
            [
                .. home.Select(h => new OwnEntryLine(
                    h.Code.Value,
                    h.Fingerprint,
                    h.Sequence,
                    h.Entry.Value,
                    h.ValidUntil
                )),
            ],
            await FollowedAsync(alerts, now, ct),
            await ManagedAsync(page, now, ct),
            [.. page.InOrder.Select(e => Line(e, faults, now))],
            [.. page.InOrder.SelectMany(Held)],
            [.. alerts.Where(a => a.IsAlarm).Select(AlertSentences.Line)],
            [.. alerts.Where(a => !a.IsAlarm).Select(AlertSentences.Line)]
        );
    }

    private async Task<List<FollowedLine>> FollowedAsync(
        List<DirectoryAlert> alerts,
        DateTime now,
        CancellationToken ct
    )
    {
        var followed = await db.Set<FollowedDirectory>().AsNoTracking().OrderBy(f => f.Since).ToListAsync(ct);
        return followed.ConvertAll(f => new FollowedLine(
            f.Url,
            f.Code.Value,
            f.Root.Value,
            f.Number,
            f.Expires,
            f.Expires <= now,
            f.LastPoll,
            f.LastGoodPoll,
            f.Problem,
            [.. alerts.Where(a => a.Directory == f.Code).Select(AlertSentences.English)]
        ));
    }

    private async Task<ManagedLine?> ManagedAsync(RollPage page, DateTime now, CancellationToken ct)
    {
        if (await db.Set<ManagedDirectory>().AsNoTracking().FirstOrDefaultAsync(ct) is not { } managed)
            return null;
        var admitted = await db.Set<AdmittedEntry>().AsNoTracking().ToListAsync(ct);
        return new ManagedLine(
            managed.Code.Value,
            Digest.Of(managed.Root).Value,
            managed.Number,
            managed.Header?.Value,
            managed.Expires,
            managed.DelegatedUntil,
            [
                .. admitted
                    .OrderBy(a => a.Participant)
                    .Select(a => new AdmittedLine(
                        a.Participant.Value,
                        a.Admitted,
                        a.LastAsked,
                        [.. EndingKeys.Of(page.Find(a.Participant), now).Select(o => Summary(o, now))]
                    )),
            ]
        );
    }

    private static ParticipantLine Line(
        RollEntry entry,
        IReadOnlyDictionary<OfficeName, OwnKeyFault> faults,
        DateTime now
    )
    {
        var card = entry.ToCard(now);
        return new ParticipantLine(
            card.Code.Value,
            card.Names.GetValueOrDefault("en") ?? card.Names.Values.FirstOrDefault() ?? "",
            card.Names,
            card.Sequence,
            card.ValidUntil,
            card.Fingerprint,
            card.Confirmed,
            card.Held,
            card.Home,
            entry.Origin?.Value,
            [.. OwnOfficeKeys.Marked(card.Offices, faults).Select(o => Summary(o, now))]
        );
    }

    private static OfficeSummary Summary(OfficeCard card, DateTime now) =>
        new(
            card.Office.Value,
            card.Kind,
            card.Custody.Code(),
            card.HostedBy?.Value,
            card.MailAddress,
            card.Fingerprint,
            SnapshotFetch.Code(card.KeyStanding),
            card.UsableUntil,
            card.OwnKeyFault is { } fault ? SnapshotFetch.Code(fault) : null
        )
        {
            SignsOnly = card.SignsOnly,
            Shown = card.KeyStanding,
            Warning = EndingKeys.IsSoon(card, now) ? EndingKeys.Left(card.UsableUntil!.Value, now) : null,
        };

    private static IEnumerable<HeldLine> Held(RollEntry entry) =>
        entry
            .Others.DistinctBy(o => o.Entry.Fingerprint)
            .Select(o => new HeldLine(
                entry.Code.Value,
                entry.Entry.Fingerprint,
                o.Entry.Fingerprint,
                o.Entry.Source.Value.Sequence,
                o.Directory.Value,
                o.Disputes
            ));
}
