using Comity.Kernel.Data;
using Comity.Kernel.Sealing;
using Comity.Protocol;
using Comity.Protocol.Envelopes;
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

    public Parked(Guid id, int audienceId, OpenedEnvelope opened, Blob blob, DateTime at)
    {
        Id = id;
        AudienceId = audienceId;
        Home = opened.Recipient;
        From = opened.Message.From;
        Participant = opened.Message.From.Participant;
        EnvelopeDigest = opened.EnvelopeDigest;
        EnvelopeBlob = blob.Id;
        StorageKeyId = blob.StorageKeyId;
        Size = blob.Length;
        At = at;
        Due = opened.Message.Created;
    }

    public Guid Id { get; private set; }

    public int AudienceId { get; private set; }

    public OfficeName Home { get; private set; }

    /// <summary>The office that wrote it: proven when it came.</summary>
    public OfficeName From { get; private set; }

    /// <summary>Its participant.</summary>
    public ParticipantCode Participant { get; private set; }

    public Digest EnvelopeDigest { get; private set; }

    public Guid EnvelopeBlob { get; private set; }

    /// <summary>A key for this alone; it goes with the row.</summary>
    public Guid StorageKeyId { get; private set; }

    /// <summary>Octets.</summary>
    public long Size { get; private set; }

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
        e.HasIndex(p => p.Participant);
    }
}
