namespace Comity.Ui.Components;

/// <summary>How a time is shown.</summary>
public enum TimeForm
{
    /// <summary>"in 3 h 20 min"; the exact time on hover and in print.</summary>
    Words,

    /// <summary>"3 May 2026, 14:30 UTC".</summary>
    Exact,

    /// <summary>The exact time, then the words.</summary>
    Both,
}

/// <summary>A clock on the other side.</summary>
/// <param name="Place">Whose clock: a participant or an office, in the reader's words.</param>
/// <param name="Zone">Its zone.</param>
public sealed record OtherClock(string Place, TimeZoneInfo Zone);
