using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Post.Data;

/// <summary>Something on its way to one node, kept until it is settled and thirty days more, in case it is asked for again.</summary>
[Plumbing("Addresses, times and sealed octets; who sees the conversation is decided where the reference leads")]
internal sealed class OutgoingParcel
{
    private OutgoingParcel() { }

    public OutgoingParcel(Guid id, NewParcel parcel, DateTime accepted)
    {
        Id = id;
        WorkKey = id.ToString("N");
        Sink = parcel.Sink;
        Reference = parcel.Reference;
        Node = parcel.Node.AbsoluteUri;
        Route = parcel.Route;
        Length = parcel.Octets.Length;
        Sha256 = Digest.Of(parcel.Octets.Span);
        Kept = parcel.Kept;
        Accepted = accepted;
    }

    public Guid Id { get; private set; }

    /// <summary>The key of its work, which is its id.</summary>
    public string WorkKey { get; private set; } = "";

    public string Sink { get; private set; } = "";

    public string Reference { get; private set; } = "";

    public string Node { get; private set; } = "";

    public ParcelRoute Route { get; private set; }

    public long Length { get; private set; }

    /// <summary>Of the octets as they are sent.</summary>
    public Digest Sha256 { get; private set; }

    /// <summary>The blob that has the octets; null where they are pieces of this parcel.</summary>
    public Guid? Kept { get; private set; }

    public DateTime Accepted { get; private set; }

    public ParcelState State { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>Code of the last failure; empty where there was none.</summary>
    public string LastError { get; private set; } = "";

    public DateTime? Settled { get; private set; }

    public bool IsSettled => State is ParcelState.Delivered or ParcelState.NotDelivered;

    /// <summary>An attempt ended; the state may be the one from before.</summary>
    public void MoveTo(ParcelState state, string error, DateTime now)
    {
        Attempts++;
        State = state;
        LastError = error;
        Settled = IsSettled ? now : null;
    }

    /// <summary>It is to go once more; its patience begins anew.</summary>
    public void Reopen(DateTime now)
    {
        State = ParcelState.Waiting;
        LastError = "";
        Settled = null;
        Accepted = now;
        // What has gone before is compared with the directory before it goes again.
        Attempts = Math.Max(Attempts, 1);
    }

    /// <summary>Its receipt came another way.</summary>
    public void SettleUnasked(DateTime now)
    {
        State = ParcelState.Delivered;
        Settled ??= now;
    }
}

/// <summary>A piece of the octets of a parcel, so that a long one is never in memory as a whole.</summary>
[Plumbing("Sealed octets")]
internal sealed class ParcelPiece
{
    public const int MostOctets = 1 << 20;

    public Guid ParcelId { get; init; }

    public int Number { get; init; }

    public byte[] Octets { get; init; } = [];
}

internal sealed class OutgoingParcelMap
    : IEntityTypeConfiguration<OutgoingParcel>,
        IEntityTypeConfiguration<ParcelPiece>
{
    public void Configure(EntityTypeBuilder<OutgoingParcel> builder)
    {
        builder.ToTable("post_parcel");
        builder.HasKey(p => p.Id);
        builder.Property(p => p.WorkKey).HasMaxLength(32);
        builder.Property(p => p.Sink).HasMaxLength(40);
        builder.Property(p => p.Reference).HasMaxLength(100);
        builder.Property(p => p.Node).HasMaxLength(300);
        builder.Property(p => p.Route).HasConversion<string>().HasMaxLength(10);
        // Two that settle it at the same moment, a slow attempt and a fresh one or a return, must not both.
        builder.Property(p => p.State).HasConversion<string>().HasMaxLength(20).IsConcurrencyToken();
        builder.Property(p => p.Attempts).IsConcurrencyToken();
        builder.Property(p => p.LastError).HasMaxLength(60);
        builder.Ignore(p => p.IsSettled);
        builder.HasIndex(p => new { p.Sink, p.Reference });
        builder.HasIndex(p => new { p.Node, p.State });
    }

    public void Configure(EntityTypeBuilder<ParcelPiece> builder)
    {
        builder.ToTable("post_parcel_piece");
        builder.HasKey(p => new { p.ParcelId, p.Number });
        builder.HasOne<OutgoingParcel>().WithMany().HasForeignKey(p => p.ParcelId).OnDelete(DeleteBehavior.Cascade);
    }
}
