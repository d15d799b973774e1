using System.Security.Cryptography;
using Comity.OpenPgp;
using Comity.Protocol.Signing;

namespace Comity.Protocol.Envelopes;

/// <summary>Seals messages into envelopes and opens envelopes.</summary>
public static class Envelope
{
    /// <summary>What packets, session key and signature add to the content, in octets, generously.</summary>
    private const int Overhead = 16 * 1024;

    /// <summary>
    /// Seals a message for one of its recipients: one sealing and one signature, the sealed To exactly that office.
    /// </summary>
    /// <param name="message">The message; the recipient must be among those that it names.</param>
    /// <param name="sender">The office that it is from.</param>
    /// <param name="recipient">The office that it is sealed for.</param>
    /// <param name="at">The present, UTC.</param>
    /// <exception cref="ArgumentException">The message is from, or to, another office.</exception>
    public static EnvelopeSealing Seal(
        ComposedMessage message,
        SendingOffice sender,
        Correspondent recipient,
        DateTime at
    )
    {
        if (message.Message.From != sender.Office || !message.Message.Recipients.Contains(recipient.Office))
        {
            throw new ArgumentException("The message does not name this sender and this recipient.", nameof(message));
        }

        var signing = sender.Key.Certificate.Standing(KeyUse.Sign, at);
        var encrypting = recipient.Certificate.Standing(KeyUse.Encrypt, at);
        if (signing != KeyStanding.Usable || encrypting != KeyStanding.Usable)
        {
            return new EnvelopeSealing(null, signing, encrypting);
        }

        var headers = new OuterHeaders(
            sender.MailAddress,
            recipient.MailAddress,
            InSeconds(at),
            PgpMime.NewMessageId(sender.MailAddress[(sender.MailAddress.IndexOf('@', StringComparison.Ordinal) + 1)..])
        );
        var statement = SignedDocuments.Sign(message.StatementFor(recipient.Office), sender.Key, at);
        using var content = SealedContent.Write(message, headers, statement.Octets);
        return Seal(content, message.Digest, statement, headers, (sender.Key, recipient.Certificate), at);
    }

    /// <summary>Opens an envelope; every check of the specification passes, or there is no content.</summary>
    public static EnvelopeOpening Open(ReadOnlyMemory<byte> message, OpeningContext context) =>
        new EnvelopeOpener(context).Open(message);

    internal static EnvelopeSealing Seal(
        MemoryStream content,
        Digest messageDigest,
        SignedPayload<DispatchStatement> statement,
        OuterHeaders headers,
        (SecretKey Signer, Certificate Recipient) keys,
        DateTime at
    )
    {
        try
        {
            // Large enough at once: a stream that grows holds the same octets twice.
            using var octets = new MemoryStream((int)content.Length + Overhead);
            var result = Sealing.Seal(content, octets, keys.Signer, keys.Recipient, at);
            if (!result.IsSealed)
            {
                return new EnvelopeSealing(null, result.Signer, result.Recipient);
            }

            var sealedOctets = Written(octets);
            using var mail = new MemoryStream(PgpMime.LengthFor(sealedOctets.Length));
            PgpMime.Wrap(headers, sealedOctets.Span, mail);
            var envelope = new SealedEnvelope(
                Written(mail),
                Digest.Of(sealedOctets.Span),
                messageDigest,
                statement,
                headers
            );
            return new EnvelopeSealing(envelope, result.Signer, result.Recipient);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content.GetBuffer());
        }
    }

    private static ReadOnlyMemory<byte> Written(MemoryStream stream) =>
        stream.GetBuffer().AsMemory(0, (int)stream.Length);

    private static DateTime InSeconds(DateTime at) =>
        new(at.Ticks - (at.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
}
