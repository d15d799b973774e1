using Comity.Kernel.Data;
using Comity.Protocol;
using Comity.Protocol.Signing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Exchange.Data;

/// <summary>A receipt, given by us or to us. Digests only, therefore not sealed; the exact octets are kept and repeated.</summary>
internal sealed class StoredReceipt : IPartOf<Conversation>
{
    private StoredReceipt() { }

    /// <summary>The one that we give for what came.</summary>
    public StoredReceipt(Guid id, StoredMessage message, SignedReceipt receipt, DateTime at)
        : this(id, (message.Id, message.AudienceId), receipt, at) => Given = true;

    /// <summary>One that we were given for what we sent.</summary>
    public StoredReceipt(Guid id, Delivery delivery, SignedReceipt receipt, DateTime at)
        : this(id, (delivery.MessageRow, delivery.AudienceId), receipt, at) { }

    private StoredReceipt(Guid id, (Guid Row, int Audience) message, SignedReceipt receipt, DateTime at)
    {
        Id = id;
        (MessageRow, AudienceId) = message;
        Office = receipt.Says.Office;
        Level = receipt.Says.Level;
        SignedAt = receipt.Says.At;
        NodeKey = receipt.NodeKey;
        Octets = receipt.Octets.ToArray();
        At = at;
    }

    public Guid Id { get; private set; }

    public Guid MessageRow { get; private set; }

    public int AudienceId { get; private set; }

    /// <summary>The office whose node says it.</summary>
    public OfficeName Office { get; private set; }

    public ReceiptLevel Level { get; private set; }

    /// <summary>By the clock of the node that gave it.</summary>
    public DateTime SignedAt { get; private set; }

    /// <summary>By our clock.</summary>
    public DateTime At { get; private set; }

    /// <summary>The node key that signed.</summary>
    public string NodeKey { get; private set; } = "";

    /// <summary>Exact octets of the signed document.</summary>
    public byte[] Octets { get; private set; } = [];

    /// <summary>True where we gave it.</summary>
    public bool Given { get; private set; }
}

/// <summary>A receipt as read, with its exact octets and the node key that signed them.</summary>
internal sealed record SignedReceipt(Receipt Says, ReadOnlyMemory<byte> Octets, string NodeKey);

internal sealed class StoredReceiptMap : IEntityTypeConfiguration<StoredReceipt>
{
    public void Configure(EntityTypeBuilder<StoredReceipt> e)
    {
        e.ToTable("exchange_receipt");
        e.HasKey(r => r.Id);
        e.Property(r => r.Level).HasConversion<string>().HasMaxLength(20);
        e.Property(r => r.NodeKey).HasMaxLength(80);
        e.HasOne<StoredMessage>().WithMany().HasForeignKey(r => r.MessageRow);
        e.HasIndex(r => new
            {
                r.MessageRow,
                r.Office,
                r.Level,
                r.Given,
            })
            .IsUnique();
    }
}
