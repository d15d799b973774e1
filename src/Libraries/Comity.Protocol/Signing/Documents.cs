using Comity.Protocol.Messages;

namespace Comity.Protocol.Signing;

/// <summary>
/// What an office's key signs about each dispatch of a message to one office (<c>comity/dispatch-statement+v1</c>).
/// With it the author can be shown later without showing the content.
/// </summary>
public sealed record DispatchStatement
{
    /// <summary>Id of the message.</summary>
    public required MessageId Message { get; init; }

    /// <summary>Its message digest.</summary>
    public required Digest MessageDigest { get; init; }

    /// <summary>The office that says it.</summary>
    public required OfficeName From { get; init; }

    /// <summary>The one office that this sealing is for.</summary>
    public required OfficeName To { get; init; }

    /// <summary>The conversation.</summary>
    public required ConversationId Conversation { get; init; }

    /// <summary>What the message is.</summary>
    public required MessageKind Kind { get; init; }

    /// <summary>For an acknowledgement: what the person said, so that it can be shown without the content.</summary>
    public AcknowledgementForm? Form { get; init; }

    /// <summary>Whether it is an exercise.</summary>
    public required bool Exercise { get; init; }

    /// <summary>The record that the conversation leaves.</summary>
    public required RecordMode Record { get; init; }

    /// <summary>When the message was made; UTC, milliseconds.</summary>
    public required DateTime Created { get; init; }

    /// <summary>The message that it answers.</summary>
    public MessageReference? InReplyTo { get; init; }

    /// <summary>Its place in what the author sent to that office.</summary>
    public required ChainLink Chain { get; init; }

    /// <summary>Salt of the log entry (base64url, 32 octets); absent unless the record is <c>logged</c>.</summary>
    public string? Salt { get; init; }

    /// <summary>A recent witnessed checkpoint (a signed note); absent unless the record is <c>logged</c>.</summary>
    public string? Checkpoint { get; init; }
}

/// <summary>
/// What a node signs about octets that it took (<c>comity/receipt+v1</c>). Receipt only: no agreement with the content
/// and no position on facts or origin. The exact octets are kept and repeated for a duplicate.
/// </summary>
public sealed record Receipt
{
    /// <summary>What it says.</summary>
    public required ReceiptLevel Level { get; init; }

    /// <summary>The office whose node says it.</summary>
    public required OfficeName Office { get; init; }

    /// <summary>The office that sent; absent where the envelope was not opened.</summary>
    public OfficeName? From { get; init; }

    /// <summary>Id of the message; absent where the envelope was not opened.</summary>
    public MessageId? Message { get; init; }

    /// <summary>Message digest; absent where the envelope was not opened.</summary>
    public Digest? MessageDigest { get; init; }

    /// <summary>Envelope digest: the SHA-256 of the dearmored OpenPGP octets.</summary>
    public required Digest EnvelopeDigest { get; init; }

    /// <summary>Whether it is an exercise; absent where the envelope was not opened.</summary>
    public bool? Exercise { get; init; }

    /// <summary>When, by the receiving node's clock; UTC, milliseconds.</summary>
    public required DateTime At { get; init; }

    /// <summary>Leaf hash in the receiving node's log; absent unless the record is <c>logged</c>.</summary>
    public Digest? Leaf { get; init; }

    /// <summary>The recipient's salt of that leaf (base64url, 32 octets).</summary>
    public string? Salt { get; init; }
}

/// <summary>
/// What a node signs about a message that it refused (<c>comity/error+v1</c>): to a verified sender only, once per
/// message, never in answer to an error or a receipt.
/// </summary>
public sealed record ErrorNotice
{
    /// <summary>Why, as a code (<c>replay-with-other-content</c>).</summary>
    public required string Code { get; init; }

    /// <summary>The office whose node says it.</summary>
    public required OfficeName Office { get; init; }

    /// <summary>The office that sent.</summary>
    public required OfficeName To { get; init; }

    /// <summary>Id of the message.</summary>
    public MessageId? Message { get; init; }

    /// <summary>Message digest.</summary>
    public Digest? MessageDigest { get; init; }

    /// <summary>Envelope digest; absent where nothing could be sealed yet, because a key is missing or not usable.</summary>
    public Digest? EnvelopeDigest { get; init; }

    /// <summary>When, by the refusing node's clock; UTC, milliseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>
/// A node that lost what came after some time asks another one for it (<c>comity/resend-request+v1</c>): to send again
/// what its participant sent, and to give back what it received. It names no message, for the one who asks knows none.
/// </summary>
public sealed record ResendRequest
{
    /// <summary>Who asks.</summary>
    public required ParticipantCode By { get; init; }

    /// <summary>Who is asked.</summary>
    public required ParticipantCode Of { get; init; }

    /// <summary>From when on; UTC, milliseconds.</summary>
    public required DateTime Since { get; init; }

    /// <summary>When it asks, by its own clock; UTC, milliseconds.</summary>
    public required DateTime At { get; init; }
}
