using Comity.OpenPgp;
using Comity.Protocol.Messages;
using Comity.Protocol.Signing;

namespace Comity.Protocol.Envelopes;

/// <summary>Opens one envelope, check after check, outside in.</summary>
internal sealed class EnvelopeOpener(OpeningContext context)
{
    private static readonly TimeSpan Old = TimeSpan.FromDays(30);

    private Digest? envelopeDigest;
    private ReceivingOffice? own;
    private OfficeName? verified;

    public EnvelopeOpening Open(ReadOnlyMemory<byte> mail)
    {
        var wrapped = PgpMime.Unwrap(mail, context.Limits);
        if (wrapped.Headers is not { } headers)
        {
            return Refuse(new EnvelopeFailure(EnvelopeRefusal.NotAnEnvelope) { Wrapping = wrapped.Refusal });
        }

        envelopeDigest = Digest.Of(wrapped.Octets.Span);
        own = context.Own.FirstOrDefault(office => SameAddress(office.MailAddress, headers.To));
        if (own is null)
        {
            return Refuse(EnvelopeRefusal.NotOurOffice);
        }

        var senders = context.SendersAt(headers.From).Where(s => SameAddress(s.MailAddress, headers.From)).ToList();
        return senders.Count == 0
            ? Refuse(EnvelopeRefusal.SenderUnknown)
            : Open(wrapped.Octets.ToArray(), headers, senders);
    }

    // The first one whose key signed and whom the message names as its author. Where there is none, the refusal that
    // says most counts: that another key signed says least.
    private EnvelopeOpening Open(byte[] octets, OuterHeaders headers, List<Correspondent> senders)
    {
        EnvelopeOpening? most = null;
        Opened? opened = null;
        try
        {
            foreach (var sender in senders)
            {
                if (opened is null)
                {
                    using var stream = new MemoryStream(octets, writable: false);
                    var result = Opening.Open(stream, own!.Keys, context.Limits);
                    opened = result.Opened;
                    if (opened is null)
                    {
                        return Refuse(result.Refusal);
                    }
                }

                var verifying = opened.Verify(sender.Certificate, context.Now);
                if (verifying.Content is not { } content)
                {
                    most = More(most, Refuse(verifying.Refusal));
                    continue;
                }

                opened.Dispose();
                opened = null;
                using (content)
                {
                    verified = sender.Office;
                    var opening = Open(content, headers, sender);
                    if (opening.Failure?.Refusal != EnvelopeRefusal.AuthorIsNotSigner)
                    {
                        return opening;
                    }

                    most = More(most, opening);
                    verified = null;
                }
            }

            return most!;
        }
        finally
        {
            opened?.Dispose();
        }
    }

    private static EnvelopeOpening More(EnvelopeOpening? one, EnvelopeOpening other) =>
        one?.Failure is null || one.Failure.Refusal == EnvelopeRefusal.WrongSigner ? other : one;

    private EnvelopeOpening Open(VerifiedContent content, OuterHeaders headers, Correspondent sender)
    {
        if (content.IntendedRecipient == IntendedRecipient.Absent && context.Transport == EnvelopeTransport.Https)
        {
            return Refuse(EnvelopeRefusal.IntendedRecipientMissing);
        }

        var (parts, refusal) = SealedContentReading.Read(content.Octets, headers, context.Transport);
        if (parts is null)
        {
            return Refuse(refusal!.Value);
        }

        var reading = MessageJson.Read(parts.Message);
        if (!reading.IsGood)
        {
            return Refuse(new EnvelopeFailure(EnvelopeRefusal.MessageRefused) { Fault = reading.Fault });
        }

        var message = reading.Value;
        if (message.From != sender.Office)
        {
            return Refuse(EnvelopeRefusal.AuthorIsNotSigner);
        }

        if (!message.Recipients.Contains(own!.Office))
        {
            return Refuse(EnvelopeRefusal.NotAmongRecipients);
        }

        if (ContentChecks.Time(content.SignedAt, message, context.Now) is { } time)
        {
            return Refuse(time);
        }

        var statement = SignedDocuments.ReadStatement(parts.Statement);
        if (!statement.IsGood)
        {
            return Refuse(new EnvelopeFailure(EnvelopeRefusal.StatementMalformed) { Fault = statement.Fault });
        }

        var digest = Digest.Of(parts.Message);
        if (CheckStatement(statement.Value, message, digest, sender.Certificate) is { } disagreement)
        {
            return Refuse(disagreement);
        }

        if (ContentChecks.Attachments(message, parts) is { } attachment)
        {
            return Refuse(attachment);
        }

        return new EnvelopeOpening(Result(content, parts, message, digest, statement.Value), null);
    }

    private EnvelopeRefusal? CheckStatement(
        SignedPayload<DispatchStatement> statement,
        Message message,
        Digest digest,
        Certificate sender
    )
    {
        if (statement.Document.Verify(sender) is not { IsGood: true } signed)
        {
            return EnvelopeRefusal.StatementNotSigned;
        }

        if (ContentChecks.Time(signed.SignedAt, message, context.Now) is not null)
        {
            return EnvelopeRefusal.StatementTimeDiffers;
        }

        if (statement.Value.Exercise != message.Exercise)
        {
            return EnvelopeRefusal.ExerciseDisagrees;
        }

        return ComposedMessage.Says(statement.Value, message, digest, own!.Office)
            ? null
            : EnvelopeRefusal.StatementDisagrees;
    }

    private OpenedEnvelope Result(
        VerifiedContent content,
        SealedParts parts,
        Message message,
        Digest digest,
        SignedPayload<DispatchStatement> statement
    ) =>
        new()
        {
            Message = message,
            MessageOctets = parts.Message,
            MessageDigest = digest,
            EnvelopeDigest = envelopeDigest!.Value,
            Statement = statement,
            Recipient = own!.Office,
            Attachments =
            [
                .. message.Attachments.Select(reference => new ReceivedAttachment(
                    reference,
                    parts.Attachments.First(part => part.Name == reference.Name).Octets
                )),
            ],
            SignedAt = content.SignedAt,
            SignerFingerprint = content.SignerFingerprint,
            SignerStandingNow = content.SignerStandingNow,
            Part1Differs = parts.Text?.TrimEnd() != PlainText.Render(message).TrimEnd(),
            DateDiffers = parts.DateDiffers,
            MessageIdDiffers = parts.MessageIdDiffers,
            NamesRecipient = content.IntendedRecipient == IntendedRecipient.Named,
            Timing =
                message.Created > context.Now + ContentChecks.Ahead ? EnvelopeTiming.Ahead
                : message.Created < context.Now - Old ? EnvelopeTiming.Old
                : EnvelopeTiming.InTime,
        };

    private EnvelopeOpening Refuse(OpeningRefusal? opening) =>
        Refuse(
            new EnvelopeFailure(
                opening switch
                {
                    OpeningRefusal.SignedForAnotherRecipient => EnvelopeRefusal.SignedForAnotherRecipient,
                    OpeningRefusal.OtherSigner => EnvelopeRefusal.WrongSigner,
                    OpeningRefusal.SignerKeyNotUsable => EnvelopeRefusal.SignerKeyNotUsable,
                    OpeningRefusal.SignerKeyCompromised => EnvelopeRefusal.SignerKeyCompromised,
                    _ => EnvelopeRefusal.NotOpened,
                }
            )
            {
                Opening = opening,
            }
        );

    private EnvelopeOpening Refuse(EnvelopeRefusal refusal) => Refuse(new EnvelopeFailure(refusal));

    private EnvelopeOpening Refuse(EnvelopeFailure failure) =>
        new(null, failure with { EnvelopeDigest = envelopeDigest, Recipient = own?.Office, VerifiedSender = verified });

    private static bool SameAddress(string one, string other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
