using Comity.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Kernel.Sealing;

/// <summary>Something large, kept once, in sealed pieces of at most one mebibyte.</summary>
[Plumbing("Sealed pieces; found only through the row that names them, which has an audience")]
public sealed class Blob
{
    private Blob() { }

    internal Blob(Guid id, Guid storageKeyId)
    {
        Id = id;
        StorageKeyId = storageKeyId;
    }

    public Guid Id { get; private set; }

    public Guid StorageKeyId { get; private set; }

    /// <summary>Clear length in bytes.</summary>
    public long Length { get; internal set; }

    /// <summary>SHA-256 of the clear bytes, hexadecimal.</summary>
    public string Sha256 { get; internal set; } = "";
}

[Plumbing("A sealed piece of a blob")]
internal sealed class BlobPiece
{
    public Guid BlobId { get; init; }
    public int Number { get; init; }
    public byte[] Sealed { get; init; } = [];
}

internal sealed class BlobMap : IEntityTypeConfiguration<Blob>, IEntityTypeConfiguration<BlobPiece>
{
    public void Configure(EntityTypeBuilder<Blob> e)
    {
        e.ToTable("kernel_blob");
        e.HasKey(b => b.Id);
        e.Property(b => b.Sha256).HasMaxLength(64);
    }

    public void Configure(EntityTypeBuilder<BlobPiece> e)
    {
        e.ToTable("kernel_blob_piece");
        e.HasKey(p => new { p.BlobId, p.Number });
        e.HasOne<Blob>().WithMany().HasForeignKey(p => p.BlobId).OnDelete(DeleteBehavior.Cascade);
    }
}
