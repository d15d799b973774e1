using Comity.Kernel.Data;
using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Comity.Exchange.Data;

/// <summary>We asked another participant's node to send again, and to give back, what came after some time.</summary>
[Plumbing("Codes of participants and times; what comes of it has the audience of its conversation")]
internal sealed class AskedAgain
{
    private AskedAgain() { }

    public AskedAgain(Guid id, ParticipantCode by, ParticipantCode of, DateTime since, DateTime at)
    {
        Id = id;
        By = by;
        Of = of;
        Since = since;
        At = at;
    }

    public Guid Id { get; private set; }

    /// <summary>Our participant.</summary>
    public ParticipantCode By { get; private set; }

    /// <summary>Whom it asked.</summary>
    public ParticipantCode Of { get; private set; }

    public DateTime Since { get; private set; }

    public DateTime At { get; private set; }

    /// <summary>When their node took the request; null where it has not yet.</summary>
    public DateTime? Taken { get; private set; }

    public void TakenOver(DateTime at) => Taken ??= at;
}

internal sealed class AskedAgainMap : IEntityTypeConfiguration<AskedAgain>
{
    public void Configure(EntityTypeBuilder<AskedAgain> e)
    {
        e.ToTable("exchange_asked_again");
        e.HasKey(a => a.Id);
        e.HasIndex(a => new { a.Of, a.By });
    }
}
