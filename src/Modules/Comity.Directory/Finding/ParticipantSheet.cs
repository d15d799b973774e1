using Comity.Directory.Data;
using Comity.Directory.Keys;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Finding;

/// <summary>A participant as its page shows it.</summary>
/// <param name="Card">What its entry says.</param>
/// <param name="Disputed">Two directories name different keys for it.</param>
/// <param name="Others">Fingerprints of other keys, which are held until people have compared one.</param>
/// <param name="Compared">Who of this node compared which fingerprint, the first first.</param>
internal sealed record ParticipantSheet(
    ParticipantCard Card,
    bool Disputed,
    IReadOnlyList<string> Others,
    IReadOnlyList<Comparison> Compared
)
{
    /// <summary>Whether it is for people here to compare something: nobody confirms their own key.</summary>
    public bool IsToBeCompared => !Card.Home && (!Card.Confirmed || Others.Count > 0);

    public IEnumerable<Comparison> Of(string fingerprint) => Compared.Where(c => c.Fingerprint == fingerprint);
}

/// <summary>Somebody compared a fingerprint over another channel.</summary>
internal sealed record Comparison(string Fingerprint, string By, DateTime At);

/// <summary>Everybody, and what is followed, managed and wrong.</summary>
internal sealed record DirectorySheet(DirectoryOverview Overview, IReadOnlyList<ParticipantSheet> Participants);

internal sealed class ParticipantSheets(
    Roll roll,
    AppDb db,
    OverviewReader overview,
    OwnOfficeKeys own,
    TimeProvider clock
)
{
    public async Task<DirectorySheet> AllAsync(CancellationToken ct)
    {
        var seen = await overview.ReadAsync(ct);
        var now = clock.Utc();
        var faults = await own.FaultsAsync(db, ct);
        return new DirectorySheet(seen, [.. (await roll.ReadAsync(ct)).InOrder.Select(e => Sheet(e, [], faults, now))]);
    }

    public async Task<ParticipantSheet?> FindAsync(string code, CancellationToken ct)
    {
        if (
            !ParticipantCode.TryParse(code, out var participant)
            || (await roll.ReadAsync(ct)).Find(participant) is not { } entry
        )
            return null;
        var compared = await db.Set<KeyConfirmation>()
            .AsNoTracking()
            .Where(c => c.Participant == participant)
            .OrderBy(c => c.At)
            .ToListAsync(ct);
        return Sheet(
            entry,
            compared.ConvertAll(c => new Comparison(c.Fingerprint, Confirmations.Name(c.By), c.At)),
            await own.FaultsAsync(db, ct),
            clock.Utc()
        );
    }

    private static ParticipantSheet Sheet(
        RollEntry entry,
        IReadOnlyList<Comparison> compared,
        IReadOnlyDictionary<OfficeName, OwnKeyFault> faults,
        DateTime now
    )
    {
        var card = entry.ToCard(now);
        return new(
            card with
            {
                Offices = OwnOfficeKeys.Marked(card.Offices, faults),
            },
            entry.Disputed,
            [.. entry.Others.Select(o => o.Entry.Fingerprint).Distinct(StringComparer.Ordinal)],
            compared
        );
    }
}
