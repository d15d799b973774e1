using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Exchange.Data;

/// <summary>
/// An envelope that passed every check but the clock: its author's clock runs ahead of ours. It is kept as it came and
/// opened again when its time has come.
/// </summary>
internal sealed class Parked : ISeen
{
    private Parked() { }

    public Parked(Guid id, int audienceId, OfficeName home, Digest envelope, Guid blob, DateTime at, DateTime due)
    {
        Id = id;
        AudienceId = audienceId;
        Home = home;
        EnvelopeDigest = envelope;
        EnvelopeBlob = blob;
        At = at;
        Due = due;
    }

    public Guid Id { get; private set; }

    public int AudienceId { get; private set; }

    public OfficeName Home { get; private set; }

    public Digest EnvelopeDigest { get; private set; }

    public Guid EnvelopeBlob { get; private set; }

    public DateTime At { get; private set; }

    public DateTime Due { get; private set; }
}

internal sealed class ParkedMap : IEntityTypeConfiguration<Parked>
{
    public void Configure(EntityTypeBuilder<Parked> e)
    {
        e.ToTable("exchange_parked");
        e.HasKey(p => p.Id);
        e.HasIndex(p => new { p.EnvelopeDigest, p.Home }).IsUnique();
    }
}
