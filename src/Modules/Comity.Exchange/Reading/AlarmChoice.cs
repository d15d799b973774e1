using Comity.Protocol;

namespace Comity.Exchange.Reading;

/// <summary>An open alarm, by what is needed to choose.</summary>
internal sealed record OpenAlarm(Guid Id, OfficeName Other, DateTime Latest);

/// <summary>Which alarms stand on the desk: the newest of everybody before the second of anybody.</summary>
internal static class AlarmChoice
{
    public const int Most = 100;

    /// <summary>Of one participant: whoever makes many of them hides nobody else's.</summary>
    public const int MostOfOne = 10;

    public static IReadOnlyList<Guid> Of(IReadOnlyCollection<OpenAlarm> open) =>
        [
            .. open.GroupBy(a => a.Other.Participant)
                .SelectMany(g =>
                    g.OrderByDescending(a => a.Latest)
                        .Take(MostOfOne)
                        .Select((alarm, rank) => (Alarm: alarm, Rank: rank))
                )
                .OrderBy(a => a.Rank)
                .ThenByDescending(a => a.Alarm.Latest)
                .Take(Most)
                .Select(a => a.Alarm.Id),
        ];
}
