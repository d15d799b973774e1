using Comity.OpenPgp;
using Comity.Protocol.Messages;
using Comity.Protocol.Signing;

namespace Comity.Protocol.Envelopes;

/// <summary>Why a message that is given back is not taken for one of ours.</summary>
public enum GivenBackRefusal
{
    /// <summary>What it holds does not read as a message with a statement.</summary>
    Malformed,

    /// <summary>It is another message than the reference names, of another conversation, or not from us to them.</summary>
    OtherMessage,

    /// <summary>The statement is not signed by one of our keys, or says something else.</summary>
    NotSignedByUs,

    /// <summary>The attachments are not those that the message names.</summary>
    OtherAttachments,
}

/// <summary>
/// A message of ours that somebody gives back. Whoever gives it back is believed nothing: our own office's signature in
/// the statement shows that we wrote it, and the digests that nothing was changed.
/// </summary>
/// <param name="Message">What we wrote.</param>
/// <param name="Octets">Its exact octets.</param>
/// <param name="Digest">Its message digest.</param>
/// <param name="Statement">The statement that our office signed for whoever gives it back.</param>
public sealed record GivenBack(
    Message Message,
    ReadOnlyMemory<byte> Octets,
    Digest Digest,
    SignedPayload<DispatchStatement> Statement
)
{
    /// <summary>Reads and checks it.</summary>
    /// <param name="outer">The envelope that gives it back, with every check passed.</param>
    /// <param name="own">Every certificate that our office ever signed with.</param>
    /// <param name="refusal">Why it is not ours; null where it is.</param>
    public static GivenBack? Read(OpenedEnvelope outer, IEnumerable<Certificate> own, out GivenBackRefusal? refusal)
    {
        var fields = (GivenBackFields)outer.Message.Fields;
        var message = MessageJson.Read(fields.Octets);
        var statement = SignedDocuments.ReadStatement(fields.Statement);
        if (!message.IsGood || !statement.IsGood)
        {
            refusal = GivenBackRefusal.Malformed;
            return null;
        }

        var back = new GivenBack(message.Value, fields.Octets, Digest.Of(fields.Octets.Span), statement.Value);
        refusal =
            !back.IsWhatIsNamed(outer) ? GivenBackRefusal.OtherMessage
            : !back.IsSignedBy(own, outer.Message.From) ? GivenBackRefusal.NotSignedByUs
            : !back.Message.Attachments.SequenceEqual(outer.Message.Attachments) ? GivenBackRefusal.OtherAttachments
            : null;
        return refusal is null ? back : null;
    }

    private bool IsWhatIsNamed(OpenedEnvelope outer) =>
        outer.Message.InReplyTo == new MessageReference(Message.Id, Digest)
        && Message.Conversation == outer.Message.Conversation
        && Message.Exercise == outer.Message.Exercise
        && Message.From == outer.Recipient
        && Message.Recipients.Contains(outer.Message.From)
        && Message.Kind != MessageKind.GivenBack;

    private bool IsSignedBy(IEnumerable<Certificate> own, OfficeName to) =>
        ComposedMessage.Says(Statement.Value, Message, Digest, to)
        && own.Any(certificate => Statement.Document.Verify(certificate) is { IsGood: true });
}
