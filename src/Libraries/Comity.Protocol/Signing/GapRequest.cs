namespace Comity.Protocol.Signing;

/// <summary>
/// A node asks another one for messages that did not come (<c>comity/gap-request+v1</c>): places in the chain of one office,
/// known by the messages that came after them. It gets nothing but what was sealed for the office that misses it.
/// </summary>
public sealed record GapRequest
{
    /// <summary>How many places one request names at most.</summary>
    public const int MostPlaces = 100;

    /// <summary>The office that misses them.</summary>
    public required OfficeName By { get; init; }

    /// <summary>The office whose messages they are.</summary>
    public required OfficeName Of { get; init; }

    /// <summary>The conversation.</summary>
    public required ConversationId Conversation { get; init; }

    /// <summary>The places, each higher than the one before.</summary>
    public required IReadOnlyList<int> Places { get; init; }

    /// <summary>When it asks, by its own clock; UTC, milliseconds.</summary>
    public required DateTime At { get; init; }
}
