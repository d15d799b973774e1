using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Post.Data;

/// <summary>A request that was refused; a bounded table, for the operator's eyes.</summary>
[Plumbing("Times, key ids, reason codes and digests; read by the operator only")]
internal sealed class Refusal
{
    public const int LongestParticipants = 200;

    public Guid Id { get; init; }

    public DateTime At { get; init; }

    public string KeyId { get; init; } = "";

    /// <summary>Whether the key is proven. What strangers cause never pushes out what peers caused.</summary>
    public bool Verified { get; init; }

    public string Participants { get; init; } = "";

    public string Route { get; init; } = "";

    public string Reason { get; init; } = "";

    public Digest? Envelope { get; init; }
}

internal sealed class RefusalMap : IEntityTypeConfiguration<Refusal>
{
    public void Configure(EntityTypeBuilder<Refusal> builder)
    {
        builder.ToTable("post_refusal");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.KeyId).HasMaxLength(64);
        builder.Property(r => r.Participants).HasMaxLength(Refusal.LongestParticipants);
        builder.Property(r => r.Route).HasMaxLength(40);
        builder.Property(r => r.Reason).HasMaxLength(60);
        builder.HasIndex(r => new
        {
            r.Verified,
            r.Participants,
            r.At,
        });
    }
}
