namespace Comity.Directory.Keeping;

/// <summary>How long what this node signs holds.</summary>
internal static class EntryTerms
{
    /// <summary>An entry holds for a month, and is signed again when ten days are left.</summary>
    public static readonly TimeSpan Entry = TimeSpan.FromDays(30);
    public static readonly TimeSpan SignAgainBefore = TimeSpan.FromDays(10);

    public static readonly TimeSpan ParticipantKey = TimeSpan.FromDays(365 * 10);
    public static readonly TimeSpan EntryKey = TimeSpan.FromDays(365);
    public static readonly TimeSpan OfficeKey = TimeSpan.FromDays(730);
    public static readonly TimeSpan NodeKey = TimeSpan.FromDays(365);

    /// <summary>A grant begins a little early: the clocks of others may be behind.</summary>
    public static readonly TimeSpan ClockLeeway = TimeSpan.FromMinutes(10);

    /// <summary>From then on the office, the operator and the manager are warned that a key ends.</summary>
    public static readonly TimeSpan WarnBefore = TimeSpan.FromDays(60);
}
