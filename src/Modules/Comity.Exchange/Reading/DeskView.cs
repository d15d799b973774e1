using System.Text.Json.Serialization;
using Comity.Directory;
using Comity.Exchange.Alarming;

namespace Comity.Exchange.Reading;

/// <summary>What waits for the offices of a person.</summary>
/// <param name="Now">The instant for which it was made, UTC.</param>
/// <param name="Waiting">What waits for them, the first due first; without a due time by age, after those with one.</param>
/// <param name="Asked">What they asked for and have not got, or what was not delivered.</param>
/// <param name="Alarms">What a person must see although no message carries it.</param>
/// <param name="LeftOut">How many conversations in which something may wait are not looked at here, because so many are open.</param>
/// <param name="AlarmsLeftOut">How many alarms are not shown; putting others aside brings them up.</param>
internal sealed record DeskView(
    DateTime Now,
    IReadOnlyList<DeskLine> Waiting,
    IReadOnlyList<DeskLine> Asked,
    IReadOnlyList<AlarmView> Alarms,
    int LeftOut = 0,
    int AlarmsLeftOut = 0
)
{
    /// <summary>Offices of the viewer whose key ends within sixty days, or cannot be sealed to.</summary>
    [JsonIgnore]
    public IReadOnlyList<OfficeCard> Keys { get; init; } = [];
}

/// <summary>One line of the desk.</summary>
internal sealed record DeskLine
{
    /// <summary>Row of the conversation: <c>/exchange/{id}</c>.</summary>
    public required Guid Conversation { get; init; }

    /// <summary>Row of the message.</summary>
    public required Guid Message { get; init; }

    public required string Home { get; init; }

    /// <summary>The office on the other side.</summary>
    public required string Other { get; init; }

    public required string Kind { get; init; }

    /// <summary>What is to be done or missing, one of <see cref="DeskWhy"/>.</summary>
    public required string Why { get; init; }

    /// <summary>The first words of the content, for this desk only.</summary>
    public required string Title { get; init; }

    public required string Language { get; init; }

    public required string Tlp { get; init; }

    /// <summary>How soon its author hopes for an answer, as the protocol writes it; null where the kind does not say so.</summary>
    public string? Priority { get; init; }

    public required bool Exercise { get; init; }

    /// <summary>By our clock, UTC.</summary>
    public required DateTime Since { get; init; }

    /// <summary>By when something was asked for, or promised by us; UTC.</summary>
    public DateTime? Due { get; init; }

    /// <summary>Shown on one's own desk only.</summary>
    public bool Overdue { get; init; }

    /// <summary>Code of the cause where something was not delivered.</summary>
    public string? Cause { get; init; }
}

/// <summary>What a line of the desk stands there for.</summary>
internal static class DeskWhy
{
    /// <summary>Nobody of our office has acknowledged it.</summary>
    public const string Acknowledge = "acknowledge";

    /// <summary>Acknowledged, and an answer is asked for.</summary>
    public const string Answer = "answer";

    /// <summary>An answer is asked for, no acknowledgement, and nobody has given one.</summary>
    public const string AnswerAsked = "answer-asked";

    /// <summary>It came after its conversation was closed, so it asks for nothing; shown as long as what is new.</summary>
    public const string Late = "late";

    /// <summary>It came and asks for nothing; shown until somebody has looked at the conversation for a week.</summary>
    public const string New = "new";

    /// <summary>Ours, and not delivered.</summary>
    public const string NotDelivered = "not-delivered";

    /// <summary>Ours, delivered, not acknowledged yet.</summary>
    public const string NotAcknowledged = "not-acknowledged";

    /// <summary>Ours, acknowledged, not answered yet.</summary>
    public const string NotAnswered = "not-answered";

    /// <summary>Ours, asks for an answer and for no acknowledgement, and has neither.</summary>
    public const string NoAnswerYet = "no-answer-yet";
}
