using System.Text.Json;
using System.Text.Json.Serialization;
using Comity.Protocol.Messages;

namespace Comity.Exchange.Reading;

/// <summary>One conversation in a list.</summary>
/// <param name="Id">Row: <c>/exchange/{id}</c>.</param>
/// <param name="Conversation">The id that all sides share.</param>
/// <param name="Home">Our office.</param>
/// <param name="Others">The other offices.</param>
/// <param name="Kind">Kind of the first message.</param>
/// <param name="Title">The first words of the content.</param>
/// <param name="Tlp">The strictest label in it.</param>
/// <param name="Exercise">An exercise, and nothing else.</param>
/// <param name="State">What it waits for, one of <see cref="DeskWhy"/>; <c>closed</c>, or <c>quiet</c> where nothing waits.</param>
/// <param name="Due">By when, UTC.</param>
/// <param name="Messages">How many messages.</param>
/// <param name="Opened">By our clock, UTC.</param>
/// <param name="Latest">By our clock, UTC.</param>
internal sealed record ConversationLine(
    Guid Id,
    string Conversation,
    string Home,
    IReadOnlyList<string> Others,
    string Kind,
    string Title,
    string Tlp,
    bool Exercise,
    string State,
    DateTime? Due,
    int Messages,
    DateTime Opened,
    DateTime Latest
)
{
    /// <summary>The state in English words.</summary>
    public string StateWords => Words.DeskWords.Table.GetValueOrDefault(State, State);
}

/// <summary>A conversation as one of our offices has it.</summary>
internal sealed record ConversationView
{
    public required Guid Id { get; init; }

    /// <summary>The id that all sides share.</summary>
    public required string Conversation { get; init; }

    public required string Home { get; init; }

    public required IReadOnlyList<string> Others { get; init; }

    /// <summary>The office that opened it, as its id says.</summary>
    public required string Opener { get; init; }

    /// <summary>Whether the message that opened it is here; until then the opener is what others said.</summary>
    public required bool HasOpening { get; init; }

    /// <summary>What the message is that opened it, or the earliest that is here; null where there is none.</summary>
    public required string? Kind { get; init; }

    /// <summary>The first words of what it is about.</summary>
    public required string Title { get; init; }

    /// <summary>Language of these words.</summary>
    public required string? Language { get; init; }

    public required bool Exercise { get; init; }

    /// <summary><c>between-us</c> or <c>logged</c>.</summary>
    public required string Record { get; init; }

    public required DateTime Opened { get; init; }

    public required DateTime Latest { get; init; }

    /// <summary>In the order of the conversation.</summary>
    public required IReadOnlyList<MessageView> Messages { get; init; }

    /// <summary>Messages that must exist and have not come.</summary>
    public required IReadOnlyList<GapView> Gaps { get; init; }

    /// <summary>Places where a chain contradicts itself: somebody was told something else.</summary>
    public required IReadOnlyList<GapView> Forks { get; init; }

    /// <summary>Whether its owner closed it.</summary>
    public required bool Closed { get; init; }

    /// <summary>Kinds that our office may send next.</summary>
    public required IReadOnlyList<string> Next { get; init; }

    /// <summary>The instant for which it was made, UTC.</summary>
    public required DateTime Now { get; init; }
}

/// <summary>A message with its marks and what was verified.</summary>
internal sealed record MessageView
{
    /// <summary>Row.</summary>
    public required Guid Id { get; init; }

    public required Guid Conversation { get; init; }

    /// <summary>The id that all sides share.</summary>
    public required string Message { get; init; }

    public required string Digest { get; init; }

    public required string Kind { get; init; }

    public required string From { get; init; }

    public required IReadOnlyList<string> To { get; init; }

    public required IReadOnlyList<string> Cc { get; init; }

    /// <summary>True where our office is the author.</summary>
    public required bool Sent { get; init; }

    /// <summary>The person of our office who had it sent; null where it is not ours, or the operator did.</summary>
    public Guid? By { get; init; }

    /// <summary>By its author's clock, UTC.</summary>
    public required DateTime Created { get; init; }

    /// <summary>By our clock, UTC.</summary>
    public required DateTime At { get; init; }

    public required string Language { get; init; }

    public required string Tlp { get; init; }

    public string? Pap { get; init; }

    public string? Handling { get; init; }

    public required bool Exercise { get; init; }

    public DateTime? ReplyBy { get; init; }

    /// <summary>The message that it answers, by the shared id.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>Its digest, which only that message has.</summary>
    public string? InReplyToDigest { get; init; }

    /// <summary>What the kind has of its own, as the protocol writes it.</summary>
    public required JsonElement Fields { get; init; }

    /// <summary>The same as read, for the pages.</summary>
    [JsonIgnore]
    public MessageFields Said { get; init; } = new TextFields("");

    public required IReadOnlyList<AttachmentView> Attachments { get; init; }

    /// <summary>One for each recipient.</summary>
    public required IReadOnlyList<RecipientView> Recipients { get; init; }

    /// <summary>Ids of the fixed statements that it carries.</summary>
    public required IReadOnlyList<string> Statements { get; init; }

    /// <summary>Null where it is ours.</summary>
    public VerificationView? Verification { get; init; }

    /// <summary>True while the message that it answers has not come.</summary>
    public bool Waiting { get; init; }

    /// <summary>That it has not come for so long that it is not waited for; what came is shown with the same marks.</summary>
    public bool NeverCame { get; init; }

    /// <summary>Neither our office nor the one that opened the conversation named its author.</summary>
    public bool Unnamed { get; init; }

    /// <summary>Why it is shown and changes nothing, as a code; null where it counts.</summary>
    public string? NoEffect { get; init; }

    /// <summary>The same as an English sentence.</summary>
    public string? Why => NoEffect is { } code ? Words.MarkWords.NoEffect.GetValueOrDefault(code, code) : null;

    /// <summary>Whether its author withdrew it; it stays with those who have it.</summary>
    public bool Withdrawn { get; init; }

    /// <summary>Kinds that our office may send in reference to it.</summary>
    public IReadOnlyList<string> Next { get; init; } = [];

    /// <summary>Whether a person of our office may acknowledge it now.</summary>
    public bool MayAcknowledge => Next.Contains("acknowledgement");

    /// <summary>Its digest as people compare it.</summary>
    public string DigestInGroups => Comity.Protocol.Digest.Parse(Digest).InGroups();
}

/// <summary>Something that travels with a message: <c>/exchange/messages/{id}/attachments/{number}</c>.</summary>
internal sealed record AttachmentView(int Number, string Name, string MediaType, long Size, string Digest);

/// <summary>A place in the chain of what one office sent to another.</summary>
internal sealed record GapView(string From, string To, long Sequence)
{
    /// <summary>That their node was asked for it; null where it was not yet, or where it is our own.</summary>
    public GapAskedView? Asked { get; init; }
}

/// <summary>How often another node was asked for what is missing.</summary>
/// <param name="Times">How often.</param>
/// <param name="Latest">When last, UTC.</param>
/// <param name="Taken">When it took that request, UTC; null where it has not.</param>
internal sealed record GapAskedView(int Times, DateTime Latest, DateTime? Taken);
