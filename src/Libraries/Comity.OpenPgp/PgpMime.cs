namespace Comity.OpenPgp;

/// <summary>The outer headers of an envelope (RFC 5322); they say nothing but who, to whom and when.</summary>
/// <param name="From">The address of the sending office.</param>
/// <param name="To">The address of the receiving office.</param>
/// <param name="Date">UTC, whole seconds.</param>
/// <param name="MessageId">Random, without angle brackets.</param>
public sealed record OuterHeaders(string From, string To, DateTime Date, string MessageId);

/// <summary>Why an Internet message is not an envelope.</summary>
public enum PgpMimeRefusal
{
    /// <summary>Larger than allowed.</summary>
    TooLarge,

    /// <summary>Too many header lines, too long lines or too many parts.</summary>
    OutOfBounds,

    /// <summary>Not an Internet message.</summary>
    Malformed,

    /// <summary>From, To, Date or Message-ID is missing, doubled or not of the form that an envelope has.</summary>
    HeadersRefused,

    /// <summary>Not multipart/encrypted with the OpenPGP protocol (RFC 3156, 4).</summary>
    NotEncrypted,

    /// <summary>Not exactly two parts.</summary>
    NotTwoParts,

    /// <summary>The first part is not "Version: 1" of type application/pgp-encrypted.</summary>
    FirstPartRefused,

    /// <summary>The second part is not application/octet-stream, 7 bit.</summary>
    SecondPartRefused,

    /// <summary>The armour is damaged, of another kind, or something stands around it.</summary>
    ArmorRefused,
}

/// <summary>An envelope taken apart, or the reason why not.</summary>
/// <param name="Headers">The outer headers.</param>
/// <param name="Octets">The OpenPGP message without its armour; their SHA-256 is the envelope digest.</param>
/// <param name="Refusal">Why there is none.</param>
public sealed record PgpMimeReading(OuterHeaders? Headers, ReadOnlyMemory<byte> Octets, PgpMimeRefusal? Refusal);

/// <summary>OpenPGP/MIME (RFC 3156): the form in which a sealed message travels.</summary>
public static class PgpMime
{
    /// <summary>A random Message-ID, without angle brackets.</summary>
    /// <param name="domain">What stands behind the at sign: the domain of the sender's address.</param>
    public static string NewMessageId(string domain) => "";

    /// <summary>Writes the envelope.</summary>
    public static void Wrap(OuterHeaders headers, ReadOnlySpan<byte> octets, Stream output) =>
        throw new NotSupportedException();

    /// <summary>Takes an envelope apart.</summary>
    /// <param name="message">The Internet message.</param>
    /// <param name="limits">Bounds; the message may be as large as the encoded octets are in armour.</param>
    public static PgpMimeReading Unwrap(ReadOnlyMemory<byte> message, OpeningLimits limits) =>
        throw new NotSupportedException();
}
