namespace Comity.Exchange.Acknowledging;

/// <summary>Times by which an office may say that it answers, offered as links.</summary>
internal static class AnswerTimes
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan[] Spans = [TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(24)];
    private static readonly TimeOnly[] Hours = [new(9, 0), new(17, 0)];

    /// <summary>In some hours, at the beginning and at the end of the next day at the office, and when they ask for it; UTC, in order.</summary>
    public static IReadOnlyList<DateTime> From(DateTime now, TimeZoneInfo? zone, DateTime? askedFor)
    {
        var offered = Spans
            .Select(s => RoundedUp(now + s))
            .Concat(Hours.Select(h => Next(now, h, zone ?? TimeZoneInfo.Utc)));
        return [.. offered.Concat(askedFor is { } by && by > now ? [by] : []).Order().Distinct()];
    }

    private static DateTime RoundedUp(DateTime time) =>
        new((time.Ticks + Quarter.Ticks - 1) / Quarter.Ticks * Quarter.Ticks, DateTimeKind.Utc);

    private static DateTime Next(DateTime now, TimeOnly hour, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, zone)).AddDays(1);
        var local = day.ToDateTime(hour, DateTimeKind.Unspecified);
        // Where the clocks jump over that hour, the hour after it.
        return TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(local) ? local.AddHours(1) : local, zone);
    }
}
