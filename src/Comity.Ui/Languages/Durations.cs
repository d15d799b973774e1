namespace Comity.Ui.Languages;

/// <summary>Spans of time in words: the two largest units, and no seconds.</summary>
public static class Durations
{
    /// <summary>"3 h 20 min", "2 days 4 h", "45 days".</summary>
    public static string Words(this Texts texts, TimeSpan span)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var (days, hours, minutes) = Rounded(span.Duration());
        var d = texts.N("{n} day", "{n} days", days);
        var h = texts.N("{n} h", "{n} h", hours);
        var min = texts.N("{n} min", "{n} min", minutes);
        return (days, hours, minutes) switch
        {
            (> 6, _, _) or (> 0, 0, _) => d,
            (> 0, _, _) => texts.T("{larger} {smaller}", ("larger", new Raw(d)), ("smaller", new Raw(h))),
            (_, > 0, 0) => h,
            (_, > 0, _) => texts.T("{larger} {smaller}", ("larger", new Raw(h)), ("smaller", new Raw(min))),
            _ => min,
        };
    }

    /// <summary>"in 3 h 20 min", "2 days 4 h ago", "now".</summary>
    public static string Relative(this Texts texts, DateTime time, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var span = time - now;
        if (span.Duration() < TimeSpan.FromMinutes(1))
            return texts.T("now");
        var words = ("duration", new Raw(texts.Words(span)));
        return span > TimeSpan.Zero ? texts.T("in {duration}", words) : texts.T("{duration} ago", words);
    }

    private static (int Days, int Hours, int Minutes) Rounded(TimeSpan span)
    {
        // Whole minutes below a day, whole hours below a week: what is shown never says more than is left.
        var shown = span < TimeSpan.FromDays(1) ? span : TimeSpan.FromHours(Math.Floor(span.TotalHours));
        return ((int)shown.TotalDays, shown.Hours, shown.Minutes);
    }

    /// <summary>Words that are already in the reader's language and need no isolation.</summary>
    private readonly record struct Raw(string Text) : IFormattable
    {
        public string ToString(string? format, IFormatProvider? formatProvider) => Text;
    }
}
