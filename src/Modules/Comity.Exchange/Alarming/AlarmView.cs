using Comity.Exchange.Data;

namespace Comity.Exchange.Alarming;

/// <summary>Something that a person must see although no message carries it.</summary>
/// <param name="Id">Row.</param>
/// <param name="Home">Our office.</param>
/// <param name="Code">What happened, as a code.</param>
/// <param name="At">The first time, UTC.</param>
/// <param name="Other">The other office.</param>
/// <param name="Message">The last message that it was about, by the shared id, where that is known.</param>
/// <param name="EnvelopeDigest">The last envelope, where that is known.</param>
/// <param name="Told">True where the other side's node said it; false where this one found it.</param>
/// <param name="Latest">The last time, UTC.</param>
/// <param name="Count">How many messages or envelopes it was about.</param>
internal sealed record AlarmView(
    Guid Id,
    string Home,
    string Code,
    DateTime At,
    string? Other,
    string? Message,
    string? EnvelopeDigest,
    bool Told,
    DateTime Latest,
    int Count
)
{
    /// <summary>What it says, in English: where somebody asked for it.</summary>
    public string? Sentence { get; init; }

    /// <summary>What is to be done about it at the command line; null where nothing is.</summary>
    public string? Command { get; init; }

    public static AlarmView Of(Alarm alarm) =>
        new(
            alarm.Id,
            alarm.Home.Value,
            alarm.Code,
            alarm.At,
            alarm.Other.Value,
            alarm.MessageId?.ToString(),
            alarm.EnvelopeDigest?.Value,
            alarm.Told,
            alarm.Latest,
            alarm.Count
        );
}
