using Comity.OpenPgp;

namespace Comity.Protocol.Envelopes;

/// <summary>The rule that an envelope broke. Before the sender is verified the outside gets one uniform answer.</summary>
public enum EnvelopeRefusal
{
    /// <summary>Not an Internet message of the form of an envelope.</summary>
    NotAnEnvelope,

    /// <summary>Its outer To is no office of ours.</summary>
    NotOurOffice,

    /// <summary>Its outer From is no office that a followed directory lists with a key.</summary>
    SenderUnknown,

    /// <summary>The sealed octets break a rule of opening.</summary>
    NotOpened,

    /// <summary>The signature names another recipient: somebody sealed it anew to us.</summary>
    SignedForAnotherRecipient,

    /// <summary>The signature names no recipient.</summary>
    IntendedRecipientMissing,

    /// <summary>The right name, and the signature of another key.</summary>
    WrongSigner,

    /// <summary>The signer's key was not usable when it signed.</summary>
    SignerKeyNotUsable,

    /// <summary>The signer's key is revoked as compromised.</summary>
    SignerKeyCompromised,

    /// <summary>The signature is dated more than a day before the message was made: an ended key could date back.</summary>
    SignedLongBefore,

    /// <summary>The signature is dated later than the present and than the message allows.</summary>
    SignedInTheFuture,

    /// <summary>The sealed content is not MIME of the form that it must have.</summary>
    ContentMalformed,

    /// <summary>More parts than allowed.</summary>
    TooManyParts,

    /// <summary>A sealed From, To, Date or Message-ID is missing or doubled.</summary>
    SealedHeadersRefused,

    /// <summary>Sealed and outer From differ.</summary>
    FromDiffers,

    /// <summary>Sealed and outer To differ.</summary>
    ToDiffers,

    /// <summary>Sealed and outer Date differ.</summary>
    DateDiffers,

    /// <summary>Sealed and outer Message-ID differ.</summary>
    MessageIdDiffers,

    /// <summary>No message part.</summary>
    MessageMissing,

    /// <summary>More than one message part.</summary>
    TwoMessageParts,

    /// <summary>The message breaks a rule of its form.</summary>
    MessageRefused,

    /// <summary>The message names another office as its author than the one that signed.</summary>
    AuthorIsNotSigner,

    /// <summary>Our office is not among the recipients that the message names.</summary>
    NotAmongRecipients,

    /// <summary>No dispatch statement.</summary>
    StatementMissing,

    /// <summary>More than one dispatch statement.</summary>
    TwoStatements,

    /// <summary>The dispatch statement cannot be read.</summary>
    StatementMalformed,

    /// <summary>The dispatch statement is not signed by the office key.</summary>
    StatementNotSigned,

    /// <summary>The dispatch statement is dated long before the message, or in the future.</summary>
    StatementTimeDiffers,

    /// <summary>Message and dispatch statement disagree on whether it is an exercise.</summary>
    ExerciseDisagrees,

    /// <summary>Message and dispatch statement disagree on something else.</summary>
    StatementDisagrees,

    /// <summary>An attachment has a name that could do harm.</summary>
    AttachmentNameHostile,

    /// <summary>A part that the message does not name.</summary>
    AttachmentNotNamed,

    /// <summary>The message names an attachment that is not there.</summary>
    AttachmentMissing,

    /// <summary>An attachment's octets or media type are not those that the message names.</summary>
    AttachmentChanged,
}

/// <summary>Why an envelope was refused; for the local log, and for an error to a verified sender.</summary>
/// <param name="Refusal">The rule.</param>
public sealed record EnvelopeFailure(EnvelopeRefusal Refusal)
{
    /// <summary>More on <see cref="EnvelopeRefusal.NotAnEnvelope"/>.</summary>
    public PgpMimeRefusal? Wrapping { get; init; }

    /// <summary>More on what concerns the sealed octets.</summary>
    public OpeningRefusal? Opening { get; init; }

    /// <summary>More on <see cref="EnvelopeRefusal.MessageRefused"/> and <see cref="EnvelopeRefusal.StatementMalformed"/>.</summary>
    public Malformation? Fault { get; init; }

    /// <summary>Envelope digest, where it could be computed.</summary>
    public Digest? EnvelopeDigest { get; init; }

    /// <summary>The sender, where its signature over the content holds: only then may an error go out.</summary>
    public OfficeName? VerifiedSender { get; init; }

    /// <summary>Our office, where the envelope is to one.</summary>
    public OfficeName? Recipient { get; init; }

    /// <summary>The code of the rule in the protocol's spelling (<c>wrong-signer</c>).</summary>
    public string Code =>
        string.Concat(
            Refusal
                .ToString()
                .Select((c, i) => char.IsAsciiLetterUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c + "")
        );
}
