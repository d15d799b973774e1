using Comity.Directory.Data;
using Comity.Directory.Finding;
using Comity.Kernel;
using Comity.Kernel.Data;
using Comity.Kernel.Hosting;
using Comity.OpenPgp;
using Microsoft.EntityFrameworkCore;

namespace Comity.Directory.Checking;

/// <summary>
/// Tells a directory manager whose office keys end within sixty days or cannot be sealed to, so that the manager can
/// remind them: whoever is not reached by others may not know it.
/// </summary>
internal sealed class AdmittedKeyCheck(Roll roll, TimeProvider clock) : ICheck
{
    private const string Name = "directory.keys";
    private const int Most = 50;

    public async Task<IReadOnlyList<CheckLine>> LookAsync(AppDb db, CancellationToken ct)
    {
        if (!await db.Set<ManagedDirectory>().AnyAsync(ct))
            return [];
        var now = clock.Utc();
        var page = await roll.ReadAsync(ct);
        var admitted = await db.Set<AdmittedEntry>().AsNoTracking().Select(a => a.Participant).ToListAsync(ct);
        // Of its own offices this node says more elsewhere.
        var ending = admitted
            .Order()
            .Select(page.Find)
            .Where(e => e is { Home: false })
            .SelectMany(e => EndingKeys.Of(e, now))
            .ToList();
        if (ending.Count == 0)
            return [new(Name, CheckState.Ok, "Every admitted office has a key that holds for sixty days.")];
        var lines = ending.Take(Most).Select(o => Line(o, now));
        return ending.Count <= Most
            ? [.. lines]
            :
            [
                .. lines,
                new(
                    Name,
                    CheckState.Warn,
                    FormattableString.Invariant($"There are {ending.Count - Most} more; see `comity directory show`.")
                ),
            ];
    }

    private static CheckLine Line(OfficeCard card, DateTime now) =>
        new(
            Name,
            CheckState.Warn,
            card.KeyStanding switch
            {
                KeyStanding.Usable => FormattableString.Invariant(
                    $"The key of {card.Office} ends on {card.UsableUntil:yyyy-MM-dd}: {EndingKeys.Left(card.UsableUntil!.Value, now)}."
                ),
                KeyStanding.Expired => FormattableString.Invariant(
                    $"The key of {card.Office} ended on {card.UsableUntil:yyyy-MM-dd}: nothing can be sealed to it."
                ),
                KeyStanding.Revoked or KeyStanding.RevokedCompromised =>
                    $"The key of {card.Office} is revoked: nothing can be sealed to it.",
                KeyStanding.NotYetValid => $"The key of {card.Office} is not valid yet.",
                KeyStanding.Missing => $"The entry has no key that something can be sealed to for {card.Office}.",
                _ => $"The key of {card.Office} is of a kind that is not accepted.",
            },
            $"Remind {card.Office.Participant}: it makes a new key, and its entry then names it."
        );
}
