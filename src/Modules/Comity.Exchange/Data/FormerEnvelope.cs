using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Exchange.Data;

/// <summary>
/// An envelope that was taken back before it was receipted, because its key was. It may have arrived all the same, and
/// then the receipt names it.
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
        TakenBack = at;
    }

    public Guid Id { get; private set; }

    public Guid DeliveryId { get; private set; }

    public Guid ConversationRow { get; private set; }

    public int AudienceId { get; private set; }

    public Digest Digest { get; private set; }

    public DateTime SealedAt { get; private set; }

    public DateTime TakenBack { get; private set; }
}

internal sealed class FormerEnvelopeMap : IEntityTypeConfiguration<FormerEnvelope>
{
    public void Configure(EntityTypeBuilder<FormerEnvelope> e)
    {
        e.ToTable("exchange_former_envelope");
        e.HasKey(f => f.Id);
        e.HasOne<Delivery>().WithMany().HasForeignKey(f => f.DeliveryId);
        e.HasIndex(f => f.Digest);
    }
}
