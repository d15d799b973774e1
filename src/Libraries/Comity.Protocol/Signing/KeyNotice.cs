namespace Comity.Protocol.Signing;

/// <summary>
/// A node says to those who correspond with a participant of it that the participant's entry is newer
/// (<c>comity/key-notice+v1</c>). It carries no key and no entry: whoever hears it fetches the entry from where the one in
/// use says that the node is, and judges it as any other. So a notice that somebody made up changes nothing.
/// </summary>
public sealed record KeyNotice
{
    /// <summary>Whose entry.</summary>
    public required ParticipantCode Of { get; init; }

    /// <summary>Its sequence; whoever holds that, or a higher one, need not look.</summary>
    public required long Sequence { get; init; }

    /// <summary>When the node says so, by its own clock; UTC, milliseconds.</summary>
    public required DateTime At { get; init; }
}
