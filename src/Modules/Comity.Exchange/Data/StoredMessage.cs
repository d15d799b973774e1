using Comity.Kernel.Data;
using Comity.Protocol;
using Comity.Protocol.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Exchange.Data;

/// <summary>A message of a conversation, sent or received. Its exact octets are sealed; in clear is what sorts and times it.</summary>
internal sealed class StoredMessage : IPartOf<Conversation>
{
    private StoredMessage() { }

    public StoredMessage(Guid id, Conversation whole, Message message, Digest digest, bool sent, DateTime at)
    {
        Id = id;
        ConversationRow = whole.Id;
        AudienceId = whole.AudienceId;
        MessageId = message.Id;
        Digest = digest;
        Kind = message.Kind;
        From = message.From;
        Participant = message.From.Participant;
        Created = message.Created;
        At = at;
        Tlp = message.Tlp;
        ReplyBy = message.ReplyBy;
        InReplyTo = message.InReplyTo?.Id;
        InReplyToDigest = message.InReplyTo?.Digest;
        Sent = sent;
        // Who gets a copy for their knowledge is asked for nothing.
        Asks = sent || message.To.Contains(whole.Home) ? Kinds.Of(message.Kind).AsksFor : Asks.Nothing;
        Settles =
            Kinds.All.Any(k => k.AnsweredBy.Contains(message.Kind))
            || message.Fields is AcknowledgementFields { Form: AcknowledgementForm.NotTheRightOffice };
    }

    public Guid Id { get; private set; }

    public Guid ConversationRow { get; private set; }

    public int AudienceId { get; private set; }

    public MessageId MessageId { get; private set; }

    /// <summary>Message digest: SHA-256 of the exact octets.</summary>
    public Digest Digest { get; private set; }

    public MessageKind Kind { get; private set; }

    public OfficeName From { get; private set; }

    /// <summary>The author's participant.</summary>
    public ParticipantCode Participant { get; private set; }

    /// <summary>When it was made, by its author's clock.</summary>
    public DateTime Created { get; private set; }

    /// <summary>When we accepted or received it, by our clock.</summary>
    public DateTime At { get; private set; }

    public Tlp Tlp { get; private set; }

    public DateTime? ReplyBy { get; private set; }

    public MessageId? InReplyTo { get; private set; }

    /// <summary>Digest of what it answers. Never by its id alone: a party could use the id of another for something of its own.</summary>
    public Digest? InReplyToDigest { get; private set; }

    /// <summary>True where our office is the author.</summary>
    public bool Sent { get; private set; }

    /// <summary>What it asks of our office; or of others, where it is ours.</summary>
    public Asks Asks { get; private set; }

    /// <summary>In reply it answers in substance: a kind that answers something, or "not the right office".</summary>
    public bool Settles { get; private set; }

    /// <summary>The person of our office who had it sent; known here only. Null where the operator did.</summary>
    public Guid? By { get; init; }

    /// <summary>Octets of the envelope that it came in, with its attachments; none where it is ours.</summary>
    public long Size { get; init; }

    /// <summary>Its place in what its author sent to our office in this conversation; null where it is ours.</summary>
    public long? Place { get; init; }

    /// <summary>The exact octets of the message, sealed under the conversation's key.</summary>
    public byte[] SealedOctets { get; set; } = [];

    /// <summary>How it came; absent where it is ours.</summary>
    public Arrival? Arrival { get; set; }

    /// <summary>What sealed octets of this row are sealed for, so that they open nowhere else.</summary>
    public string Purpose => $"message:{Id:N}";

    public string StatementPurpose => $"statement:{Id:N}";
}

/// <summary>How a message came, and what was verified when it was opened.</summary>
internal sealed class Arrival
{
    public required Digest EnvelopeDigest { get; init; }

    /// <summary>The envelope as it came: kept sealed as it is.</summary>
    public required Guid EnvelopeBlob { get; init; }

    /// <summary>The author's signed dispatch statement, exact octets, sealed under the conversation's key.</summary>
    public required byte[] SealedStatement { get; init; }

    /// <summary>Primary fingerprint of the office key that signed.</summary>
    public required string Signer { get; init; }

    public required DateTime SignedAt { get; init; }

    /// <summary>How the signing key stood when we opened it; a key may expire on the way.</summary>
    public required string SignerStanding { get; init; }

    /// <summary>The rendering for mail programs differs from what the message says; only the message counts.</summary>
    public required bool TextDiffers { get; init; }
}

internal sealed class StoredMessageMap : IEntityTypeConfiguration<StoredMessage>
{
    public void Configure(EntityTypeBuilder<StoredMessage> e)
    {
        e.ToTable("exchange_message");
        e.HasKey(m => m.Id);
        e.Property(m => m.Kind).HasConversion<string>().HasMaxLength(40);
        e.Property(m => m.Tlp).HasConversion<string>().HasMaxLength(20);
        e.Ignore(m => m.Purpose).Ignore(m => m.StatementPurpose);
        e.ComplexProperty(
            m => m.Arrival,
            a =>
            {
                a.Property(x => x.Signer).HasMaxLength(80);
                a.Property(x => x.SignerStanding).HasMaxLength(40);
            }
        );
        e.HasOne<Conversation>().WithMany().HasForeignKey(m => m.ConversationRow);
        e.HasIndex(m => new
            {
                m.ConversationRow,
                m.From,
                m.MessageId,
            })
            .IsUnique();
        e.HasIndex(m => m.MessageId);
        e.HasIndex(m => new { m.ConversationRow, m.Participant });
        e.HasIndex(m => new { m.Participant, m.At });
    }
}
