using Comity.Directory.Keeping;
using Comity.OpenPgp;

namespace Comity.Directory.Finding;

/// <summary>Offices whose key cannot be sealed to, or will not be in sixty days: somebody has to make another one in time.</summary>
internal static class EndingKeys
{
    public static IEnumerable<OfficeCard> Of(RollEntry? entry, DateTime now) =>
        entry?.ToCard(now).Offices.Where(o => o.KeyStanding != KeyStanding.Usable || IsSoon(o, now)) ?? [];

    public static bool IsSoon(OfficeCard card, DateTime now) =>
        card.KeyStanding == KeyStanding.Usable && card.UsableUntil is { } until && until - now <= EntryTerms.WarnBefore;

    /// <summary>In English, for programs and terminals.</summary>
    public static string Left(DateTime until, DateTime now) =>
        (int)(until - now).TotalDays switch
        {
            0 => "less than a day left",
            1 => "1 day left",
            var days => FormattableString.Invariant($"{days} days left"),
        };
}
