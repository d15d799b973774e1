using Comity.Kernel.Data;
using Comity.Protocol;
using Comity.Protocol.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Exchange.Data;

/// <summary>
/// The way of one of our messages to one office: sealed, handed over, or not delivered and why. What the other side
/// says about it stands in its receipts.
/// </summary>
internal sealed class Delivery : IPartOf<Conversation>, IVersioned
{
    private Delivery() { }

    public Delivery(Guid id, StoredMessage message, ChainLink link, bool copy)
    {
        Id = id;
        MessageRow = message.Id;
        ConversationRow = message.ConversationRow;
        AudienceId = message.AudienceId;
        Office = link.Office;
        Sequence = link.Sequence;
        Copy = copy;
    }

    /// <summary>Also the id of the parcel that the post carries.</summary>
    public Guid Id { get; private set; }

    public Guid MessageRow { get; private set; }

    public Guid ConversationRow { get; private set; }

    public int AudienceId { get; private set; }

    public OfficeName Office { get; private set; }

    /// <summary>Place in what our office sent to that office in this conversation; two messages never share one.</summary>
    public long Sequence { get; private set; }

    /// <summary>For their knowledge only.</summary>
    public bool Copy { get; private set; }

    public DateTime? SealedAt { get; private set; }

    public Digest? EnvelopeDigest { get; private set; }

    /// <summary>The envelope as it travels.</summary>
    public Guid? EnvelopeBlob { get; private set; }

    /// <summary>Our signed dispatch statement, exact octets, sealed under the conversation's key.</summary>
    public byte[]? SealedStatement { get; private set; }

    /// <summary>Fingerprint of the key that it was sealed to.</summary>
    public string? SealedTo { get; private set; }

    /// <summary>Fingerprint of the key of ours that signed it; null where that was sealed before it was kept.</summary>
    public string? SignedBy { get; private set; }

    /// <summary>When the other node took it, by our clock.</summary>
    public DateTime? HandedOver { get; private set; }

    /// <summary>Why it is not delivered, as a code; cleared when it is.</summary>
    public string? Cause { get; private set; }

    public DateTime? CauseAt { get; private set; }

    /// <summary>The other node lost what it had and asked for it again; it has not taken it since.</summary>
    public bool Awaited { get; private set; }

    /// <summary>
    /// We lost what we had sealed, and the message was given back to us. Who has the former envelope answers with the
    /// receipt for that one.
    /// </summary>
    public bool Recovered { get; private set; }

    /// <summary>The recipient was told, without content, that something waits for a key.</summary>
    public DateTime? NoticeSent { get; private set; }

    /// <summary>Two instances that seal the same delivery must not both succeed.</summary>
    public long Version { get; set; }

    public string Purpose => $"delivery:{Id:N}";

    public void Sealed(Digest envelope, Guid blob, byte[] statement, SealingKeys keys, DateTime at)
    {
        EnvelopeDigest = envelope;
        EnvelopeBlob = blob;
        SealedStatement = statement;
        (SealedTo, SignedBy) = (keys.To, keys.By);
        SealedAt = at;
        Cause = null;
        CauseAt = null;
    }

    /// <summary>What was sealed is not to go any more; it waits to be sealed anew.</summary>
    /// <returns>What is left of the former envelope; keep it.</returns>
    public FormerEnvelope TakeBack(Guid id, DateTime at)
    {
        var former = new FormerEnvelope(id, this, at);
        (SealedAt, EnvelopeDigest, EnvelopeBlob) = (null, null, null);
        (SealedStatement, SealedTo, SignedBy) = (null, null, null);
        return former;
    }

    /// <summary>It is to go again, sealed anew where its key is another one now.</summary>
    public void Await() => Awaited = true;

    public void Recover() => Recovered = true;

    public void TakenOver(DateTime at)
    {
        Awaited = false;
        HandedOver ??= at;
        Cause = null;
        CauseAt = null;
    }

    public void NotDelivered(string cause, DateTime at)
    {
        if (Cause == cause)
            return;
        Cause = cause;
        CauseAt = at;
    }

    public void Noticed(DateTime at) => NoticeSent ??= at;
}

/// <summary>The keys of one sealing, by their fingerprints.</summary>
/// <param name="To">The recipient's, that it is sealed to.</param>
/// <param name="By">Ours, that signed it.</param>
internal sealed record SealingKeys(string To, string By);

internal sealed class DeliveryMap : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> e)
    {
        e.ToTable("exchange_delivery");
        e.HasKey(d => d.Id);
        e.Property(d => d.SealedTo).HasMaxLength(80);
        e.Property(d => d.SignedBy).HasMaxLength(80);
        e.Property(d => d.Cause).HasMaxLength(60);
        e.Ignore(d => d.Purpose);
        e.HasOne<StoredMessage>().WithMany().HasForeignKey(d => d.MessageRow);
        e.HasIndex(d => new { d.MessageRow, d.Office }).IsUnique();
        // Two messages sent at the same instant cannot both be the next one in the chain.
        e.HasIndex(d => new
            {
                d.ConversationRow,
                d.Office,
                d.Sequence,
            })
            .IsUnique()
            // What was given back had its place before we lost it; where we gave it away again, both see the fork.
            .HasFilter("\"Recovered\" = FALSE");
        e.HasIndex(d => d.EnvelopeDigest);
        e.HasIndex(d => d.Cause);
    }
}
