using System.Diagnostics.CodeAnalysis;
using Comity.OpenPgp;
using Comity.Protocol.Messages;
using Comity.Protocol.Signing;

namespace Comity.Protocol.Envelopes;

/// <summary>How a message's time of making looks by our clock.</summary>
public enum EnvelopeTiming
{
    /// <summary>As it should.</summary>
    InTime,

    /// <summary>More than ten minutes ahead: to be parked, and the peer warned.</summary>
    Ahead,

    /// <summary>More than thirty days old: to be taken in by hand only.</summary>
    Old,
}

/// <summary>An envelope all of whose checks passed.</summary>
public sealed record OpenedEnvelope
{
    /// <summary>The message.</summary>
    public required Message Message { get; init; }

    /// <summary>The exact octets of part 2.</summary>
    public required ReadOnlyMemory<byte> MessageOctets { get; init; }

    /// <summary>SHA-256 of part 2.</summary>
    public required Digest MessageDigest { get; init; }

    /// <summary>SHA-256 of the dearmored OpenPGP octets.</summary>
    public required Digest EnvelopeDigest { get; init; }

    /// <summary>The dispatch statement; its signature is the sender's office key's.</summary>
    public required SignedPayload<DispatchStatement> Statement { get; init; }

    /// <summary>Our office that it is for.</summary>
    public required OfficeName Recipient { get; init; }

    /// <summary>The attachments, in the order of part 2.</summary>
    public required IReadOnlyList<ReceivedAttachment> Attachments { get; init; }

    /// <summary>When its signer says that it was signed; UTC.</summary>
    public required DateTime SignedAt { get; init; }

    /// <summary>Primary fingerprint of the certificate that signed.</summary>
    public required string SignerFingerprint { get; init; }

    /// <summary>How the key that signed stands now; it may have expired since, which is shown.</summary>
    public required KeyStanding SignerStandingNow { get; init; }

    /// <summary>Whether part 1 says something else than our own rendering of part 2; never shown, only flagged.</summary>
    public required bool Part1Differs { get; init; }

    /// <summary>Whether Date differs between outside and inside (mail only).</summary>
    public required bool DateDiffers { get; init; }

    /// <summary>Whether Message-ID differs between outside and inside (mail only).</summary>
    public required bool MessageIdDiffers { get; init; }

    /// <summary>Whether the signature names its recipient; always on HTTPS.</summary>
    public required bool NamesRecipient { get; init; }

    /// <summary>How its time of making looks.</summary>
    public required EnvelopeTiming Timing { get; init; }
}

/// <summary>An opened envelope, or why there is none.</summary>
/// <param name="Envelope">What was opened.</param>
/// <param name="Failure">Why not.</param>
public sealed record EnvelopeOpening(OpenedEnvelope? Envelope, EnvelopeFailure? Failure)
{
    /// <summary>Whether it was opened.</summary>
    [MemberNotNullWhen(true, nameof(Envelope))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsOpened => Envelope is not null;
}

/// <summary>A sealed envelope, ready to travel; the same octets go over every transport and again on a repeat.</summary>
/// <param name="Octets">The Internet message.</param>
/// <param name="EnvelopeDigest">SHA-256 of the OpenPGP octets in it.</param>
/// <param name="MessageDigest">SHA-256 of part 2.</param>
/// <param name="Statement">The dispatch statement in it.</param>
/// <param name="Headers">Its outer headers.</param>
public sealed record SealedEnvelope(
    ReadOnlyMemory<byte> Octets,
    Digest EnvelopeDigest,
    Digest MessageDigest,
    SignedPayload<DispatchStatement> Statement,
    OuterHeaders Headers
);

/// <summary>A sealed envelope, or which key stands in the way. There is never a fall-back to clear text.</summary>
/// <param name="Envelope">The envelope.</param>
/// <param name="Signer">How the sender's signing key stands.</param>
/// <param name="Recipient">How the recipient's encryption key stands.</param>
public sealed record EnvelopeSealing(SealedEnvelope? Envelope, KeyStanding Signer, KeyStanding Recipient)
{
    /// <summary>Whether it was sealed.</summary>
    [MemberNotNullWhen(true, nameof(Envelope))]
    public bool IsSealed => Envelope is not null;
}

/// <summary>What an envelope is opened with.</summary>
public sealed record OpeningContext
{
    /// <summary>Our offices.</summary>
    public required IReadOnlyList<ReceivingOffice> Own { get; init; }

    /// <summary>
    /// The offices with that mail address in the followed directories, with their certificates. Anybody can write any
    /// address into its own entry, so there may be several; the signature and the author that it names say which it is.
    /// </summary>
    public required Func<string, IReadOnlyList<Correspondent>> SendersAt { get; init; }

    /// <summary>By which way it came.</summary>
    public required EnvelopeTransport Transport { get; init; }

    /// <summary>The present, UTC.</summary>
    public required DateTime Now { get; init; }

    /// <summary>Bounds.</summary>
    public OpeningLimits Limits { get; init; } = OpeningLimits.Default;
}
