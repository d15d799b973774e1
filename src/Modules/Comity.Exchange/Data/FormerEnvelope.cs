using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Exchange.Data;

/// <summary>
/// An envelope that was taken back before it was receipted, because a key of it was. It may have arrived all the same:
/// then the receipt names it, and what our office signed of it is part of what can be shown.
/// </summary>
internal sealed class FormerEnvelope : IPartOf<Conversation>
{
    private FormerEnvelope() { }

    public FormerEnvelope(Guid id, Delivery delivery, DateTime at)
    {
        Id = id;
        DeliveryId = delivery.Id;
        ConversationRow = delivery.ConversationRow;
        AudienceId = delivery.AudienceId;
        Digest = delivery.EnvelopeDigest ?? throw new InvalidOperationException("Nothing was sealed.");
        SealedAt = delivery.SealedAt!.Value;
        SealedStatement = delivery.SealedStatement;
        (SealedTo, SignedBy) = (delivery.SealedTo, delivery.SignedBy);
        TakenBack = at;
    }

    public Guid Id { get; private set; }

    public Guid DeliveryId { get; private set; }

    public Guid ConversationRow { get; private set; }

    public int AudienceId { get; private set; }

    public Digest Digest { get; private set; }

    public DateTime SealedAt { get; private set; }

    public DateTime TakenBack { get; private set; }

    /// <summary>Its dispatch statement, exact octets, sealed as that of its delivery.</summary>
    public byte[]? SealedStatement { get; private set; }

    /// <summary>Fingerprint of the key that it was sealed to.</summary>
    public string? SealedTo { get; private set; }

    /// <summary>Fingerprint of the key of ours that signed it.</summary>
    public string? SignedBy { get; private set; }
}

internal sealed class FormerEnvelopeMap : IEntityTypeConfiguration<FormerEnvelope>
{
    public void Configure(EntityTypeBuilder<FormerEnvelope> e)
    {
        e.ToTable("exchange_former_envelope");
        e.HasKey(f => f.Id);
        e.Property(f => f.SealedTo).HasMaxLength(80);
        e.Property(f => f.SignedBy).HasMaxLength(80);
        e.HasOne<Delivery>().WithMany().HasForeignKey(f => f.DeliveryId);
        e.HasIndex(f => f.Digest);
    }
}
