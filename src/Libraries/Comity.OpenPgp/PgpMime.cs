using System.Security.Cryptography;
using Comity.OpenPgp.Mail;
using MimeKit;

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

/// <summary>OpenPGP/MIME (RFC 3156, 4): the form in which a sealed message travels.</summary>
public static class PgpMime
{
    /// <summary>The one subject that every envelope has.</summary>
    public const string Subject = "...";

    /// <summary>A random Message-ID, without angle brackets.</summary>
    /// <param name="domain">What stands behind the at sign: the domain of the sender's address.</param>
    public static string NewMessageId(string domain) =>
        $"{RandomNumberGenerator.GetHexString(32, lowercase: true)}@{domain}";

    /// <summary>How long an envelope becomes at most, in octets, with addresses of usual length.</summary>
    /// <param name="octets">Length of the OpenPGP message, not armoured.</param>
    public static int LengthFor(int octets) => octets / 3 * 4 + octets / 20 + 4096;

    /// <summary>Writes the envelope.</summary>
    /// <param name="headers">The outer headers.</param>
    /// <param name="octets">The OpenPGP message, not armoured.</param>
    /// <param name="output">Gets the Internet message, lines ending in CRLF; stays open.</param>
    public static void Wrap(OuterHeaders headers, ReadOnlySpan<byte> octets, Stream output)
    {
        using var version = new MemoryStream("Version: 1\r\n"u8.ToArray());
        using var armor = new MemoryStream(LengthFor(octets.Length));
        Armor.Write(ArmorKind.Message, octets, "\r\n", armor);
        armor.Position = 0;
        using var message = new MimeMessage();
        message.Headers.Clear();
        message.From.Add(new MailboxAddress("", headers.From));
        message.To.Add(new MailboxAddress("", headers.To));
        message.Date = new DateTimeOffset(headers.Date, TimeSpan.Zero);
        message.MessageId = headers.MessageId;
        message.Subject = Subject;
        var body = new Multipart("encrypted") { Part("pgp-encrypted", version), Part("octet-stream", armor) };
        body.ContentType.Parameters.Add("protocol", "application/pgp-encrypted");
        message.Body = body;
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        message.WriteTo(format, output);
    }

    /// <summary>Takes an envelope apart.</summary>
    /// <param name="message">The Internet message.</param>
    /// <param name="limits">The OpenPGP message may be as large as <see cref="OpeningLimits.EncodedBytes"/> says.</param>
    /// <returns>The outer headers and the octets to open, or why it is refused.</returns>
    public static PgpMimeReading Unwrap(ReadOnlyMemory<byte> message, OpeningLimits limits) =>
        PgpMimeReader.Read(message.Span, limits, out var headers, out var octets) is { } refusal
            ? new PgpMimeReading(null, default, refusal)
            : new PgpMimeReading(headers, octets, null);

    private static MimePart Part(string subtype, Stream content) =>
        new("application", subtype)
        {
            Content = new MimeContent(content),
            ContentTransferEncoding = ContentEncoding.SevenBit,
        };
}
