namespace Comity.Protocol.Messages;

/// <summary>
/// The message itself: part 2 of the sealed content, byte-identical for every recipient. The SHA-256 of its exact
/// octets is the message digest. <c>MessageJson</c> reads and writes it.
/// </summary>
public sealed record Message
{
    /// <summary>Version of the form; 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The id that its author gave it; with the author and the own office the key of idempotency.</summary>
    public required MessageId Id { get; init; }

    /// <summary>128 random bits in base64url (22 characters), so that a digest of a short text cannot be guessed.</summary>
    public required string Nonce { get; init; }

    /// <summary>The conversation that it belongs to.</summary>
    public required ConversationId Conversation { get; init; }

    /// <summary>
    /// What the conversation's id is made of; absent in the message that opens it, whose own author and nonce it is.
    /// Whoever shows it was told of the conversation by somebody who takes part.
    /// </summary>
    public ConversationOpening? Opening { get; init; }

    /// <summary>What it is.</summary>
    public required MessageKind Kind { get; init; }

    /// <summary>The office that says it.</summary>
    public required OfficeName From { get; init; }

    /// <summary>The offices addressed; at least one. Everybody sees everybody, there is no hidden recipient.</summary>
    public required IReadOnlyList<OfficeName> To { get; init; }

    /// <summary>The offices that get it for their knowledge.</summary>
    public IReadOnlyList<OfficeName> Cc { get; init; } = [];

    /// <summary>When it was made, by the author's clock: UTC, milliseconds.</summary>
    public required DateTime Created { get; init; }

    /// <summary>Language of the text (BCP 47).</summary>
    public required string Language { get; init; }

    /// <summary>How far it may be passed on.</summary>
    public required Tlp Tlp { get; init; }

    /// <summary>What may be done with it.</summary>
    public Pap? Pap { get; init; }

    /// <summary>The author's own handling marking, as the author writes it.</summary>
    public string? Handling { get; init; }

    /// <summary>True where everything about it is an exercise; fixed for a conversation.</summary>
    public required bool Exercise { get; init; }

    /// <summary>What record the conversation leaves.</summary>
    public required RecordMode Record { get; init; }

    /// <summary>By when an answer is asked for: UTC. Asked, never imposed.</summary>
    public DateTime? ReplyBy { get; init; }

    /// <summary>The message that it answers.</summary>
    public MessageReference? InReplyTo { get; init; }

    /// <summary>One link per recipient office, in the order of <see cref="To"/> and <see cref="Cc"/>.</summary>
    public required IReadOnlyList<ChainLink> Chain { get; init; }

    /// <summary>How severe, on a scale that is named.</summary>
    public Severity? Severity { get; init; }

    /// <summary>The template that it was written with.</summary>
    public TemplateReference? Template { get; init; }

    /// <summary>What the kind has of its own.</summary>
    public required MessageFields Fields { get; init; }

    /// <summary>What travels with it, each with its digest.</summary>
    public IReadOnlyList<AttachmentReference> Attachments { get; init; } = [];

    /// <summary>Every office that gets it: <see cref="To"/>, then <see cref="Cc"/>.</summary>
    public IEnumerable<OfficeName> Recipients => To.Concat(Cc);

    /// <summary>The opening of its conversation, whether this is the message that opens it or a later one.</summary>
    public ConversationOpening OpenedBy => Opening ?? new ConversationOpening(From, Nonce);
}

/// <summary>What a conversation's id is made of, besides whether it is an exercise.</summary>
/// <param name="Office">The office that opened it.</param>
/// <param name="Nonce">The nonce of the message that did.</param>
public sealed record ConversationOpening(OfficeName Office, string Nonce)
{
    /// <summary>The id.</summary>
    public ConversationId Id(bool exercise) => ConversationId.Of(Office, exercise, Nonce);
}

/// <summary>Another message, by id and by digest, so that nobody can answer something else than was said.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Digest">Its message digest.</param>
public sealed record MessageReference(MessageId Id, Digest Digest);

/// <summary>The place of a message in what its author sent to one office within one conversation.</summary>
/// <param name="Office">The recipient office.</param>
/// <param name="Sequence">1 for the first, then without gaps.</param>
/// <param name="Previous">Message digest of the one before; absent for the first.</param>
public sealed record ChainLink(OfficeName Office, long Sequence, Digest? Previous);

/// <summary>A severity on a named scale.</summary>
/// <param name="Scale">Which scale.</param>
/// <param name="Value">The value on it, as the scale writes it.</param>
public sealed record Severity(string Scale, string Value);

/// <summary>A template of a message.</summary>
/// <param name="Id">Which.</param>
/// <param name="Version">Its version.</param>
public sealed record TemplateReference(string Id, string Version);

/// <summary>Something that travels with a message as a part of its own.</summary>
/// <param name="Name">Its file name: no path, no control characters.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Size">Its size in octets.</param>
/// <param name="Digest">The digest of its octets.</param>
public sealed record AttachmentReference(string Name, string MediaType, long Size, Digest Digest);
