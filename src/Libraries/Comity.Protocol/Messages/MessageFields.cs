namespace Comity.Protocol.Messages;

/// <summary>What a kind of message has of its own (<c>fields</c>).</summary>
public abstract record MessageFields;

/// <summary>The fields of kinds that only say something: update, information, clarification, withdrawal, closure.</summary>
/// <param name="Text">What is said, in the message's language.</param>
public sealed record TextFields(string Text) : MessageFields;

/// <summary>
/// The fields of a message given back: what its author wrote and signed, octet for octet. Its attachments travel as
/// those of the message that gives it back.
/// </summary>
/// <param name="Octets">The exact octets of part 2 as the author wrote it.</param>
/// <param name="Statement">The exact octets of the dispatch statement that the author's office signed for us.</param>
public sealed record GivenBackFields(ReadOnlyMemory<byte> Octets, ReadOnlyMemory<byte> Statement) : MessageFields
{
    /// <summary>Octets of a message that can be given back; a larger one would not fit into another.</summary>
    public const int MostOctets = 700 * 1024;

    /// <summary>Octets of a statement.</summary>
    public const int MostStatement = 48 * 1024;
}

/// <summary>The fields of an acknowledgement. Receipt only: no agreement and no position on facts or origin.</summary>
/// <param name="Form">What the person said.</param>
/// <param name="AnswerExpectedBy">By when the person expects to answer; UTC.</param>
/// <param name="RightOffice">The office to go to instead, where this is not the right one.</param>
/// <param name="Text">A line of the person's own.</param>
public sealed record AcknowledgementFields(
    AcknowledgementForm Form,
    DateTime? AnswerExpectedBy = null,
    OfficeName? RightOffice = null,
    string? Text = null
) : MessageFields;

/// <summary>What an acknowledgement says.</summary>
public enum AcknowledgementForm
{
    /// <summary><c>acknowledged</c>: a person has it.</summary>
    Acknowledged,

    /// <summary><c>not-the-right-office</c>: a person has it, and it belongs elsewhere.</summary>
    NotTheRightOffice,
}

/// <summary>The fields of a request for clarification.</summary>
/// <param name="Priority">How soon an answer is hoped for.</param>
/// <param name="Questions">What is asked, question by question; at least one.</param>
/// <param name="Text">What led to the questions, where that helps.</param>
public sealed record ClarificationRequestFields(Priority Priority, IReadOnlyList<string> Questions, string? Text = null)
    : MessageFields;

/// <summary>The fields of a request for consultation (A/75/816, annex I, paragraph 35).</summary>
/// <param name="Text">On what, and how, consultations are proposed.</param>
/// <param name="Arrangement">
/// The regional agency or arrangement, or other peaceful means of the parties' own choice, that the asker has in mind.
/// </param>
public sealed record ConsultationRequestFields(string Text, string? Arrangement = null) : MessageFields;

/// <summary>How the matter relates to the State addressed; never a statement on responsibility.</summary>
public enum Relation
{
    /// <summary>
    /// <c>involves-your-territory</c>: appears to originate from or involve the territory addressed. Said to one
    /// participant alone, so that no third one reads in it whose territory is meant.
    /// </summary>
    InvolvesYourTerritory,

    /// <summary><c>may-affect-you</c>: may affect the State addressed.</summary>
    MayAffectYou,

    /// <summary><c>for-information</c>: for information.</summary>
    ForInformation,
}

/// <summary>Yes, no, or not known.</summary>
public enum Answer
{
    /// <summary><c>unknown</c>.</summary>
    Unknown,

    /// <summary><c>yes</c>.</summary>
    Yes,

    /// <summary><c>no</c>.</summary>
    No,
}

/// <summary>One thing by which the activity can be recognised.</summary>
/// <param name="Type">What it is (<c>ipv4-addr</c>, <c>domain-name</c>, <c>stix-pattern</c>, …).</param>
/// <param name="Value">The value as seen; empty where only a pattern says it.</param>
/// <param name="Pattern">A STIX pattern, where there is one.</param>
/// <param name="FirstSeen">When first seen; UTC.</param>
/// <param name="Note">A remark.</param>
public sealed record Indicator(
    string Type,
    string Value,
    string? Pattern = null,
    DateTime? FirstSeen = null,
    string? Note = null
);

/// <summary>A hash of a file.</summary>
/// <param name="Algorithm">Its algorithm (<c>SHA-256</c>).</param>
/// <param name="Value">Its digits.</param>
/// <param name="Note">A remark.</param>
public sealed record FileHash(string Algorithm, string Value, string? Note = null);

/// <summary>The fields of a notification. There is no field for a responsible State, and none may be added.</summary>
public sealed record NotificationFields : MessageFields
{
    /// <summary>How the matter relates to the State addressed.</summary>
    public required Relation Relation { get; init; }

    /// <summary>What was seen, in the message's language.</summary>
    public required string Seen { get; init; }

    /// <summary>Since when; UTC.</summary>
    public DateTime? SeenFrom { get; init; }

    /// <summary>Until when; UTC.</summary>
    public DateTime? SeenUntil { get; init; }

    /// <summary>By what it can be recognised.</summary>
    public IReadOnlyList<Indicator> Indicators { get; init; } = [];

    /// <summary>Where the computers used stand, as far as known.</summary>
    public string? LocationOfComputers { get; init; }

    /// <summary>Malware seen.</summary>
    public IReadOnlyList<string> Malware { get; init; } = [];

    /// <summary>Hashes of files.</summary>
    public IReadOnlyList<FileHash> Hashes { get; init; } = [];

    /// <summary>Sectors affected.</summary>
    public IReadOnlyList<string> Sectors { get; init; } = [];

    /// <summary>Whether critical infrastructure is affected.</summary>
    public Answer CriticalInfrastructure { get; init; }

    /// <summary>What is asked, line by line.</summary>
    public IReadOnlyList<string> Asked { get; init; } = [];

    /// <summary>True where the author states that it notifies in good faith.</summary>
    public bool GoodFaith { get; init; }
}
