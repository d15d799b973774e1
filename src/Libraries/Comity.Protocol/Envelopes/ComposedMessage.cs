using Comity.Protocol.Messages;
using Comity.Protocol.Signing;

namespace Comity.Protocol.Envelopes;

/// <summary>
/// A message ready to be sealed for each of its recipients: part 2 is written once, so that nobody is told something
/// else than the others.
/// </summary>
public sealed class ComposedMessage
{
    private ComposedMessage(Message message, byte[] octets, IReadOnlyList<AttachmentSource> attachments)
    {
        Message = message;
        Octets = octets;
        Attachments = attachments;
    }

    /// <summary>The message, as everybody will read it.</summary>
    public Message Message { get; }

    /// <summary>The exact octets of part 2.</summary>
    public ReadOnlyMemory<byte> Octets { get; }

    /// <summary>The message digest.</summary>
    public Digest Digest => Digest.Of(Octets.Span);

    /// <summary>The attachments, in the order of part 2.</summary>
    public IReadOnlyList<AttachmentSource> Attachments { get; }

    /// <summary>
    /// Writes part 2 and reads it back with every check that a recipient makes; what a recipient would refuse is
    /// never sent.
    /// </summary>
    public static Reading<ComposedMessage> Compose(Message message, IReadOnlyList<AttachmentSource> attachments)
    {
        var named = message with { Attachments = [.. attachments.Select(attachment => attachment.Reference)] };
        return FromOctets(MessageJson.Write(named), attachments);
    }

    /// <summary>Takes part 2 up again from its exact octets, for a later recipient or a repeat.</summary>
    public static Reading<ComposedMessage> FromOctets(
        ReadOnlyMemory<byte> octets,
        IReadOnlyList<AttachmentSource> attachments
    )
    {
        var reading = MessageJson.Read(octets);
        if (!reading.IsGood)
        {
            return new Reading<ComposedMessage>(reading.Fault);
        }

        return reading.Value.Attachments.SequenceEqual(attachments.Select(attachment => attachment.Reference))
            ? new Reading<ComposedMessage>(new ComposedMessage(reading.Value, octets.ToArray(), attachments))
            : new Reading<ComposedMessage>(new Malformation(MalformationCode.BadValue, "attachments"));
    }

    /// <summary>What the office's key says about sealing this message for one office.</summary>
    internal DispatchStatement StatementFor(OfficeName recipient) => StatementOf(Message, Digest, recipient);

    /// <summary>
    /// Whether a statement says what this message for this office makes it say. Salt and checkpoint are the author's own;
    /// everything else is a function of the two.
    /// </summary>
    internal static bool Says(DispatchStatement statement, Message message, Digest digest, OfficeName recipient)
    {
        var said = statement with { Salt = null, Checkpoint = null };
        return said == StatementOf(message, digest, recipient);
    }

    internal static DispatchStatement StatementOf(Message message, Digest digest, OfficeName recipient) =>
        new()
        {
            Message = message.Id,
            MessageDigest = digest,
            From = message.From,
            To = recipient,
            Conversation = message.Conversation,
            Kind = message.Kind,
            Form = (message.Fields as AcknowledgementFields)?.Form,
            Exercise = message.Exercise,
            Record = message.Record,
            Created = message.Created,
            InReplyTo = message.InReplyTo,
            Chain = message.Chain.First(link => link.Office == recipient),
        };
}
