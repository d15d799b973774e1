using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Exchange.Data;

/// <summary>Something that travels with a message. Stored once, sealed; its name and type are content and stand in the message.</summary>
internal sealed class StoredAttachment : IPartOf<Conversation>
{
    private StoredAttachment() { }

    public StoredAttachment(Guid id, StoredMessage message, int number, Guid blob, Digest digest, long size)
    {
        Id = id;
        MessageRow = message.Id;
        AudienceId = message.AudienceId;
        Number = number;
        BlobId = blob;
        Digest = digest;
        Size = size;
    }

    public Guid Id { get; private set; }

    public Guid MessageRow { get; private set; }

    public int AudienceId { get; private set; }

    /// <summary>Its place in the message's list, from 1.</summary>
    public int Number { get; private set; }

    public Guid BlobId { get; private set; }

    public Digest Digest { get; private set; }

    /// <summary>Octets.</summary>
    public long Size { get; private set; }
}

internal sealed class StoredAttachmentMap : IEntityTypeConfiguration<StoredAttachment>
{
    public void Configure(EntityTypeBuilder<StoredAttachment> e)
    {
        e.ToTable("exchange_attachment");
        e.HasKey(a => a.Id);
        e.HasOne<StoredMessage>().WithMany().HasForeignKey(a => a.MessageRow);
        e.HasIndex(a => new { a.MessageRow, a.Number }).IsUnique();
    }
}
