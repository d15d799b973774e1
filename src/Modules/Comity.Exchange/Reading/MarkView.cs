namespace Comity.Exchange.Reading;

/// <summary>How it stands between a message and one recipient.</summary>
/// <param name="Office">The recipient.</param>
/// <param name="Copy">For their knowledge only.</param>
/// <param name="Marks">Independent of one another, in the order of the protocol.</param>
/// <param name="Receipts">The receipts that were given, by anybody.</param>
internal sealed record RecipientView(
    string Office,
    bool Copy,
    IReadOnlyList<MarkView> Marks,
    IReadOnlyList<ReceiptView> Receipts
);

/// <summary>One mark.</summary>
/// <param name="Name">One of <see cref="MarkNames"/>.</param>
/// <param name="Ours">When, by our clock, UTC.</param>
/// <param name="Theirs">When, by their clock, UTC, where they said so.</param>
/// <param name="Cause">Code, where it was not delivered.</param>
/// <param name="AnswerExpectedBy">By when an answer is expected, as the acknowledgement says; UTC.</param>
/// <param name="RightOffice">Where an acknowledgement points to another office.</param>
/// <param name="Message">The message that set it, by the shared id.</param>
internal sealed record MarkView(
    string Name,
    DateTime Ours,
    DateTime? Theirs = null,
    string? Cause = null,
    DateTime? AnswerExpectedBy = null,
    string? RightOffice = null,
    string? Message = null
)
{
    /// <summary>The cause as an English sentence; null where there is none.</summary>
    public string? Why => Cause is { } code ? Words.CauseWords.English(code) : null;
}

/// <summary>Names of the marks, as the protocol has them.</summary>
internal static class MarkNames
{
    public const string Accepted = "accepted";
    public const string HandedOver = "handed-over";
    public const string Stored = "stored";
    public const string Opened = "opened";
    public const string Acknowledged = "acknowledged";
    public const string NotTheRightOffice = "not-the-right-office";
    public const string Answered = "answered";
    public const string Closed = "closed";
    public const string Withdrawn = "withdrawn";
    public const string NotDelivered = "not-delivered";
}

/// <summary>A receipt: signed by a node, digests only.</summary>
/// <param name="Office">The office whose node says it.</param>
/// <param name="Level"><c>stored</c> or <c>opened</c>.</param>
/// <param name="SignedAt">By the clock of the node that gave it, UTC.</param>
/// <param name="At">By our clock, UTC.</param>
/// <param name="NodeKey">The key that signed.</param>
/// <param name="Given">True where we gave it.</param>
internal sealed record ReceiptView(
    string Office,
    string Level,
    DateTime SignedAt,
    DateTime At,
    string NodeKey,
    bool Given
);

/// <summary>What was verified when a message was opened.</summary>
/// <param name="EnvelopeDigest">Of the sealing that came to us.</param>
/// <param name="Signer">Fingerprint of the office key that signed.</param>
/// <param name="SignedAt">When, as the signature says, UTC.</param>
/// <param name="SignerStanding">How that key stood when we opened: <c>usable</c>, <c>expired</c>, <c>revoked</c>.</param>
/// <param name="TextDiffers">The rendering for mail programs says something else; only the message counts.</param>
internal sealed record VerificationView(
    string EnvelopeDigest,
    string Signer,
    DateTime SignedAt,
    string SignerStanding,
    bool TextDiffers
);
